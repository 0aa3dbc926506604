// SPDX-License-Identifier: MIT
#include "mapped_file.hpp"

#include <cstdint>
#include <limits>
#include <string>
#include <system_error>

#include "file_error.hpp"

#if __has_include(<sys/mman.h>)

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

namespace program {
namespace {

[[noreturn]] void fail(const std::string& path, const char* what_failed) {
  throw file_error(path, std::string(what_failed) + ": " + std::generic_category().message(errno));
}

struct file_descriptor {
  int number;
  explicit file_descriptor(int opened) : number(opened) {}
  file_descriptor(const file_descriptor&) = delete;
  ~file_descriptor() {
    if (number >= 0) ::close(number);
  }
};

std::size_t size_of_regular_file(const std::string& path, const file_descriptor& file) {
  struct stat status;
  if (::fstat(file.number, &status) != 0) fail(path, "cannot be examined");
  if (S_ISDIR(status.st_mode)) throw file_error(path, "is a directory, not a file");
  if (!S_ISREG(status.st_mode)) throw file_error(path, "is a pipe or device, not a regular file");
  if (status.st_size <= 0) throw file_error(path, "is empty");
  if (static_cast<std::uintmax_t>(status.st_size) > std::numeric_limits<std::size_t>::max()) {
    throw file_error(path, "is too large for this system");
  }
  return static_cast<std::size_t>(status.st_size);
}

}  // namespace

mapped_file::mapped_file(const std::string& path) {
  // Without O_NONBLOCK, opening a pipe waits until somebody writes to it.
  const file_descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (file.number < 0) fail(path, "cannot be opened");
  const std::size_t size = size_of_regular_file(path, file);
  void* const address = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, file.number, 0);
  if (address == MAP_FAILED) fail(path, "cannot be mapped into memory");
  bytes_ = {static_cast<const std::byte*>(address), size};
}

mapped_file::~mapped_file() {
  if (!bytes_.empty()) ::munmap(const_cast<std::byte*>(bytes_.data()), bytes_.size());
}

}  // namespace program

#else

#include <filesystem>
#include <fstream>
#include <ios>
#include <memory>

namespace program {
namespace {

std::size_t size_of_regular_file(const std::string& path) {
  std::error_code error;
  const auto status = std::filesystem::status(path, error);
  if (std::filesystem::is_directory(status)) throw file_error(path, "is a directory, not a file");
  if (std::filesystem::exists(status) && !std::filesystem::is_regular_file(status)) {
    throw file_error(path, "is a pipe or device, not a regular file");
  }
  const std::uintmax_t size = std::filesystem::file_size(path, error);
  if (error) throw file_error(path, "cannot be opened: " + error.message());
  if (size == 0) throw file_error(path, "is empty");
  if (size > static_cast<std::uintmax_t>(std::numeric_limits<std::streamsize>::max())) {
    throw file_error(path, "is too large for this system");
  }
  return static_cast<std::size_t>(size);
}

}  // namespace

mapped_file::mapped_file(const std::string& path) {
  const std::size_t size = size_of_regular_file(path);
  std::ifstream file(path, std::ios::binary);
  if (!file) throw file_error(path, "cannot be opened");
  std::unique_ptr<std::byte[]> memory(new std::byte[size]);  // make_unique would write zeros first
  if (!file.read(reinterpret_cast<char*>(memory.get()), static_cast<std::streamsize>(size))) {
    throw file_error(path, "cannot be read to its end");
  }
  bytes_ = {memory.release(), size};
}

mapped_file::~mapped_file() { delete[] bytes_.data(); }

}  // namespace program

#endif
