// SPDX-License-Identifier: MIT
#include "file_bytes.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <ios>
#include <iostream>
#include <istream>
#include <limits>
#include <system_error>
#include <utility>

#include "file_error.hpp"
#include "file_path.hpp"

namespace program {
namespace {

struct block {
  std::unique_ptr<std::byte[]> memory;
  std::size_t size = 0;
};

std::size_t read_some(std::istream& from, std::byte* to, std::size_t count) {
  from.read(reinterpret_cast<char*>(to), static_cast<std::streamsize>(count));
  return static_cast<std::size_t>(from.gcount());
}

block read_whole(const std::string& path, std::istream& file, std::size_t size) {
  block whole{std::make_unique_for_overwrite<std::byte[]>(size), size};
  if (read_some(file, whole.memory.get(), size) != size) throw file_error(path, "cannot be read to its end");
  return whole;
}

/// Of a size that only its end tells.
block read_to_end(std::istream& file) {
  std::size_t room = std::size_t{1} << 16;
  block whole{std::make_unique_for_overwrite<std::byte[]>(room), 0};
  for (;;) {
    whole.size += read_some(file, whole.memory.get() + whole.size, room - whole.size);
    if (whole.size < room) return whole;
    auto larger = std::make_unique_for_overwrite<std::byte[]>(2 * room);
    std::copy_n(whole.memory.get(), whole.size, larger.get());
    whole.memory = std::move(larger);
    room *= 2;
  }
}

std::size_t size_of_regular_file(const std::string& path) {
  std::error_code error;
  const std::uintmax_t size = std::filesystem::file_size(file_path(path), error);
  if (error) throw file_error(path, "cannot be opened: " + error.message());
  if (size > static_cast<std::uintmax_t>(std::numeric_limits<std::streamsize>::max())) {
    throw file_error(path, "is too large for this system");
  }
  return static_cast<std::size_t>(size);
}

block read(const std::string& path) {
  if (path == "-") return read_to_end(std::cin);
  std::error_code ignored;
  const auto status = std::filesystem::status(file_path(path), ignored);
  if (std::filesystem::is_directory(status)) throw file_error(path, "is a directory, not a file");
  const bool pipe = std::filesystem::is_fifo(status);
  if (std::filesystem::exists(status) && !pipe && !std::filesystem::is_regular_file(status)) {
    throw file_error(path, "is a device, neither a file nor a pipe");  // some never end
  }
  const std::size_t size = pipe ? 0 : size_of_regular_file(path);
  std::ifstream file(file_path(path), std::ios::binary);
  if (!file) throw file_error(path, "cannot be opened: " + std::generic_category().message(errno));
  return pipe ? read_to_end(file) : read_whole(path, file, size);
}

}  // namespace

file_bytes::file_bytes(const std::string& path) {
  block whole = read(path);
  if (whole.size == 0) throw file_error(shown_path(path), "is empty");
  memory_ = std::move(whole.memory);
  size_ = whole.size;
}

std::string shown_path(const std::string& path) { return path == "-" ? "standard input" : path; }

}  // namespace program
