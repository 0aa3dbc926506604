// SPDX-License-Identifier: MIT
#ifndef NNGS_DETAIL_BASE_CHECK_HPP
#define NNGS_DETAIL_BASE_CHECK_HPP

#include <Eigen/Core>
#include <cmath>
#include <cstdint>
#include <limits>
#include <stdexcept>
#include <string>

#include "nngs/version.hpp"

// The errors of the library, each with the offending values and the way out. All are std::invalid_argument.

namespace nngs {
inline namespace NNGS_VERSION_NAMESPACE {
namespace detail::base {

inline std::string shape(Eigen::Index rows, Eigen::Index cols) {
  return std::to_string(rows) + " x " + std::to_string(cols);
}

inline void check_items(Eigen::Index n) {
  if (n < 2) throw std::invalid_argument(std::to_string(n) + " items have no neighbours: give 2 or more");
  if (static_cast<std::uint64_t>(n) > std::numeric_limits<std::uint32_t>::max())
    throw std::invalid_argument(std::to_string(n) + " items are more than a graph can index (2^32 - 1)");
}

inline void check_k(Eigen::Index k, Eigen::Index n) {
  if (k < 1 || k > n - 1)
    throw std::invalid_argument("k = " + std::to_string(k) + " is not in [1, n - 1] = [1, " +
                                std::to_string(n - 1) + "] for n = " + std::to_string(n) + " items");
}

inline void check_depth(Eigen::Index k, Eigen::Index depth) {
  if (k < 1 || k > depth)
    throw std::invalid_argument("k = " + std::to_string(k) + " is not in [1, " + std::to_string(depth) +
                                "], the depth of the graph: build it with a larger k");
}

inline void check_shape(Eigen::Index rows, Eigen::Index cols) {
  if (rows < 2 || cols < 1)
    throw std::invalid_argument(
        "a matrix of " + shape(rows, cols) +
        " has no neighbours to compare: give 2 or more rows (items) and 1 or more columns");
  check_items(rows);
}

inline void check_paired(Eigen::Index x_rows, Eigen::Index x_cols, Eigen::Index y_rows, Eigen::Index y_cols) {
  if (x_rows != y_rows)
    throw std::invalid_argument("x is " + shape(x_rows, x_cols) + " and y is " + shape(y_rows, y_cols) +
                                ": both need the same rows (items), in the same order");
}

template <class Derived>
void check_finite(const Eigen::DenseBase<Derived>& values) {
  for (Eigen::Index row = 0; row < values.rows(); ++row) {
    // Only NaN and infinity times 0 are not 0.
    if ((values.derived().row(row) * typename Derived::Scalar{0}).sum() == 0) continue;
    for (Eigen::Index column = 0; column < values.cols(); ++column) {
      const double value = static_cast<double>(values.derived().coeff(row, column));
      if (!std::isfinite(value))
        throw std::invalid_argument("row " + std::to_string(row) + ", column " + std::to_string(column) +
                                    " (counted from 0) is " + std::to_string(value) +
                                    ": every coordinate must be finite");
    }
  }
}

/// Runs `work` and puts the name of the matrix in front of what it complains about.
template <class Work>
auto naming(const char* name, const Work& work) {
  try {
    return work();
  } catch (const std::invalid_argument& error) {
    throw std::invalid_argument(std::string(name) + ": " + error.what());
  }
}

}  // namespace detail::base
}  // namespace NNGS_VERSION_NAMESPACE
}  // namespace nngs

#endif
