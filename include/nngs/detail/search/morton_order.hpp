// SPDX-License-Identifier: MIT
#ifndef NNGS_DETAIL_SEARCH_MORTON_ORDER_HPP
#define NNGS_DETAIL_SEARCH_MORTON_ORDER_HPP

#include <Eigen/Core>
#include <algorithm>
#include <cstdint>
#include <vector>

#include "nngs/detail/base/blocks.hpp"
#include "nngs/executor.hpp"
#include "nngs/points.hpp"
#include "nngs/version.hpp"

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
template <executor Executor>
void sort_in_blocks(std::vector<place>& places, Eigen::Index per_block, const Executor& execute) {
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

/// The rows in an order in which near points come near each other: along Morton's curve. Searched and stored
/// so, one query finds warm in the cache what the last one left. O(n (d + log n)).
template <class Scalar, executor Executor>
std::vector<std::uint32_t> spatial_order(const points<Scalar>& values, const Executor& execute) {
  const Eigen::Index n = values.rows(), used = std::min<Eigen::Index>(values.cols(), 8);
  const Eigen::Index per_block = std::max<Eigen::Index>(n / 8 + 1, 1 << 13);  // worth a thread: some 0.5 ms
  const int bits = static_cast<int>(std::min<Eigen::Index>(52, 60 / used));
  const Eigen::RowVectorXd lowest = values.leftCols(used).colwise().minCoeff().template cast<double>();
  const Eigen::RowVectorXd highest = values.leftCols(used).colwise().maxCoeff().template cast<double>();
  const auto code_of = [&](Eigen::Index row) {
    std::uint64_t cells[8];
    for (Eigen::Index j = 0; j < used; ++j) {
      const double width = highest[j] / 2 - lowest[j] / 2;  // halves: the whole may overflow
      const double at =
          width > 0 ? (static_cast<double>(values.coeff(row, j)) / 2 - lowest[j] / 2) / width : 0;
      cells[j] = static_cast<std::uint64_t>(at * static_cast<double>((std::uint64_t{1} << bits) - 1));
    }
    std::uint64_t code = 0;
    for (int bit = bits; bit-- > 0;)
      for (Eigen::Index j = 0; j < used; ++j) code = code << 1 | (cells[j] >> bit & 1);
    return code;
  };
  std::vector<place> places(static_cast<std::size_t>(n));
  base::for_each_block(execute, n, per_block, [&](Eigen::Index first, Eigen::Index last) {
    for (Eigen::Index row = first; row < last; ++row)
      places[static_cast<std::size_t>(row)] = {code_of(row), static_cast<std::uint32_t>(row)};
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
