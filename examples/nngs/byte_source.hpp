// SPDX-License-Identifier: MIT
#ifndef NNGS_EXAMPLES_BYTE_SOURCE_HPP
#define NNGS_EXAMPLES_BYTE_SOURCE_HPP

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace program {

/// The same bytes as characters.
inline std::string_view as_text(std::span<const std::byte> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

/// Bytes that are read as they are asked for, without the rest. They are read, not mapped: a file that
/// somebody cuts short meanwhile must end in an error, not in a signal.
class byte_source {
 public:
  byte_source(std::string name, std::uint64_t size) : name_(std::move(name)), size_(size) {}
  byte_source(const byte_source&) = delete;
  byte_source& operator=(const byte_source&) = delete;
  virtual ~byte_source() = default;

  /// For messages.
  const std::string& name() const { return name_; }
  std::uint64_t size() const { return size_; }

  /// The bytes from `from` on, as many as there is room for. They must be within the size. Throws file_error
  /// where the file no longer has them.
  virtual void read(std::uint64_t from, std::span<std::byte> to) = 0;
  /// Whether reading what lies before the last bytes that were read costs no more than reading on.
  virtual bool goes_back() const { return true; }
  /// All of them, where they are in memory anyway; else null.
  virtual const std::byte* in_memory() const { return nullptr; }
  /// Gives back what reading holds, such as the open file, until more is read.
  virtual void rest() {}

 private:
  std::string name_;
  std::uint64_t size_;
};

/// Bytes in memory.
class memory_bytes final : public byte_source {
 public:
  /// `owner` keeps them.
  memory_bytes(std::string name, std::span<const std::byte> bytes, std::shared_ptr<const void> owner)
      : byte_source(std::move(name), bytes.size()), bytes_(bytes), owner_(std::move(owner)) {}

  void read(std::uint64_t from, std::span<std::byte> to) override;
  const std::byte* in_memory() const override { return bytes_.data(); }

 private:
  std::span<const std::byte> bytes_;
  std::shared_ptr<const void> owner_;
};

/// A regular file. One that becomes shorter, or that somebody writes to, is a file_error at the next read.
class disk_bytes final : public byte_source {
 public:
  /// Throws file_error for a file that cannot be opened.
  explicit disk_bytes(const std::string& path);

  void read(std::uint64_t from, std::span<std::byte> to) override;
  void rest() override { file_.close(); }

 private:
  void open();
  void check_unchanged() const;

  std::filesystem::path path_;
  std::filesystem::file_time_type written_;
  std::ifstream file_;
};

/// The first bytes, at most `count` of them.
std::vector<std::byte> first_bytes(byte_source& source, std::uint64_t count);

}  // namespace program

#endif
