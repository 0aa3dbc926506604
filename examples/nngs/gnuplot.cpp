// SPDX-License-Identifier: MIT
#include "gnuplot.hpp"

#include <cerrno>
#include <cstdlib>
#include <string_view>
#include <system_error>

#include "file_error.hpp"

#if __has_include(<spawn.h>)

#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <memory>

extern char** environ;  // NOLINT(cppcoreguidelines-avoid-non-const-global-variables): POSIX

namespace program {
namespace {

struct close_file {
  // NOLINTNEXTLINE(cppcoreguidelines-owning-memory): this is the owner's
  void operator()(std::FILE* file) const noexcept { std::fclose(file); }
};
using open_file = std::unique_ptr<std::FILE, close_file>;

[[noreturn]] void cannot(const std::string& file, const std::string& do_what, int error) {
  throw file_error(file, "cannot " + do_what + ": " + std::generic_category().message(error));
}

/// The text as a file that nobody else sees, to be read from its beginning.
open_file to_be_read(const std::string& text, const std::string& for_file) {
  open_file file(std::tmpfile());
  if (file == nullptr || std::fwrite(text.data(), 1, text.size(), file.get()) != text.size() ||
      std::fflush(file.get()) != 0)
    cannot(for_file, "write gnuplot's commands", errno);
  std::rewind(file.get());
  return file;
}

/// Starts a program that reads from one file and writes to another, with no shell in between.
pid_t start(const std::filesystem::path& program, std::FILE* input, std::FILE* output,
            const std::string& for_file) {
  posix_spawn_file_actions_t files;
  posix_spawn_file_actions_init(&files);
  posix_spawn_file_actions_adddup2(&files, ::fileno(input), STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&files, ::fileno(output), STDOUT_FILENO);
  std::string name = "gnuplot", without_settings = "-d";
  const std::array<char*, 3> words{name.data(), without_settings.data(), nullptr};
  pid_t process = 0;
  const int error = ::posix_spawn(&process, program.c_str(), &files, nullptr, words.data(), environ);
  posix_spawn_file_actions_destroy(&files);
  if (error != 0) cannot(for_file, "start " + program.string(), error);
  return process;
}

bool succeeds(pid_t process) {
  int status = 0;
  while (::waitpid(process, &status, 0) < 0)
    if (errno != EINTR) return false;
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

}  // namespace

std::filesystem::path find_gnuplot() {
  // NOLINTNEXTLINE(concurrency-mt-unsafe): nobody here changes the environment
  const char* const folders = std::getenv("PATH");
  for (std::string_view rest = folders == nullptr ? "" : folders; !rest.empty();) {
    const std::size_t colon = rest.find(':');
    auto candidate = std::filesystem::path(rest.substr(0, colon)) / "gnuplot";
    std::error_code ignored;
    if (std::filesystem::is_regular_file(candidate, ignored) && ::access(candidate.c_str(), X_OK) == 0)
      return candidate;
    rest.remove_prefix(colon == rest.npos ? rest.size() : colon + 1);
  }
  return {};
}

void run_gnuplot(const std::filesystem::path& gnuplot, const std::string& commands, const std::string& file) {
  const open_file output(std::fopen(file.c_str(), "wb"));
  if (output == nullptr) cannot(file, "be written", errno);
  const open_file input = to_be_read(commands, file);
  if (!succeeds(start(gnuplot, input.get(), output.get(), file)))
    throw file_error(file, "was not drawn: " + gnuplot.string() + " failed (5.0 or later is needed)");
}

}  // namespace program

#else

namespace program {

std::filesystem::path find_gnuplot() { return {}; }

void run_gnuplot(const std::filesystem::path&, const std::string&, const std::string& file) {
  throw file_error(file, "plots need a POSIX system");
}

}  // namespace program

#endif
