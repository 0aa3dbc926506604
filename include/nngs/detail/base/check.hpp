// SPDX-License-Identifier: MIT
#ifndef NNGS_DETAIL_BASE_CHECK_HPP
#define NNGS_DETAIL_BASE_CHECK_HPP

#include <Eigen/Core>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <limits>
#include <stdexcept>
#include <string>

#include "nngs/error.hpp"
#include "nngs/version.hpp"

// The checks that several headers share. Each error has the offending values and the way out.

namespace nngs {
inline namespace NNGS_VERSION_NAMESPACE {
namespace detail::base {

inline std::string shape(Eigen::Index rows, Eigen::Index cols) {
  return std::to_string(rows) + " x " + std::to_string(cols);
}

/// The fewest digits that give the number back.
inline std::string text(double number) {
  char digits[32];
  return {digits, std::to_chars(digits, digits + sizeof digits, number).ptr};
}

inline void check_items(Eigen::Index n) {
  if (n < 2) throw input_error(std::to_string(n) + " items have no neighbours: give 2 or more");
  if (static_cast<std::uint64_t>(n) > std::numeric_limits<std::uint32_t>::max())
    throw input_error(std::to_string(n) + " items are more than a graph can index (2^32 - 1)");
}

inline void check_k(Eigen::Index k, Eigen::Index n) {
  if (k < 1 || k > n - 1)
    throw input_error("k = " + std::to_string(k) + " is not in [1, n - 1] = [1, " + std::to_string(n - 1) +
                      "] for n = " + std::to_string(n) + " items");
}

inline void check_depth(Eigen::Index k, Eigen::Index depth) {
  if (k < 1 || k > depth)
    throw input_error("k = " + std::to_string(k) + " is not in [1, " + std::to_string(depth) +
                      "], the depth of the graph: build it with a larger k");
}

inline void check_shape(Eigen::Index rows, Eigen::Index cols) {
  if (rows < 2 || cols < 1)
    throw input_error("a matrix of " + shape(rows, cols) +
                      " has no neighbours to compare: give 2 or more rows (items) and 1 or more columns");
  check_items(rows);
}

inline void check_paired(Eigen::Index x_rows, Eigen::Index x_cols, Eigen::Index y_rows, Eigen::Index y_cols) {
  if (x_rows != y_rows)
    throw input_error("x is " + shape(x_rows, x_cols) + " and y is " + shape(y_rows, y_cols) +
                      ": both need the same rows (items), in the same order");
}

template <class Derived>
void check_finite(const Eigen::DenseBase<Derived>& values) {
  for (Eigen::Index row = 0; row < values.rows(); ++row) {
    // Only NaN and infinity times 0 give no sum of 0. Below 1 and above -1 says so without a comparison by
    // ==.
    const auto zeros = (values.derived().row(row) * typename Derived::Scalar{0}).sum();
    if (zeros < 1 && zeros > -1) continue;
    for (Eigen::Index column = 0; column < values.cols(); ++column) {
      const double value = static_cast<double>(values.derived().coeff(row, column));
      if (!std::isfinite(value))
        throw input_error("row " + std::to_string(row) + ", column " + std::to_string(column) +
                              " (counted from 0) is " + std::to_string(value) +
                              ": every coordinate must be finite",
                          {.row = row, .column = column});
    }
  }
}

/// Runs `work`. An error of it becomes one of the matrix `name`, a string literal, with its row and column.
template <class Work>
auto naming(const char* name, const Work& work) {
  try {
    return work();
  } catch (const input_error& error) {
    throw input_error(name, error.what(), error.position());
  } catch (const std::invalid_argument& error) {  // of a user's own metric or builder
    throw input_error(name, error.what());
  }
}

}  // namespace detail::base
}  // namespace NNGS_VERSION_NAMESPACE
}  // namespace nngs

#endif
