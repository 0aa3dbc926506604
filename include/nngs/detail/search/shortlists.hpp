// SPDX-License-Identifier: MIT
#ifndef NNGS_DETAIL_SEARCH_SHORTLISTS_HPP
#define NNGS_DETAIL_SEARCH_SHORTLISTS_HPP

#include <Eigen/Core>
#include <algorithm>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "nngs/detail/base/blocks.hpp"
#include "nngs/detail/base/compiled.hpp"
#include "nngs/detail/search/best_first.hpp"
#include "nngs/detail/search/kernels.hpp"
#include "nngs/detail/search/packed_score.hpp"
#include "nngs/detail/search/screen_error.hpp"
#include "nngs/version.hpp"

// Who may be among the nearest of each point, while all pairs are scored in any order.

namespace nngs {
inline namespace NNGS_VERSION_NAMESPACE {
namespace detail::search {

/// For each of several points, those that may be among its `depth` nearest. Points that cannot be are refused
/// by their score alone; when a list is full, what has become hopeless is thrown out. A list in which too
/// much stays (many points equally near) overflows, and is to be made in another way. Memory: 8 capacity + 8
/// bytes a list. Different lists may be changed at the same time.
class shortlists {
 public:
  shortlists(Eigen::Index lists, Eigen::Index depth, base::instruction_set instructions)
      : copy_sorted_(base::compiled<copy_sorted>(instructions)),
        depth_(static_cast<std::size_t>(depth)),
        capacity_(depth_ + std::max<std::size_t>(20, depth_ / 2)),
        accept_(static_cast<std::size_t>(base::divided_up(lists, panel_points) * panel_points),
                std::numeric_limits<float>::infinity()),
        sizes_(static_cast<std::size_t>(lists)),
        slots_(static_cast<std::size_t>(lists) * capacity_) {
    std::fill(accept_.begin(), accept_.begin() + lists, std::numeric_limits<float>::lowest());
  }

  /// What a point must score to be wanted, a number for each list; infinity beyond the last.
  const float* accept() const noexcept { return accept_.data(); }

  /// Puts a point into a list if that wants it; returns whether that is full now and has to shrink. (Without
  /// a branch, which half of the offers would mispredict.)
  bool offer(Eigen::Index list, float score, Eigen::Index index) {
    const auto i = static_cast<std::size_t>(list);
    slots_[i * capacity_ + sizes_[i]] = {score, static_cast<std::uint32_t>(index)};
    sizes_[i] += score >= accept_[i];
    return sizes_[i] == capacity_;
  }

  /// Throws out of a full list what has become hopeless; `bound`: what the point's scores stand for.
  void shrink(Eigen::Index list, const score_bound& bound) {
    const auto i = static_cast<std::size_t>(list);
    drop_hopeless(i, bound);
    if (sizes_[i] + (capacity_ - depth_) / 4 < capacity_) return;
    sizes_[i] = 0;
    accept_[i] = overflow;
  }

  bool overflowed(Eigen::Index list) const noexcept {
    return !(accept_[static_cast<std::size_t>(list)] < overflow);
  }

  /// The members of a list, sorted. There are `depth` or more if as many points were offered.
  std::span<packed_score> sorted(Eigen::Index list, const score_bound& bound) {
    const auto i = static_cast<std::size_t>(list);
    if (sizes_[i] > depth_) drop_hopeless(i, bound);
    const std::span<packed_score> all(slots_.data() + i * capacity_, sizes_[i]);
    sort_scores(all.data(), all.data() + all.size());
    return all;
  }

 private:
  static constexpr float overflow = std::numeric_limits<float>::infinity();  ///< no score reaches it

  void drop_hopeless(std::size_t i, const score_bound& bound) {
    packed_score* const begin = slots_.data() + i * capacity_;
    packed_score* const end = begin + sizes_[i];
    packed_score* const worst = begin + depth_ - 1;
    put_best_first(begin, end, depth_, copy_sorted_);
    accept_[i] = bound.accept(least_of(begin, worst, bound));
    packed_score* const kept =
        std::partition(worst + 1, end, [&](const packed_score& one) { return one.score() >= accept_[i]; });
    sizes_[i] = static_cast<std::uint32_t>(kept - begin);
  }

  /// The least that the scores from the first to the worst stand for.
  static double least_of(const packed_score* first, const packed_score* worst, const score_bound& bound) {
    double least = bound.least(worst->score(), worst->index());
    if (bound.same_for_all()) return least;
    for (; first < worst; ++first) least = std::min(least, bound.least(first->score(), first->index()));
    return least;
  }

  copy_sorted::signature* copy_sorted_;
  std::size_t depth_, capacity_;
  std::vector<float> accept_;
  std::vector<std::uint32_t> sizes_;
  std::vector<packed_score> slots_;
};

}  // namespace detail::search
}  // namespace NNGS_VERSION_NAMESPACE
}  // namespace nngs

#endif
