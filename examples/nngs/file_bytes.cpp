// SPDX-License-Identifier: MIT
#include "file_bytes.hpp"

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <ios>
#include <iostream>
#include <istream>
#include <system_error>
#include <utility>

#include "file_error.hpp"
#include "file_path.hpp"

namespace program {
namespace {

/// Of a size that only its end tells.
std::shared_ptr<byte_source> read_to_end(const std::string& name, std::istream& file) {
  std::size_t room = std::size_t{1} << 16, size = 0;
  std::shared_ptr<std::byte[]> memory = std::make_unique_for_overwrite<std::byte[]>(room);
  for (;;) {
    file.read(reinterpret_cast<char*>(memory.get() + size), static_cast<std::streamsize>(room - size));
    size += static_cast<std::size_t>(file.gcount());
    if (size < room) return std::make_shared<memory_bytes>(name, std::span(memory.get(), size), memory);
    std::shared_ptr<std::byte[]> larger = std::make_unique_for_overwrite<std::byte[]>(2 * room);
    std::copy_n(memory.get(), size, larger.get());
    memory = std::move(larger);
    room *= 2;
  }
}

/// Whether it is a pipe, not a regular file. Throws file_error for what is neither.
bool is_pipe(const std::string& path) {
  if (path == "-") return true;
  std::error_code ignored;
  const auto status = std::filesystem::status(file_path(path), ignored);
  if (std::filesystem::is_directory(status)) throw file_error(path, "is a directory, not a file");
  const bool pipe = std::filesystem::is_fifo(status);
  if (std::filesystem::exists(status) && !pipe && !std::filesystem::is_regular_file(status))
    throw file_error(path, "is a device, neither a file nor a pipe");  // some never end
  return pipe;
}

std::shared_ptr<byte_source> read_pipe(const std::string& path) {
  if (path == "-") return read_to_end(shown_path(path), std::cin);
  std::ifstream file(file_path(path), std::ios::binary);
  if (!file) throw file_error(path, "cannot be opened: " + std::generic_category().message(errno));
  return read_to_end(path, file);
}

}  // namespace

std::shared_ptr<byte_source> open_bytes(const std::string& path) {
  std::shared_ptr<byte_source> file = is_pipe(path) ? read_pipe(path) : std::make_shared<disk_bytes>(path);
  if (file->size() == 0) throw file_error(file->name(), "is empty");
  return file;
}

file_bytes::file_bytes(const std::string& path) : file_bytes(open_bytes(path)) {}

file_bytes::file_bytes(std::shared_ptr<byte_source> file) {
  const auto size = static_cast<std::size_t>(file->size());
  if (size != file->size()) throw file_error(file->name(), "is too large for this system");
  if (file->in_memory() != nullptr) {
    bytes_ = {file->in_memory(), size};
    owner_ = std::move(file);
    return;
  }
  std::shared_ptr<std::byte[]> memory = std::make_unique_for_overwrite<std::byte[]>(size);
  file->read(0, {memory.get(), size});
  bytes_ = {memory.get(), size};
  owner_ = std::move(memory);
}

std::string shown_path(const std::string& path) { return path == "-" ? "standard input" : path; }

}  // namespace program
