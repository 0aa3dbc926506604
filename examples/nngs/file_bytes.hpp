// SPDX-License-Identifier: MIT
#ifndef NNGS_EXAMPLES_FILE_BYTES_HPP
#define NNGS_EXAMPLES_FILE_BYTES_HPP

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "byte_source.hpp"

namespace program {

/// The bytes of a regular file, a pipe or, for "-", standard input; file_error for anything else and for what
/// is empty. They are read into memory, not mapped: a file that somebody writes to or cuts short meanwhile
/// must not change what has been checked.
class file_bytes {
 public:
  explicit file_bytes(const std::string& path);
  explicit file_bytes(std::shared_ptr<byte_source> file);

  std::span<const std::byte> bytes() const noexcept { return bytes_; }
  std::string_view text() const noexcept {
    return {reinterpret_cast<const char*>(bytes_.data()), bytes_.size()};
  }

 private:
  std::shared_ptr<const void> owner_;
  std::span<const std::byte> bytes_;
};

/// The same bytes, to be read as they are asked for; those of a pipe are in memory. Throws file_error.
std::shared_ptr<byte_source> open_bytes(const std::string& path);

/// What messages call a file: "-" is standard input.
std::string shown_path(const std::string& path);

}  // namespace program

#endif
