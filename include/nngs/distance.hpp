// SPDX-License-Identifier: MIT
#ifndef NNGS_DISTANCE_HPP
#define NNGS_DISTANCE_HPP

#include <Eigen/Core>
#include <stdexcept>
#include <string>
#include <string_view>

#include "nngs/detail/reference_key.hpp"
#include "nngs/metric.hpp"
#include "nngs/version.hpp"

/// @file
/// The distance of two points, as people read it.

namespace nngs::inline NNGS_VERSION_NAMESPACE {

/// The distance of two points, two vectors of the same size (rows of a matrix, say), as people read it:
/// not squared, cosine and correlation as 1 - r, the inner product negated. O(d). Values are not checked: of
/// NaN the distance is NaN.
/// @throws std::invalid_argument for different sizes and for a point that the metric cannot prepare.
template <class A, class B, metric Metric = euclidean>
double distance(const Eigen::MatrixBase<A>& a, const Eigen::MatrixBase<B>& b, const Metric& metric = {}) {
  EIGEN_STATIC_ASSERT_VECTOR_ONLY(A)
  EIGEN_STATIC_ASSERT_VECTOR_ONLY(B)
  if (a.size() != b.size())
    throw std::invalid_argument("points of " + std::to_string(a.size()) + " and " + std::to_string(b.size()) +
                                " coordinates have no distance");
  Eigen::RowVectorXd x(a.size()), y(b.size());
  for (Eigen::Index j = 0; j < a.size(); ++j) {
    x[j] = static_cast<double>(a.derived().coeff(j));
    y[j] = static_cast<double>(b.derived().coeff(j));
  }
  if constexpr (prepared_metric<Metric>) {
    for (Eigen::RowVectorXd* row : {&x, &y}) {
      const std::string_view complaint = metric.prepare(*row);
      if (!complaint.empty()) throw std::invalid_argument("the point " + std::string(complaint));
    }
    return metric.distance(detail::reference_key(metric.search_metric, x.data(), y.data(), x.size()));
  } else if constexpr (coordinate_metric<Metric>) {
    return metric.distance(detail::reference_key(metric, x.data(), y.data(), x.size()));
  } else {
    return metric.distance(metric.key(point(x.data(), x.size()), point(y.data(), y.size())));
  }
}

}  // namespace nngs::inline NNGS_VERSION_NAMESPACE

#endif
