// SPDX-License-Identifier: MIT
#ifndef NNGS_DETAIL_BASE_CHECK_HPP
#define NNGS_DETAIL_BASE_CHECK_HPP

#include <Eigen/Core>
#include <cmath>
#include <cstdint>
#include <limits>
#include <stdexcept>

#include "nngs/detail/base/sentence.hpp"
#include "nngs/error.hpp"
#include "nngs/version.hpp"

// The checks that several headers share. Each error has the offending values and the way out.

namespace nngs {
inline namespace NNGS_VERSION_NAMESPACE {
namespace detail::base {

inline void check_items(Eigen::Index n) {
  if (n < 2) throw input_error(sentence({n, " items have no neighbours: give 2 or more"}));
  if (static_cast<std::uint64_t>(n) > std::numeric_limits<std::uint32_t>::max())
    throw input_error(sentence({n, " items are more than a graph can index (2^32 - 1)"}));
}

inline void check_k(Eigen::Index k, Eigen::Index n) {
  if (k < 1 || k > n - 1)
    throw input_error(
        sentence({"k = ", k, " is not in [1, n - 1] = [1, ", n - 1, "] for n = ", n, " items"}));
}

inline void check_depth(Eigen::Index k, Eigen::Index depth) {
  if (k < 1 || k > depth)
    throw input_error(sentence(
        {"k = ", k, " is not in [1, ", depth, "], the depth of the graph: build it with a larger k"}));
}

inline void check_shape(Eigen::Index rows, Eigen::Index cols) {
  if (rows < 2 || cols < 1)
    throw input_error(
        sentence({"a matrix of ", rows, " x ", cols,
                  " has no neighbours to compare: give 2 or more rows (items) and 1 or more columns"}));
  check_items(rows);
}

inline void check_paired(Eigen::Index x_rows, Eigen::Index x_cols, Eigen::Index y_rows, Eigen::Index y_cols) {
  if (x_rows != y_rows)
    throw input_error(sentence({"x is ", x_rows, " x ", x_cols, " and y is ", y_rows, " x ", y_cols,
                                ": both need the same rows (items), in the same order"}));
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
        throw input_error(sentence({"row ", row, ", column ", column, " (counted from 0) is ", value,
                                    ": every coordinate must be finite"}),
                          {.row = row, .column = column});
    }
  }
}

/// Throws the error in flight as one of the matrix `name`, a string literal, with its row and column.
[[noreturn, gnu::noinline]] inline void rethrow_naming(const char* name) {
  try {
    throw;
  } catch (const input_error& error) {
    throw input_error(name, error.what(), error.position());
  } catch (const std::invalid_argument& error) {  // of a user's own metric or builder
    throw input_error(name, error.what());
  }
}

/// What `work` returns. An error of it becomes one of the matrix `name`, a string literal.
template <class Work>
auto naming(const char* name, const Work& work) {
  try {
    return work();
  } catch (const std::invalid_argument&) {
    rethrow_naming(name);
  }
}

}  // namespace detail::base
}  // namespace NNGS_VERSION_NAMESPACE
}  // namespace nngs

#endif
