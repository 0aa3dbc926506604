// SPDX-License-Identifier: MIT
#ifndef NNGS_DETAIL_SEARCH_POINT_DISTANCE_HPP
#define NNGS_DETAIL_SEARCH_POINT_DISTANCE_HPP

#include <Eigen/Core>

#include "nngs/detail/base/check.hpp"
#include "nngs/detail/search/input.hpp"
#include "nngs/detail/search/reference_key.hpp"
#include "nngs/metric.hpp"
#include "nngs/points.hpp"
#include "nngs/version.hpp"

// The distance of two points alone.

namespace nngs {
inline namespace NNGS_VERSION_NAMESPACE {
namespace detail::search {

/// The key of two points in double, each aligned as a row metric needs.
template <metric Metric>
double key_of(const Metric& metric, const Eigen::RowVectorXd& x, const Eigen::RowVectorXd& y) {
  if constexpr (coordinate_metric<Metric>)
    return reference_key(metric, x.data(), y.data(), x.size());
  else
    return metric.key(point(x.data(), x.size()), point(y.data(), y.size()));
}

/// The distance of the two rows of a matrix.
template <metric Metric>
double point_distance(const row_major<double>& rows, const Metric& metric) {
  base::check_finite(rows);
  const points<double> given(rows);
  const search_input<double, Metric> input(given, metric);
  return metric.distance(key_of(input.metric, input.values.row(0), input.values.row(1)));
}

}  // namespace detail::search
}  // namespace NNGS_VERSION_NAMESPACE
}  // namespace nngs

#endif
