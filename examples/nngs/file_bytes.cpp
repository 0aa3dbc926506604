// SPDX-License-Identifier: MIT
#include "file_bytes.hpp"

#include <cerrno>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <ios>
#include <limits>
#include <system_error>

#include "file_error.hpp"

namespace program {
namespace {

/// Looked at before it is opened: opening a pipe waits until somebody writes to it.
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

file_bytes::file_bytes(const std::string& path) : size_(size_of_regular_file(path)) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw file_error(path, "cannot be opened: " + std::generic_category().message(errno));
  memory_ = std::make_unique_for_overwrite<std::byte[]>(size_);
  if (!file.read(reinterpret_cast<char*>(memory_.get()), static_cast<std::streamsize>(size_))) {
    throw file_error(path, "cannot be read to its end");
  }
}

}  // namespace program
