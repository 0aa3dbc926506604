// SPDX-License-Identifier: MIT
#ifndef NNGS_TALLY_HPP
#define NNGS_TALLY_HPP

#include <Eigen/Core>
#include <algorithm>
#include <cstdint>
#include <limits>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

#include "nngs/detail/base/check.hpp"
#include "nngs/detail/base/exact_sum.hpp"
#include "nngs/neighbor_graph.hpp"
#include "nngs/version.hpp"

/// @file
/// Neighbours that two graphs share: per item, and as tallies over row ranges that add up exactly.

namespace nngs {
inline namespace NNGS_VERSION_NAMESPACE {

/// The Jaccard similarity of two sets of k with `shared` members in common: o / (2k - o). For k >= 1 and
/// `shared` in [0, k], which is not checked.
inline double jaccard(Eigen::Index shared, Eigen::Index k) noexcept {
  return static_cast<double>(shared) / static_cast<double>(2 * k - shared);
}

/// What a set of items has in common at one k. Tallies of disjoint sets of items add up to exactly the tally
/// of the whole, in any order: sums are of integers or exact. Constant memory.
class overlap_tally {
 public:
  /// Of no items.
  /// @throws std::invalid_argument when k < 1.
  explicit overlap_tally(Eigen::Index k) : k_(k) {
    if (k < 1) throw std::invalid_argument("a tally at k = " + std::to_string(k) + ": give a k of 1 or more");
  }

  /// Counts one item with `shared` common neighbours, in [0, k] (not checked), tied in either graph or not.
  void add(Eigen::Index shared, bool tied) noexcept {
    ++items_;
    tied_items_ += tied;
    shared_ += static_cast<std::uint64_t>(shared);
    const double similarity = jaccard(shared, k_);
    jaccard_.add(similarity);
    jaccard_squares_.add(similarity * similarity);
    shared_squares_.add(static_cast<std::uint64_t>(shared) * static_cast<std::uint64_t>(shared));
  }
  /// @throws std::invalid_argument for a tally at another k.
  overlap_tally& operator+=(const overlap_tally& other) {
    if (k_ != other.k_)
      throw std::invalid_argument("tallies at k = " + std::to_string(k_) +
                                  " and k = " + std::to_string(other.k_) + " do not add up");
    items_ += other.items_;
    tied_items_ += other.tied_items_;
    shared_ += other.shared_;
    jaccard_ += other.jaccard_;
    jaccard_squares_ += other.jaccard_squares_;
    shared_squares_ += other.shared_squares_;
    return *this;
  }

  /// As given.
  Eigen::Index k() const noexcept { return k_; }
  /// Counted so far.
  Eigen::Index items() const noexcept { return items_; }
  /// Items whose neighbourhood at k is one choice of several, in either graph.
  Eigen::Index tied_items() const noexcept { return tied_items_; }
  /// Shared neighbours, summed over the items.
  std::uint64_t shared() const noexcept { return shared_; }
  /// Mean overlap o / k over the items; NaN for no items.
  double mean_overlap() const noexcept {
    return static_cast<double>(shared_) / (static_cast<double>(items_) * static_cast<double>(k_));
  }
  /// Mean Jaccard similarity over the items; NaN for no items.
  double mean_jaccard() const noexcept { return jaccard_.value() / static_cast<double>(items_); }
  /// Variance of o / k among the items (divided by items - 1); NaN for fewer than 2 items.
  double overlap_variance() const noexcept {
    const auto k = static_cast<double>(k_);
    return variance(mean_overlap(), shared_squares_.value() / k / k);
  }
  /// Variance of the Jaccard similarity among the items (divided by items - 1); NaN for fewer than 2 items.
  double jaccard_variance() const noexcept { return variance(mean_jaccard(), jaccard_squares_.value()); }

  friend bool operator==(const overlap_tally&, const overlap_tally&) = default;

 private:
  double variance(double mean, double squares) const noexcept {
    if (items_ < 2) return std::numeric_limits<double>::quiet_NaN();
    const auto items = static_cast<double>(items_);
    return std::max(0.0, squares - items * mean * mean) / (items - 1);
  }

  Eigen::Index k_;
  Eigen::Index items_ = 0;
  Eigen::Index tied_items_ = 0;
  std::uint64_t shared_ = 0;
  detail::base::whole_sum shared_squares_;
  detail::base::unit_sum jaccard_, jaccard_squares_;
};

namespace detail {

/// Counts the items that two neighbour lists share. One a thread. Memory: 4 n bytes and 4 a rank.
class overlap_counter {
 public:
  explicit overlap_counter(Eigen::Index n) : rank_(static_cast<std::size_t>(n), absent) {}

  /// How many items two lists share.
  Eigen::Index shared(std::span<const std::uint32_t> x, std::span<const std::uint32_t> y) {
    Eigen::Index count = 0;
    for_each_shared(x, y, [&](std::size_t) { ++count; });
    return count;
  }

  /// Adds one item to the tallies of k = 1, 2, .. at once: a neighbour is shared at k when the larger of its
  /// two ranks is at most k, so the histogram of larger ranks, summed from the left, is the overlap.
  void add_item(std::vector<overlap_tally>& tallies, const neighbor_graph& x, const neighbor_graph& y,
                Eigen::Index item) {
    larger_ranks_.assign(tallies.size(), 0);
    for_each_shared(x.neighbors(item).first(tallies.size()), y.neighbors(item).first(tallies.size()),
                    [&](std::size_t larger_rank) { ++larger_ranks_[larger_rank]; });
    Eigen::Index shared = 0;
    for (std::size_t rank = 0; rank < tallies.size(); ++rank) {
      shared += larger_ranks_[rank];
      const auto k = static_cast<Eigen::Index>(rank) + 1;
      tallies[rank].add(shared, x.tied(item, k) || y.tied(item, k));
    }
  }

 private:
  static constexpr std::uint32_t absent = 0xFFFFFFFF;

  /// Calls use(larger rank), ranks from 0, for each item in both lists.
  template <class Use>
  void for_each_shared(std::span<const std::uint32_t> x, std::span<const std::uint32_t> y, const Use& use) {
    for (std::size_t rank = 0; rank < x.size(); ++rank) rank_[x[rank]] = static_cast<std::uint32_t>(rank);
    for (std::size_t rank = 0; rank < y.size(); ++rank) {
      const std::uint32_t other = rank_[y[rank]];
      if (other != absent) use(std::max<std::size_t>(rank, other));
    }
    for (const std::uint32_t item : x) rank_[item] = absent;
  }

  std::vector<std::uint32_t> rank_;
  std::vector<std::uint32_t> larger_ranks_;
};

inline void check_graphs(const neighbor_graph& x, const neighbor_graph& y) {
  if (x.size() != y.size())
    throw std::invalid_argument("the graphs are of " + std::to_string(x.size()) + " and " +
                                std::to_string(y.size()) +
                                " items: both need the same items, in the same order");
}

inline void check_graphs(const neighbor_graph& x, const neighbor_graph& y, Eigen::Index k) {
  check_graphs(x, y);
  if (k < 1 || k > std::min(x.depth(), y.depth()))
    throw std::invalid_argument("k = " + std::to_string(k) + " is not in [1, depth] for graphs of depth " +
                                std::to_string(x.depth()) + " and " + std::to_string(y.depth()) +
                                ": build them with a larger k");
}

inline void check_item_range(Eigen::Index first, Eigen::Index last, Eigen::Index n) {
  if (first < 0 || first > last || last > n)
    throw std::invalid_argument("items [" + std::to_string(first) + ", " + std::to_string(last) +
                                ") are not in [0, " + std::to_string(n) + ")");
}

/// One tally for each k = 1 .. depth, in order.
inline std::vector<overlap_tally> empty_tallies(Eigen::Index depth) {
  std::vector<overlap_tally> tallies;
  tallies.reserve(static_cast<std::size_t>(depth));
  for (Eigen::Index k = 1; k <= depth; ++k) tallies.emplace_back(k);
  return tallies;
}

inline void add(overlap_tally& sum, const overlap_tally& part) { sum += part; }
inline void add(std::vector<overlap_tally>& sum, const std::vector<overlap_tally>& part) {
  for (std::size_t i = 0; i < sum.size(); ++i) sum[i] += part[i];
}

}  // namespace detail

/// How many neighbours the two lists of each item in [first, last) share at k. O((last - first) k + n).
/// @throws std::invalid_argument for graphs of different n, k not in [1, both depths], items outside the
/// graph.
inline std::vector<Eigen::Index> shared_neighbors(const neighbor_graph& x, const neighbor_graph& y,
                                                  Eigen::Index k, Eigen::Index first, Eigen::Index last) {
  detail::check_graphs(x, y, k);
  detail::check_item_range(first, last, x.size());
  detail::overlap_counter counter(x.size());
  std::vector<Eigen::Index> counts;
  counts.reserve(static_cast<std::size_t>(last - first));
  const auto depth = static_cast<std::size_t>(k);
  for (Eigen::Index item = first; item < last; ++item)
    counts.push_back(counter.shared(x.neighbors(item).first(depth), y.neighbors(item).first(depth)));
  return counts;
}

/// The tally of items [first, last) at one k. O((last - first) k + n).
/// @throws std::invalid_argument for graphs of different n, k not in [1, both depths], items outside the
/// graph.
inline overlap_tally tally_overlap(const neighbor_graph& x, const neighbor_graph& y, Eigen::Index k,
                                   Eigen::Index first, Eigen::Index last) {
  const std::vector<Eigen::Index> counts = shared_neighbors(x, y, k, first, last);
  overlap_tally tally(k);
  Eigen::Index item = first;
  for (const Eigen::Index shared : counts) {
    tally.add(shared, x.tied(item, k) || y.tied(item, k));
    ++item;
  }
  return tally;
}

/// The tallies of items [first, last) for every k = 1 .. K, the smaller depth. O((last - first) K + n).
/// @throws std::invalid_argument for graphs of different n and items outside the graph.
inline std::vector<overlap_tally> tally_overlaps(const neighbor_graph& x, const neighbor_graph& y,
                                                 Eigen::Index first, Eigen::Index last) {
  detail::check_graphs(x, y);
  detail::check_item_range(first, last, x.size());
  const Eigen::Index depth = std::min(x.depth(), y.depth());
  std::vector<overlap_tally> tallies = detail::empty_tallies(depth);
  detail::overlap_counter counter(x.size());
  for (Eigen::Index item = first; item < last; ++item) counter.add_item(tallies, x, y, item);
  return tallies;
}

}  // namespace NNGS_VERSION_NAMESPACE
}  // namespace nngs

#endif
