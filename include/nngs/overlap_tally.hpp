// SPDX-License-Identifier: MIT
#ifndef NNGS_OVERLAP_TALLY_HPP
#define NNGS_OVERLAP_TALLY_HPP

#include <Eigen/Core>
#include <algorithm>
#include <cstdint>
#include <limits>
#include <vector>

#include "nngs/detail/base/exact_sum.hpp"
#include "nngs/detail/base/sentence.hpp"
#include "nngs/error.hpp"
#include "nngs/version.hpp"

/// @file
/// Counts of shared neighbours over items that add up exactly, in any order and over any machines.

namespace nngs {
inline namespace NNGS_VERSION_NAMESPACE {
namespace detail {
struct tally_words;  // serialize.hpp
}

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
  /// @throws input_error when k < 1.
  explicit overlap_tally(Eigen::Index k) : k_(k) {
    if (k < 1) throw input_error(detail::base::sentence({"a tally at k = ", k, ": give a k of 1 or more"}));
  }

  /// Counts one item with `shared` common neighbours, in [0, k] (not checked); whether it is tied in each
  /// graph.
  void add(Eigen::Index shared, bool tied_x, bool tied_y) noexcept {
    ++items_;
    tied_items_ += tied_x || tied_y;
    tied_in_both_ += tied_x && tied_y;
    shared_ += static_cast<std::uint64_t>(shared);
    const double similarity = jaccard(shared, k_);
    jaccard_.add(similarity);
    jaccard_squares_.add(similarity * similarity);
    shared_squares_.add(static_cast<std::uint64_t>(shared) * static_cast<std::uint64_t>(shared));
  }
  /// Adds the tally of other items.
  /// @throws input_error for a tally at another k.
  overlap_tally& operator+=(const overlap_tally& other) {
    if (k_ != other.k_)
      throw input_error(
          detail::base::sentence({"tallies at k = ", k_, " and k = ", other.k_, " do not add up"}));
    items_ += other.items_;
    tied_items_ += other.tied_items_;
    tied_in_both_ += other.tied_in_both_;
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
  /// Those that are so in both graphs, where ties weigh most.
  Eigen::Index tied_in_both() const noexcept { return tied_in_both_; }
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
  friend struct detail::tally_words;

  double variance(double mean, double squares) const noexcept {
    if (items_ < 2) return std::numeric_limits<double>::quiet_NaN();
    const auto items = static_cast<double>(items_);
    return std::max(0.0, squares - items * mean * mean) / (items - 1);
  }

  Eigen::Index k_;
  Eigen::Index items_ = 0;
  Eigen::Index tied_items_ = 0;
  Eigen::Index tied_in_both_ = 0;
  std::uint64_t shared_ = 0;
  detail::base::whole_sum shared_squares_;
  detail::base::unit_sum jaccard_, jaccard_squares_;
};

/// One empty tally for each k = 1 .. depth, in order: what tallies of shards are added to.
/// @throws input_error when depth < 1.
inline std::vector<overlap_tally> empty_tallies(Eigen::Index depth) {
  if (depth < 1)
    throw input_error(detail::base::sentence({"tallies up to k = ", depth, ": give a depth of 1 or more"}));
  std::vector<overlap_tally> tallies;
  tallies.reserve(static_cast<std::size_t>(depth));
  for (Eigen::Index k = 1; k <= depth; ++k) tallies.emplace_back(k);
  return tallies;
}

}  // namespace NNGS_VERSION_NAMESPACE
}  // namespace nngs

#endif
