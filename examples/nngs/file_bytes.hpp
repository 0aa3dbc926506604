// SPDX-License-Identifier: MIT
#ifndef NNGS_EXAMPLES_MAPPED_FILE_HPP
#define NNGS_EXAMPLES_MAPPED_FILE_HPP

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace program {

/// The bytes of a regular file that is not empty, read-only; file_error for anything else. They are mapped
/// where the system can, so a page costs memory only once it is looked at: the file must not shrink
/// meanwhile.
class mapped_file {
 public:
  explicit mapped_file(const std::string& path);
  mapped_file(mapped_file&& other) noexcept : bytes_(std::exchange(other.bytes_, {})) {}
  mapped_file& operator=(mapped_file&& other) noexcept {
    std::swap(bytes_, other.bytes_);
    return *this;
  }
  ~mapped_file();

  std::span<const std::byte> bytes() const noexcept { return bytes_; }
  std::string_view text() const noexcept {
    return {reinterpret_cast<const char*>(bytes_.data()), bytes_.size()};
  }

 private:
  std::span<const std::byte> bytes_;
};

}  // namespace program

#endif
