// SPDX-License-Identifier: MIT
#ifndef NNGS_DETAIL_BASE_DATA_REQUIREMENTS_HPP
#define NNGS_DETAIL_BASE_DATA_REQUIREMENTS_HPP

#include <Eigen/Core>
#include <concepts>

#include "nngs/version.hpp"

// What a compiler says first when data are of a type that nngs does not take. Each requirement is a type
// whose making refuses to compile: `require_coordinates<Scalar>();`.

namespace nngs {
inline namespace NNGS_VERSION_NAMESPACE {
namespace detail::base {

template <class Scalar>
struct require_coordinates {
  static constexpr bool taken = std::same_as<Scalar, float> || std::same_as<Scalar, double>;
  static constexpr bool wide_integer = std::integral<Scalar> && sizeof(Scalar) >= 8;
  static_assert(
      !wide_integer,
      "nngs takes matrices of float or double, and a double holds whole numbers up to 2^53: convert "
      "smaller ones with .cast<double>(). Codes of 64 bits would lose bits: unpack binary codes into "
      "columns of 0 and 1, or let a metric of your own look them up by row number.");
  static_assert(
      taken || wide_integer,
      "nngs takes matrices of float or double: convert with .cast<double>(), which keeps whole numbers "
      "of up to 53 bits as they are.");
};

template <class Derived>
void takes_matrix(const Eigen::MatrixBase<Derived>&);

/// Nothing that Eigen calls a matrix.
template <class Data>
concept no_matrix = !requires(const Data& data) {
  takes_matrix(data);
};

template <class... Data>
struct require_matrices {
  static_assert(
      (!no_matrix<Data> && ...),
      "nngs takes Eigen matrices, one row per item. Values that lie one after another in memory, row by "
      "row: Eigen::Map<const nngs::row_major<double>>(pointer, rows, columns). A vector of vectors: copy "
      "each into a row of a matrix first. An Eigen array: .matrix().");
};

}  // namespace detail::base
}  // namespace NNGS_VERSION_NAMESPACE
}  // namespace nngs

#endif
