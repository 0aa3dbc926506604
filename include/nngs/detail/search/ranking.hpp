// SPDX-License-Identifier: MIT
#ifndef NNGS_DETAIL_SEARCH_RANKING_HPP
#define NNGS_DETAIL_SEARCH_RANKING_HPP

#include <Eigen/Core>
#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <span>
#include <utility>
#include <vector>

#include "nngs/detail/base/compiled.hpp"
#include "nngs/detail/search/kernels.hpp"
#include "nngs/detail/search/packed_score.hpp"
#include "nngs/detail/search/screen_error.hpp"
#include "nngs/version.hpp"

// Whole rows of scores: the best of them in order, or a boundary through them.

namespace nngs {
inline namespace NNGS_VERSION_NAMESPACE {
namespace detail::search {

/// Sorts the best of a row of scores: a pass for their range, one to count the scores in each of many equal
/// intervals, one to put each into its interval, where few are left to sort.
/// Keeps its memory, so one a thread. O(n) for scores that are spread; O(n log n) at worst.
class score_ranking {
 public:
  explicit score_ranking(base::instruction_set instructions) : instructions_(instructions) {}

  /// Every point of the row but `self`, if that is one of the n, that may be among the `depth` nearest,
  /// sorted. Valid until the next call.
  std::span<const packed_score> operator()(const float* scores, Eigen::Index n, Eigen::Index self,
                                           Eigen::Index depth, const score_bound& bound) {
    count_scores(scores, n, self);
    const std::int32_t last = interval_of(bounds_of(scores, depth, bound).accept);
    fullest_ = 0;
    std::uint32_t total = 0;  // from counts to beginnings; filling an interval moves its beginning to its end
    for (std::int32_t at = 0; at <= last; ++at) {
      const std::uint32_t count = std::exchange(ends_[static_cast<std::size_t>(at)], total);
      fullest_ = std::max(fullest_, count);
      total += count;
    }

    // What is not wanted goes to the place after the last, without a branch that would often be mispredicted.
    sorted_.resize(total + 1);
    ends_[static_cast<std::size_t>(last) + 1] = total;
    // Plain pointers: the compiler cannot know that what is written is not the vectors themselves.
    const std::int32_t* const interval = interval_.data();
    std::uint32_t* const ends = ends_.data();
    packed_score* const sorted = sorted_.data();
    for (Eigen::Index point = 0; point < n; ++point) {
      const std::int32_t at = std::min(interval[point], last + 1);
      sorted[ends[at]] = {scores[point], static_cast<std::uint32_t>(point)};
      ends[at] += at <= last;
    }
    sort_intervals(last, total);
    return {sorted_.data(), total};
  }

  /// Scores between which the `depth`-th nearest must lie: what has more than `certain` is nearer, what has
  /// less than `accept` farther. So is nearer what stands for more than `exact`.
  struct boundary {
    float accept, certain;
    double exact;
  };
  boundary find_boundary(const float* scores, Eigen::Index n, Eigen::Index self, Eigen::Index depth,
                         const score_bound& bound) {
    count_scores(scores, n, self);
    return bounds_of(scores, depth, bound);
  }

 private:
  void sort_intervals(std::int32_t last, std::uint32_t total) {
    constexpr std::uint32_t few = 16;
    std::uint32_t begin = 0;
    for (std::int32_t at = 0; fullest_ > few && at <= last; ++at) {
      const std::uint32_t end = ends_[static_cast<std::size_t>(at)];
      if (end - begin > few) sort_scores(sorted_.data() + begin, sorted_.data() + end);
      begin = end;
    }
    // Intervals are in order, so each of the others goes a few places at most.
    packed_score* const sorted = sorted_.data();
    for (std::uint32_t next = 1; next < total; ++next) {
      const packed_score one = sorted[next];
      if (sorted[next - 1] < one) continue;
      std::uint32_t to = next;
      for (; to > 0 && one < sorted[to - 1]; --to) sorted[to] = sorted[to - 1];
      sorted[to] = one;
    }
  }

  /// The interval of every score, 0 for the highest; `self`, if it is there, lies beyond the last. Never
  /// smaller for a smaller score, as every operation rounds in order.
  void place_scores(std::span<const float> scores, std::size_t self) {
    const auto range = [&](std::span<const float> part) {
      return base::compiled<find_range>(instructions_)(part.data(), static_cast<Eigen::Index>(part.size()));
    };
    const std::size_t before_self = std::min(self, scores.size());
    const score_range before = range(scores.first(before_self)),
                      after = range(scores.subspan(std::min(self + 1, scores.size())));
    highest_ = std::max(before.highest, after.highest);
    // Some two for each score, as long as counting them stays in the first cache.
    const auto wanted = static_cast<std::uint32_t>(std::clamp<std::size_t>(2 * scores.size(), 64, 8192));
    count_ = static_cast<std::int32_t>(std::bit_ceil(wanted));
    scale_ = static_cast<float>(count_ - 1) / (highest_ - std::min(before.lowest, after.lowest));
    if (!std::isfinite(scale_)) scale_ = 0;  // all scores alike
    interval_.resize(scores.size());
    base::compiled<find_intervals>(instructions_)(scores.data(), static_cast<Eigen::Index>(scores.size()),
                                                  {highest_, scale_, static_cast<float>(count_ - 1)},
                                                  interval_.data());
    if (self < scores.size()) interval_[self] = count_;
  }

  void count_scores(const float* scores, Eigen::Index n, Eigen::Index self) {
    place_scores({scores, static_cast<std::size_t>(n)}, static_cast<std::size_t>(self));
    ends_.assign(static_cast<std::size_t>(count_) + 1, 0);
    std::uint32_t* const ends = ends_.data();
    for (const std::int32_t at : interval_) ++ends[at];
  }

  boundary bounds_of(const float* scores, Eigen::Index depth, const score_bound& bound) const {
    constexpr float infinity = std::numeric_limits<float>::infinity();
    if (scale_ <= 0) return {-infinity, infinity, double{infinity}};
    std::int32_t at = 0;
    for (auto seen = static_cast<Eigen::Index>(ends_[0]); seen < depth;)
      seen += ends_[static_cast<std::size_t>(++at)];
    // One interval further on either side makes good for rounding.
    const float worst = highest_ - static_cast<float>(at + 2) / scale_;
    const float best = highest_ - static_cast<float>(at - 1) / scale_;
    const double exact = bound.most(double{best});
    return {bound.accept(least_of(scores, at, worst, bound)), bound.certain(exact), exact};
  }

  /// The least that the scores in the intervals up to one stand for; `worst`: none of them is less.
  double least_of(const float* scores, std::int32_t last, float worst, const score_bound& bound) const {
    if (bound.same_for_all()) return bound.least(worst, 0);
    double least = std::numeric_limits<double>::infinity();
    for (std::size_t point = 0; point < interval_.size(); ++point)
      if (interval_[point] <= last)
        least = std::min(least, bound.least(scores[point], static_cast<std::uint32_t>(point)));
    return least;
  }

  std::int32_t interval_of(float score) const noexcept {
    if (scale_ <= 0) return count_ - 1;
    return static_cast<std::int32_t>(std::min((highest_ - score) * scale_, static_cast<float>(count_ - 1)));
  }

  base::instruction_set instructions_;
  std::int32_t count_ = 0;
  std::uint32_t fullest_ = 0;
  float highest_ = 0, scale_ = 0;
  std::vector<std::int32_t> interval_;
  std::vector<std::uint32_t> ends_;
  std::vector<packed_score> sorted_;
};

}  // namespace detail::search
}  // namespace NNGS_VERSION_NAMESPACE
}  // namespace nngs

#endif
