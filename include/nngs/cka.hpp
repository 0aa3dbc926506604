// SPDX-License-Identifier: MIT
#ifndef NNGS_CKA_HPP
#define NNGS_CKA_HPP

#include <Eigen/Core>
#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "nngs/detail/check.hpp"
#include "nngs/detail/scale.hpp"
#include "nngs/version.hpp"

namespace nngs::inline NNGS_VERSION_NAMESPACE {

namespace detail {

/// The columns less their means, scaled by a power of two so that no product overflows or vanishes.
/// The first row goes first: constant columns become exactly 0, and a large common offset costs no digits.
template <class Derived>
Eigen::MatrixXd centred(const Eigen::MatrixBase<Derived>& given) {
  check_shape(given.rows(), given.cols());
  Eigen::MatrixXd columns = given.template cast<double>();
  check_finite(columns);
  if (columns.cwiseAbs().maxCoeff() > 0x1p1000) columns *= 0.5;  // differences must not overflow
  columns.rowwise() -= columns.row(0).eval();
  if ((columns.array() == 0).all()) throw std::invalid_argument("all rows are equal: CKA needs variance");
  scale_near_one(columns);
  columns.rowwise() -= columns.colwise().mean().eval();
  return columns;
}

/// tr(A B) of two symmetric matrices whose lower halves are given.
inline double trace_of_product(const Eigen::MatrixXd& a, const Eigen::MatrixXd& b) {
  double below = 0;
  for (Eigen::Index j = 0; j < a.cols(); ++j) {
    const Eigen::Index rest = a.rows() - 1 - j;
    below += a.col(j).tail(rest).dot(b.col(j).tail(rest));
  }
  return 2 * below + a.diagonal().dot(b.diagonal());
}

/// The lower half of A A'.
template <class Derived>
Eigen::MatrixXd gram(const Eigen::MatrixBase<Derived>& a) {
  Eigen::MatrixXd product = Eigen::MatrixXd::Zero(a.rows(), a.rows());
  product.selfadjointView<Eigen::Lower>().rankUpdate(a.derived());
  return product;
}

}  // namespace detail

/// Linear CKA of two matrices, one row per item (Kornblith et al. 2019), in [0, 1]:
///   ||Y'X||^2 / (||X'X|| ||Y'Y||), X and Y with centred columns, Frobenius norms.
/// Evaluated in double, as products of the features or of the items, whichever costs less: the smaller of
/// O(n (dx^2 + dx dy + dy^2)) and O(n^2 (dx + dy)). Memory: 8 bytes for each entry of x, y and the products.
/// @throws std::invalid_argument for different numbers of rows, fewer than 2, no columns, an entry that is
/// not
///   finite, and for a matrix whose rows are all equal (no variance).
template <class X, class Y>
double linear_cka(const Eigen::MatrixBase<X>& x, const Eigen::MatrixBase<Y>& y) {
  detail::check_paired(x.rows(), x.cols(), y.rows(), y.cols());
  const Eigen::MatrixXd a = detail::naming("x", [&] { return detail::centred(x); });
  const Eigen::MatrixXd b = detail::naming("y", [&] { return detail::centred(y); });
  const auto n = static_cast<double>(x.rows());
  const auto dx = static_cast<double>(x.cols());
  const auto dy = static_cast<double>(y.cols());

  if (dx * dx + 2 * dx * dy + dy * dy < n * (dx + dy)) {
    const double squared = (b.transpose() * a).squaredNorm();
    const Eigen::MatrixXd xx = detail::gram(a.transpose());
    const Eigen::MatrixXd yy = detail::gram(b.transpose());
    return std::min(1.0,
                    squared / std::sqrt(detail::trace_of_product(xx, xx) * detail::trace_of_product(yy, yy)));
  }
  const Eigen::MatrixXd k = detail::gram(a);
  const Eigen::MatrixXd l = detail::gram(b);
  return std::min(1.0, detail::trace_of_product(k, l) /
                           std::sqrt(detail::trace_of_product(k, k) * detail::trace_of_product(l, l)));
}

}  // namespace nngs::inline NNGS_VERSION_NAMESPACE

#endif
