// SPDX-License-Identifier: MIT
#ifndef NNGS_DETAIL_SEARCH_MORTON_ORDER_HPP
#define NNGS_DETAIL_SEARCH_MORTON_ORDER_HPP

#include <Eigen/Core>
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>
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
};

/// Sorts by code, and keeps the order of equal codes: byte by byte, the last first. Memory: 16 n bytes.
inline void sort_by_code(std::vector<place>& places) {
  std::vector<place> sorted(places.size());
  for (int shift = 0; shift < 64; shift += 8) {
    std::size_t ends[256] = {};  // from counts to beginnings; putting a place moves its beginning to its end
    for (const place& one : places) ++ends[one.code >> shift & 255];
    std::size_t total = 0;
    for (std::size_t& end : ends) total += std::exchange(end, total);
    for (const place& one : places) sorted[ends[one.code >> shift & 255]++] = one;
    places.swap(sorted);
  }
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
/// so, one query finds warm in the cache what the last one left. O(n d).
inline std::vector<std::uint32_t> spatial_order(const given_points& values, base::executor_ref execute) {
  const Eigen::Index n = values.rows();
  const morton_grid grid(values);
  std::vector<place> places(static_cast<std::size_t>(n));
  base::for_each_block(execute, n, morton_points(n), [&](Eigen::Index first, Eigen::Index last) {
    for (Eigen::Index row = first; row < last; ++row)
      places[static_cast<std::size_t>(row)] = {grid.code_of(row), static_cast<std::uint32_t>(row)};
  });
  sort_by_code(places);
  std::vector<std::uint32_t> order;
  order.reserve(places.size());
  for (const place& one : places) order.push_back(one.row);
  return order;
}

}  // namespace detail::search
}  // namespace NNGS_VERSION_NAMESPACE
}  // namespace nngs

#endif
