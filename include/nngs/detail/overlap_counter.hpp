// SPDX-License-Identifier: MIT
#ifndef NNGS_DETAIL_OVERLAP_COUNTER_HPP
#define NNGS_DETAIL_OVERLAP_COUNTER_HPP

#include <Eigen/Core>
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <mutex>
#include <span>
#include <vector>

#include "nngs/detail/base/blocks.hpp"
#include "nngs/detail/base/function_ref.hpp"
#include "nngs/version.hpp"

// The one way in which two neighbour lists are intersected, and in which counts of many items are added up.

namespace nngs {
inline namespace NNGS_VERSION_NAMESPACE {
namespace detail {

/// The ranks of one list at a time, by item. An item's stamp is its rank above a base that grows from list to
/// list, so that nothing has to be wiped until the stamps are used up. Memory: one stamp for each of n items.
template <class Stamp>
class basic_list_ranks {
 public:
  explicit basic_list_ranks(Eigen::Index items) : stamps_(static_cast<std::size_t>(items), Stamp{0}) {}

  /// Ranks are of this list from now on: different items in [0, n).
  void set(std::span<const std::uint32_t> list) noexcept {
    if (list.size() >= static_cast<std::size_t>(std::numeric_limits<Stamp>::max() - base_ - size_)) {
      std::fill(stamps_.begin(), stamps_.end(), Stamp{0});
      base_ = 1;
      size_ = 0;
    }
    base_ = static_cast<Stamp>(base_ + size_);
    size_ = static_cast<Stamp>(list.size());
    for (std::size_t rank = 0; rank < list.size(); ++rank)
      stamps_[list[rank]] = static_cast<Stamp>(base_ + rank);
  }

  /// The rank of an item in the list, from 0; of an item that is not in it, the size of the list or more.
  Stamp operator[](std::uint32_t item) const noexcept { return static_cast<Stamp>(stamps_[item] - base_); }
  bool contains(std::uint32_t item) const noexcept { return (*this)[item] < size_; }

 private:
  std::vector<Stamp> stamps_;
  Stamp base_ = 1, size_ = 0;  // a stamp that nobody set is below the base
};
using list_ranks = basic_list_ranks<std::uint32_t>;

/// Counts the items that lists of the same length share with one of them. One for each thread. Memory: 4 n
/// bytes and 4 bytes a rank.
class overlap_counter {
 public:
  explicit overlap_counter(Eigen::Index n) : ranks_(n) {}

  /// What lists are compared with from now on.
  void set(std::span<const std::uint32_t> x) noexcept { ranks_.set(x); }

  Eigen::Index shared(std::span<const std::uint32_t> y) const noexcept {
    Eigen::Index count = 0;
    for (const std::uint32_t item : y) count += ranks_.contains(item);
    return count;
  }
  Eigen::Index shared(std::span<const std::uint32_t> x, std::span<const std::uint32_t> y) noexcept {
    set(x);
    return shared(y);
  }

  /// How many the first k of both share, for every k: element k - 1. An item is shared at k when the larger
  /// of its two ranks is below k, so the counts are the histogram of larger ranks, summed from the left.
  /// Valid until the next call.
  std::span<const std::uint32_t> shared_at_every_k(std::span<const std::uint32_t> y) {
    counts_.assign(y.size(), 0);
    for (std::size_t rank = 0; rank < y.size(); ++rank) {
      const std::size_t larger = std::max<std::size_t>(rank, ranks_[y[rank]]);
      if (larger < y.size()) ++counts_[larger];
    }
    for (std::size_t k = 1; k < counts_.size(); ++k) counts_[k] += counts_[k - 1];
    return counts_;
  }
  std::span<const std::uint32_t> shared_at_every_k(std::span<const std::uint32_t> x,
                                                   std::span<const std::uint32_t> y) {
    set(x);
    return shared_at_every_k(y);
  }

 private:
  list_ranks ranks_;
  std::vector<std::uint32_t> counts_;
};

/// Adds one item of two graphs to the tallies of k = 1, 2, ..
template <class Tally, class Graph>
void add_item(std::vector<Tally>& tallies, overlap_counter& counter, const Graph& x, const Graph& y,
              Eigen::Index item) {
  const auto depth = static_cast<Eigen::Index>(tallies.size());
  const auto shared = counter.shared_at_every_k(x.neighbors(item, depth), y.neighbors(item, depth));
  for (Eigen::Index k = 1; k <= depth; ++k) {
    const auto at = static_cast<std::size_t>(k - 1);
    tallies[at].add(shared[at], x.tied(item, k), y.tied(item, k));
  }
}

/// Items a block so that it is worth a thread: 2^19 list entries take about a millisecond.
inline Eigen::Index items_per_block(Eigen::Index depth) {
  return std::max<Eigen::Index>(1, (1 << 19) / depth);
}

template <class Tally>
void merge(Tally& sum, const Tally& part) {
  sum += part;
}
template <class Tally>
void merge(std::vector<Tally>& sum, const std::vector<Tally>& part) {
  for (std::size_t i = 0; i < sum.size(); ++i) sum[i] += part[i];
}

/// Adds to `empty` what count(first, last, part) adds to a copy of it for each block of the items [first,
/// last), in any order.
template <class Tally, class Count>
Tally sum_blocks(const Tally& empty, base::executor_ref execute, Eigen::Index first, Eigen::Index last,
                 Eigen::Index per_block, const Count& count) {
  Tally whole = empty;
  std::mutex mutex;
  base::for_each_block(execute, last - first, per_block, [&](Eigen::Index begin, Eigen::Index end) {
    Tally part = empty;
    count(first + begin, first + end, part);
    const std::lock_guard lock(mutex);
    merge(whole, part);
  });
  return whole;
}

}  // namespace detail
}  // namespace NNGS_VERSION_NAMESPACE
}  // namespace nngs

#endif
