// SPDX-License-Identifier: MIT
#include "byte_source.hpp"

#include <algorithm>
#include <cerrno>
#include <ios>
#include <limits>
#include <system_error>

#include "file_error.hpp"
#include "file_path.hpp"

namespace program {
namespace {

std::uint64_t size_of_file(const std::string& path) {
  std::error_code error;
  const std::uintmax_t size = std::filesystem::file_size(file_path(path), error);
  if (error) throw file_error(path, "cannot be opened: " + error.message());
  if (size > static_cast<std::uintmax_t>(std::numeric_limits<std::streamoff>::max()))
    throw file_error(path, "is too large for this system");
  return size;
}

}  // namespace

void memory_bytes::read(std::uint64_t from, std::span<std::byte> to) {
  const auto some = bytes_.subspan(static_cast<std::size_t>(from), to.size());
  std::copy(some.begin(), some.end(), to.begin());
}

disk_bytes::disk_bytes(const std::string& path)
    : byte_source(path, size_of_file(path)), path_(file_path(path)) {
  std::error_code error;
  written_ = std::filesystem::last_write_time(path_, error);
  open();
}

void disk_bytes::open() {
  file_.rdbuf()->pubsetbuf(nullptr, 0);  // whoever reads has a buffer
  file_.open(path_, std::ios::binary);
  if (!file_) throw file_error(name(), "cannot be opened: " + std::generic_category().message(errno));
}

void disk_bytes::check_unchanged() const {
  std::error_code error;
  const auto written = std::filesystem::last_write_time(path_, error);
  const std::uintmax_t size = error ? 0 : std::filesystem::file_size(path_, error);
  if (error || size != this->size() || written != written_)
    throw file_error(name(), "was changed while it was read: run again when it stays as it is");
}

void disk_bytes::read(std::uint64_t from, std::span<std::byte> to) {
  if (!file_.is_open()) open();
  file_.clear();
  file_.seekg(static_cast<std::streamoff>(from));
  file_.read(reinterpret_cast<char*>(to.data()), static_cast<std::streamsize>(to.size()));
  const bool whole = file_.good() && file_.gcount() == static_cast<std::streamsize>(to.size());
  check_unchanged();
  if (!whole) throw file_error(name(), "cannot be read to its end");
}

std::vector<std::byte> first_bytes(byte_source& source, std::uint64_t count) {
  std::vector<std::byte> bytes(static_cast<std::size_t>(std::min(count, source.size())));
  source.read(0, bytes);
  return bytes;
}

}  // namespace program
