// SPDX-License-Identifier: MIT
#ifndef NNGS_DETAIL_SCORED_HPP
#define NNGS_DETAIL_SCORED_HPP

#include <Eigen/Core>
#include <algorithm>
#include <bit>
#include <cmath>
#include <compare>
#include <cstdint>
#include <limits>
#include <vector>

#include "nngs/detail/product_screen.hpp"
#include "nngs/version.hpp"

namespace nngs::inline NNGS_VERSION_NAMESPACE::detail {

/// A point and its score in one word. Sorts by score, the largest first, then by index.
class scored {
 public:
  scored() = default;
  scored(float score, std::uint32_t index) noexcept : word_(std::uint64_t{descending(score)} << 32 | index) {}

  float score() const noexcept {
    const auto bits = static_cast<std::uint32_t>(~word_ >> 32);
    return std::bit_cast<float>(bits >> 31 != 0 ? bits ^ sign : ~bits);
  }
  std::uint32_t index() const noexcept { return static_cast<std::uint32_t>(word_); }
  friend auto operator<=>(const scored&, const scored&) = default;

 private:
  static constexpr std::uint32_t sign = 0x80000000;
  static std::uint32_t descending(float score) noexcept {
    const auto bits = std::bit_cast<std::uint32_t>(score);
    return (bits & sign) != 0 ? bits : ~(bits ^ sign);
  }
  std::uint64_t word_;
};

/// Sorts the best of a row of scores: a pass for the range, one to count the scores in each of many equal
/// intervals, one to put each into its interval. Several times as fast as sorting. Keeps its memory, so one a
/// thread. O(n) for scores that are spread; O(n log n) at worst.
class score_ranking {
 public:
  /// Every point of the row but `self` that may be among the `depth` nearest, sorted. The reference stays
  /// valid until the next call.
  const std::vector<scored>& operator()(const float* scores, Eigen::Index n, Eigen::Index self,
                                        Eigen::Index depth, const score_bound& bound) {
    set_intervals(scores, n, self);
    ends_.assign(intervals_ + 1, 0);
    for_each_other(n, self, [&](Eigen::Index point) { ++ends_[interval(scores[point]) + 1]; });
    const std::size_t last = last_wanted(depth, bound);
    for (std::size_t i = 0; i <= last; ++i) ends_[i + 1] += ends_[i];
    sorted_.resize(ends_[last + 1]);
    // Filling the intervals moves the end of each one to the start of the next.
    for_each_other(n, self, [&](Eigen::Index point) {
      const std::size_t at = interval(scores[point]);
      if (at <= last) sorted_[ends_[at]++] = {scores[point], static_cast<std::uint32_t>(point)};
    });
    auto begin = sorted_.begin();
    for (std::size_t i = 0; i <= last; ++i) {
      const auto end = sorted_.begin() + static_cast<std::ptrdiff_t>(ends_[i]);
      if (end - begin > 1) std::sort(begin, end);
      begin = end;
    }
    return sorted_;
  }

 private:
  template <class Use>
  static void for_each_other(Eigen::Index n, Eigen::Index self, const Use& use) {
    for (Eigen::Index point = 0; point < self; ++point) use(point);
    for (Eigen::Index point = self + 1; point < n; ++point) use(point);
  }

  void set_intervals(const float* scores, Eigen::Index n, Eigen::Index self) {
    using row = Eigen::Map<const Eigen::ArrayXf>;
    const row before(scores, self), after(scores + self + 1, n - 1 - self);
    float lowest = std::numeric_limits<float>::infinity();
    highest_ = -lowest;
    for (const row& part : {before, after}) {
      if (part.size() == 0) continue;
      lowest = std::min(lowest, part.minCoeff());
      highest_ = std::max(highest_, part.maxCoeff());
    }
    intervals_ = std::bit_ceil(static_cast<std::size_t>(std::clamp<Eigen::Index>(n, 64, 4096)));
    scale_ = (static_cast<float>(intervals_) - 1) / (highest_ - lowest);
    if (!std::isfinite(scale_)) scale_ = 0;  // all scores alike
  }

  /// Never smaller for a smaller score: every operation rounds in order.
  std::size_t interval(float score) const noexcept {
    return std::min(static_cast<std::size_t>((highest_ - score) * scale_), intervals_ - 1);
  }

  /// The last interval with a score that may count.
  std::size_t last_wanted(Eigen::Index depth, const score_bound& bound) const {
    std::size_t at = 0;
    for (auto seen = static_cast<Eigen::Index>(ends_[1]); seen < depth; seen += ends_[at + 1]) ++at;
    if (scale_ == 0) return intervals_ - 1;
    // One interval further makes good for rounding.
    const float worst = highest_ - static_cast<float>(at + 2) / scale_;
    const float accept = bound.accept(static_cast<double>(worst));
    const float intervals = std::min((highest_ - accept) * scale_, static_cast<float>(intervals_));
    return std::min(static_cast<std::size_t>(intervals), intervals_ - 1);
  }

  std::size_t intervals_ = 0;
  float highest_ = 0, scale_ = 0;
  std::vector<std::uint32_t> ends_;
  std::vector<scored> sorted_;
};

}  // namespace nngs::inline NNGS_VERSION_NAMESPACE::detail

#endif
