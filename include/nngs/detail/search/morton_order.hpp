// SPDX-License-Identifier: MIT
#ifndef NNGS_DETAIL_SEARCH_MORTON_ORDER_HPP
#define NNGS_DETAIL_SEARCH_MORTON_ORDER_HPP

#include <Eigen/Core>
#include <algorithm>
#include <cstdint>
#include <vector>

#include "nngs/detail/base/blocks.hpp"
#include "nngs/detail/search/given_points.hpp"
#include "nngs/detail/search/plan.hpp"
#include "nngs/version.hpp"

// An order of the points in which near ones come near each other.

namespace nngs {
inline namespace NNGS_VERSION_NAMESPACE {
namespace detail::search {

/// A row and the place of its point on Morton's curve: the bits of the coordinates in turn, highest first.
struct place {
  std::uint64_t code;
  std::uint32_t row;
  friend bool operator<(const place& a, const place& b) noexcept {
    return a.code < b.code || (a.code == b.code && a.row < b.row);
  }
};

/// Sorts blocks, then merges two, four, eight ... of them.
inline void sort_in_blocks(std::vector<place>& places, Eigen::Index per_block, base::executor_ref execute) {
  const auto n = static_cast<Eigen::Index>(places.size());
  const auto begin = places.begin();
  base::for_each_block(execute, n, per_block, [&](Eigen::Index first, Eigen::Index last) {
    std::sort(begin + first, begin + last);
  });
  for (Eigen::Index half = per_block; half < n; half *= 2)
    base::for_each_block(execute, n, 2 * half, [&](Eigen::Index first, Eigen::Index last) {
      if (first + half < last) std::inplace_merge(begin + first, begin + first + half, begin + last);
    });
}

/// Gives each point its place on Morton's curve by a grid over the first few coordinates.
class morton_grid {
 public:
  explicit morton_grid(const given_points& values)
      : values_(values),
        used_(std::min<Eigen::Index>(values.cols(), most_used)),
        bits_(static_cast<int>(std::min<Eigen::Index>(52, 60 / used_))) {
    values.read(0, lowest_, used_);
    values.read(0, highest_, used_);
    double at[most_used];
    for (Eigen::Index row = 1; row < values.rows(); ++row) {
      values.read(row, at, used_);
      for (Eigen::Index j = 0; j < used_; ++j) {
        lowest_[j] = std::min(lowest_[j], at[j]);
        highest_[j] = std::max(highest_[j], at[j]);
      }
    }
  }

  std::uint64_t code_of(Eigen::Index row) const {
    double at[most_used];
    values_.read(row, at, used_);
    std::uint64_t cells[most_used];
    for (Eigen::Index j = 0; j < used_; ++j) {
      const double width = highest_[j] / 2 - lowest_[j] / 2;  // halves: the whole may overflow
      const double part = width > 0 ? (at[j] / 2 - lowest_[j] / 2) / width : 0;
      cells[j] = static_cast<std::uint64_t>(part * static_cast<double>((std::uint64_t{1} << bits_) - 1));
    }
    std::uint64_t code = 0;
    for (int bit = bits_; bit-- > 0;)
      for (Eigen::Index j = 0; j < used_; ++j) code = code << 1 | (cells[j] >> bit & 1);
    return code;
  }

 private:
  static constexpr Eigen::Index most_used = 8;
  const given_points& values_;
  Eigen::Index used_;
  int bits_;  ///< of each coordinate
  double lowest_[most_used], highest_[most_used];
};

/// The rows in an order in which near points come near each other: along Morton's curve. Searched and stored
/// so, one query finds warm in the cache what the last one left. O(n (d + log n)).
inline std::vector<std::uint32_t> spatial_order(const given_points& values, base::executor_ref execute) {
  const Eigen::Index n = values.rows(), per_block = morton_points(n);
  const morton_grid grid(values);
  std::vector<place> places(static_cast<std::size_t>(n));
  base::for_each_block(execute, n, per_block, [&](Eigen::Index first, Eigen::Index last) {
    for (Eigen::Index row = first; row < last; ++row)
      places[static_cast<std::size_t>(row)] = {grid.code_of(row), static_cast<std::uint32_t>(row)};
  });
  sort_in_blocks(places, per_block, execute);
  std::vector<std::uint32_t> order;
  order.reserve(places.size());
  for (const place& one : places) order.push_back(one.row);
  return order;
}

}  // namespace detail::search
}  // namespace NNGS_VERSION_NAMESPACE
}  // namespace nngs

#endif
