// SPDX-License-Identifier: MIT
#ifndef NNGS_DETAIL_SPATIAL_ORDER_HPP
#define NNGS_DETAIL_SPATIAL_ORDER_HPP

#include <Eigen/Core>
#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

#include "nngs/points.hpp"
#include "nngs/version.hpp"

namespace nngs::inline NNGS_VERSION_NAMESPACE::detail {

/// The rows in an order in which near points come near each other (Morton's: the bits of the coordinates in
/// turn, the highest first). Searched and stored so, one query finds warm in the cache what the last one
/// left. O(n (d + log n)).
template <class Scalar>
std::vector<std::uint32_t> spatial_order(const points<Scalar>& values) {
  const Eigen::Index used = std::min<Eigen::Index>(values.cols(), 8);
  const int bits = static_cast<int>(std::min<Eigen::Index>(52, 60 / used));
  const Eigen::RowVectorXd lowest = values.leftCols(used).colwise().minCoeff().template cast<double>();
  const Eigen::RowVectorXd highest = values.leftCols(used).colwise().maxCoeff().template cast<double>();
  std::vector<std::pair<std::uint64_t, std::uint32_t>> codes(static_cast<std::size_t>(values.rows()));
  for (Eigen::Index row = 0; row < values.rows(); ++row) {
    std::uint64_t code = 0;
    std::uint64_t cells[8];
    for (Eigen::Index j = 0; j < used; ++j) {
      const double width = highest[j] / 2 - lowest[j] / 2;  // halves: the whole may overflow
      const double at =
          width > 0 ? (static_cast<double>(values.coeff(row, j)) / 2 - lowest[j] / 2) / width : 0;
      cells[j] = static_cast<std::uint64_t>(at * static_cast<double>((std::uint64_t{1} << bits) - 1));
    }
    for (int bit = bits; bit-- > 0;)
      for (Eigen::Index j = 0; j < used; ++j) code = code << 1 | (cells[j] >> bit & 1);
    codes[static_cast<std::size_t>(row)] = {code, static_cast<std::uint32_t>(row)};
  }
  std::sort(codes.begin(), codes.end());
  std::vector<std::uint32_t> order;
  order.reserve(codes.size());
  for (const auto& [code, row] : codes) order.push_back(row);
  return order;
}

}  // namespace nngs::inline NNGS_VERSION_NAMESPACE::detail

#endif
