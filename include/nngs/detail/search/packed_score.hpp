// SPDX-License-Identifier: MIT
#ifndef NNGS_DETAIL_SEARCH_PACKED_SCORE_HPP
#define NNGS_DETAIL_SEARCH_PACKED_SCORE_HPP

#include <algorithm>
#include <bit>
#include <compare>
#include <cstdint>

#include "nngs/version.hpp"

// A point's score and its index as one number, which sorts fast.

namespace nngs {
inline namespace NNGS_VERSION_NAMESPACE {
namespace detail::search {

/// A score of the screen and the point that has it, in one word. Sorts by score, the largest first, then by
/// index (which decides nothing: equal scores are never apart).
class packed_score {
 public:
  packed_score() = default;
  packed_score(float score, std::uint32_t index) noexcept
      : word_(std::uint64_t{descending(score)} << 32 | index) {}

  float score() const noexcept {
    const auto bits = static_cast<std::uint32_t>(~word_ >> 32);
    return std::bit_cast<float>(bits >> 31 != 0 ? bits ^ sign : ~bits);
  }
  std::uint32_t index() const noexcept { return static_cast<std::uint32_t>(word_); }
  /// The upper half as a signed number: smaller for a larger score.
  std::int32_t ascending() const noexcept { return static_cast<std::int32_t>((word_ >> 32) ^ sign); }
  friend auto operator<=>(const packed_score&, const packed_score&) = default;

 private:
  static constexpr std::uint32_t sign = 0x80000000;
  static std::uint32_t descending(float score) noexcept {
    const auto bits = std::bit_cast<std::uint32_t>(score);
    return (bits & sign) != 0 ? bits : ~(bits ^ sign);
  }
  std::uint64_t word_;
};

/// The best first.
[[gnu::noinline]] inline void sort_scores(packed_score* begin, packed_score* end) { std::sort(begin, end); }

}  // namespace detail::search
}  // namespace NNGS_VERSION_NAMESPACE
}  // namespace nngs

#endif
