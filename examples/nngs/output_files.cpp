// SPDX-License-Identifier: MIT
#include "output_files.hpp"

#include <cerrno>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <string>
#include <system_error>
#include <vector>

#include "file_error.hpp"
#include "file_path.hpp"
#include "usage_error.hpp"

namespace program {
namespace {

namespace fs = std::filesystem;

/// Those that were given; "-" is no file.
std::vector<named_file> given(const std::vector<named_file>& files) {
  std::vector<named_file> some;
  for (const named_file& file : files)
    if (!file.path.empty() && file.path != "-") some.push_back(file);
  return some;
}

/// Two names of one file. Devices may be named twice.
bool same_file(const fs::path& a, const fs::path& b) {
  std::error_code error;
  if (fs::exists(a, error) || fs::exists(b, error))
    return fs::is_regular_file(a, error) && fs::equivalent(a, b, error);
  return fs::weakly_canonical(a, error) == fs::weakly_canonical(b, error) && !error;
}

[[noreturn]] void cannot_be_written(const std::string& name, const std::string& why) {
  throw file_error(name, "cannot be written: " + why);
}

/// Tries, and leaves all as it was. Not where something would notice: a pipe, a device, a link to nowhere.
void check_writable(const std::string& name) {
  std::error_code error;
  const fs::path file = file_path(name), folder = file.parent_path();
  if (!folder.empty() && !fs::is_directory(folder, error))
    cannot_be_written(name, "there is no folder " + file_name(folder));
  const bool there = fs::exists(file, error);
  const bool would_notice = there ? fs::is_other(file, error) : fs::is_symlink(file, error);
  if (would_notice) return;
  errno = 0;
  if (!std::ofstream(file, std::ios::app)) cannot_be_written(name, std::generic_category().message(errno));
  if (!there) fs::remove(file, error);
}

}  // namespace

void check_outputs(const std::vector<named_file>& all_inputs, const std::vector<named_file>& all_outputs) {
  const std::vector<named_file> inputs = given(all_inputs), outputs = given(all_outputs);
  for (const named_file& output : outputs) {
    for (const named_file& input : inputs)
      if (same_file(file_path(output.path), file_path(input.path)))
        throw usage_error(output.option + ' ' + output.path + " would overwrite " + input.option +
                          ": choose another name");
    for (const named_file& other : outputs)
      if (&other != &output && same_file(file_path(output.path), file_path(other.path)))
        throw usage_error(output.option + " and " + other.option + " cannot both be " + output.path);
  }
  for (const named_file& output : outputs) check_writable(output.path);
}

void check_written(const std::ostream& out, const std::string& name) {
  if (!out) cannot_be_written(name, std::generic_category().message(errno));
}

void write(const std::string& name, const std::string& text) {
  if (name == "-") {
    std::cout << text << std::flush;
    return check_written(std::cout, "standard output");
  }
  std::ofstream out(file_path(name), std::ios::binary);
  out << text << std::flush;
  check_written(out, name);
}

}  // namespace program
