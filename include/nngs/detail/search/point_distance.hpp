// SPDX-License-Identifier: MIT
#ifndef NNGS_DETAIL_SEARCH_POINT_DISTANCE_HPP
#define NNGS_DETAIL_SEARCH_POINT_DISTANCE_HPP

#include <Eigen/Core>
#include <span>

#include "nngs/detail/search/given_points.hpp"
#include "nngs/detail/search/input.hpp"
#include "nngs/detail/search/neighbor_order.hpp"
#include "nngs/detail/search/reference_key.hpp"
#include "nngs/metric.hpp"
#include "nngs/tie_order.hpp"
#include "nngs/version.hpp"

// Keys of points one by one, and the distance of two points alone.

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

/// Sets the reference keys of some candidates of a point.
template <metric Metric>
void set_keys(const Metric& metric, const given_points& values, Eigen::Index point,
              std::span<candidate> some) {
  Eigen::RowVectorXd x(values.cols()), y(values.cols());
  values.read(point, x.data());
  for (candidate& one : some) {
    values.read(one.index, y.data());
    one.key = key_of(metric, x, y);
  }
}

/// The distance of two points.
template <metric Metric>
double point_distance(const given_points& two, const Metric& metric) {
  check_finite(two);
  const search_input<Metric> input(two, metric, tie_order{});
  candidate second{0, 1};
  set_keys(input.metric, input.values, 0, {&second, 1});
  return metric.distance(second.key);
}

}  // namespace detail::search
}  // namespace NNGS_VERSION_NAMESPACE
}  // namespace nngs

#endif
