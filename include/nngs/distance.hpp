// SPDX-License-Identifier: MIT
#ifndef NNGS_DISTANCE_HPP
#define NNGS_DISTANCE_HPP

#include <Eigen/Core>

#include "nngs/detail/base/sentence.hpp"
#include "nngs/detail/no_matrix.hpp"
#include "nngs/detail/search/metric_requirements.hpp"
#include "nngs/detail/search/point_distance.hpp"
#include "nngs/error.hpp"
#include "nngs/metric.hpp"
#include "nngs/points.hpp"
#include "nngs/version.hpp"

/// @file
/// The distance of two points, as people read it.

namespace nngs {
inline namespace NNGS_VERSION_NAMESPACE {

/// The distance of two points, two vectors of the same size (rows of a matrix, say), as people read it:
/// not squared, cosine and correlation as 1 - r, the inner product negated. O(d).
/// @throws input_error for different sizes and for none, a coordinate that is not finite, a point
///   that the metric cannot prepare and keys out of double's range. The points are rows 0 and 1 of the
///   messages.
template <class A, class B, class Metric = euclidean>
double distance(const Eigen::MatrixBase<A>& a, const Eigen::MatrixBase<B>& b, const Metric& metric = {}) {
  detail::search::require_metric<Metric>();
  EIGEN_STATIC_ASSERT_VECTOR_ONLY(A)
  EIGEN_STATIC_ASSERT_VECTOR_ONLY(B)
  if (a.size() != b.size() || a.size() == 0)
    throw input_error(
        detail::base::sentence({"points of ", a.size(), " and ", b.size(), " coordinates have no distance"}));
  row_major<double> rows(2, a.size());
  for (Eigen::Index j = 0; j < a.size(); ++j) {
    rows(0, j) = static_cast<double>(a.derived().coeff(j));
    rows(1, j) = static_cast<double>(b.derived().coeff(j));
  }
  return detail::search::point_distance(points<double>(rows), metric);
}

}  // namespace NNGS_VERSION_NAMESPACE
}  // namespace nngs

#endif
