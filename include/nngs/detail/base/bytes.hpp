// SPDX-License-Identifier: MIT
#ifndef NNGS_DETAIL_BASE_BYTES_HPP
#define NNGS_DETAIL_BASE_BYTES_HPP

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "nngs/version.hpp"

// Whole numbers as bytes, the lowest first on every machine, and a checksum of such bytes.

namespace nngs {
inline namespace NNGS_VERSION_NAMESPACE {
namespace detail::base {

template <class Integer>
void store(std::byte* to, Integer number) noexcept {
  for (std::size_t i = 0; i < sizeof number; ++i) to[i] = static_cast<std::byte>(number >> (8 * i) & 0xFF);
}

template <class Integer>
Integer load(const std::byte* from) noexcept {
  Integer number = 0;
  for (std::size_t i = 0; i < sizeof number; ++i)
    number = static_cast<Integer>(number | std::to_integer<Integer>(from[i]) << (8 * i));
  return number;
}

/// Of the bytes in words of eight, the last filled up with zeros, and of their number. Each step can be
/// undone, so whatever is wrong within one word changes the result, and other damage does but for once in
/// 2^64.
inline std::uint64_t checksum(std::span<const std::byte> bytes) noexcept {
  const auto step = [](std::uint64_t sum, std::uint64_t word) {
    return std::rotl((sum ^ word) * 0x9E3779B97F4A7C15U, 29);
  };
  std::uint64_t sum = step(0, bytes.size());
  std::size_t at = 0;
  for (; bytes.size() - at >= 8; at += 8) sum = step(sum, load<std::uint64_t>(bytes.data() + at));
  std::byte last[8]{};
  std::copy(bytes.begin() + static_cast<std::ptrdiff_t>(at), bytes.end(), last);
  return step(step(sum, load<std::uint64_t>(last)), 0);
}

/// Writes numbers one after another into bytes of a size that is known before.
class byte_writer {
 public:
  explicit byte_writer(std::size_t size) : bytes_(size) {}

  template <class Integer>
  void put(Integer number) noexcept {
    store(bytes_.data() + at_, number);
    at_ += sizeof number;
  }
  /// The last eight bytes are the checksum of all before.
  std::vector<std::byte> sealed() && {
    put(checksum({bytes_.data(), at_}));
    return std::move(bytes_);
  }

 private:
  std::vector<std::byte> bytes_;
  std::size_t at_ = 0;
};

/// Reads numbers one after another; that they are there is the caller's to know.
class byte_reader {
 public:
  explicit byte_reader(std::span<const std::byte> bytes) noexcept : bytes_(bytes) {}

  template <class Integer>
  Integer get() noexcept {
    const auto number = load<Integer>(bytes_.data());
    bytes_ = bytes_.subspan(sizeof number);
    return number;
  }

 private:
  std::span<const std::byte> bytes_;
};

}  // namespace detail::base
}  // namespace NNGS_VERSION_NAMESPACE
}  // namespace nngs

#endif
