// SPDX-License-Identifier: MIT
#ifndef NNGS_EXAMPLES_FILE_BYTES_HPP
#define NNGS_EXAMPLES_FILE_BYTES_HPP

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace program {

/// The bytes of a regular file, a pipe or, for "-", standard input; file_error for anything else and for what
/// is empty. They are read into memory, not mapped: a file that somebody writes to or cuts short meanwhile
/// must not change what has been checked.
class file_bytes {
 public:
  explicit file_bytes(const std::string& path);

  std::span<const std::byte> bytes() const noexcept { return {memory_.get(), size_}; }
  std::string_view text() const noexcept { return {reinterpret_cast<const char*>(memory_.get()), size_}; }

 private:
  std::unique_ptr<std::byte[]> memory_;
  std::size_t size_ = 0;
};

/// What messages call a file: "-" is standard input.
std::string shown_path(const std::string& path);

}  // namespace program

#endif
