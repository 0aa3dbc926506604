// SPDX-License-Identifier: MIT
#include "array_path.hpp"

#include <cstddef>
#include <filesystem>
#include <string_view>
#include <system_error>

#include "file_bytes.hpp"
#include "file_error.hpp"
#include "file_kinds.hpp"
#include "file_path.hpp"
#include "lines.hpp"
#include "npy.hpp"

namespace program {
namespace {

bool is_regular_file(const std::string& path) {
  std::error_code error;
  return std::filesystem::is_regular_file(file_path(path), error);
}

}  // namespace

array_path split_array(const std::string& words) {
  std::error_code error;
  if (std::filesystem::exists(file_path(words), error)) return {words, ""};
  for (std::size_t colon = words.rfind(':'); colon != words.npos && colon > 0;
       colon = words.rfind(':', colon - 1)) {
    const std::string file = words.substr(0, colon);
    if (is_regular_file(file)) return {file, words.substr(colon + 1)};
  }
  return {words, ""};
}

std::vector<std::string> names_of_parts(const std::string& words) {
  if (!words.starts_with('@')) return {words};
  const std::string list = words.substr(1);
  std::error_code error;
  if (std::filesystem::exists(file_path(list), error) && !is_regular_file(list))
    throw file_error(words, "a list of files is read more than once: write it to a file");
  const file_bytes file(list);
  if (is_npy(file.bytes()))
    throw file_error(words, "a .npy file: behind the @ stands a list of files, one name a line");
  refuse_other_kinds(list, file.text());
  std::vector<std::string> names;
  line_reader lines(file.text());
  for (std::string_view line; lines.next(line);)
    if (!line.empty()) names.emplace_back(line);
  if (names.empty())
    throw file_error(words, "names no file: write the names of the parts of the matrix there, one a line");
  return names;
}

std::vector<std::string> files_of(const std::string& words) {
  std::vector<std::string> files;
  for (const std::string& name : names_of_parts(words)) files.push_back(split_array(name).file);
  return files;
}

}  // namespace program
