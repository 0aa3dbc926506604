// SPDX-License-Identifier: MIT
#ifndef NNGS_DETAIL_SEARCH_REFERENCE_KEY_HPP
#define NNGS_DETAIL_SEARCH_REFERENCE_KEY_HPP

#include <Eigen/Core>
#include <cstddef>
#include <cstring>

#include "nngs/detail/base/rounding.hpp"
#include "nngs/metric.hpp"
#include "nngs/version.hpp"

// The key that decides: in double, from the given coordinates, one after another. Everything else screens.

namespace nngs {
inline namespace NNGS_VERSION_NAMESPACE {
namespace detail::search {

template <coordinate_metric Metric, class Lane>
Lane add_term(const Metric& metric, Lane key, Lane a, Lane b) {
  if constexpr (requires { metric.combine(key, a); })
    return metric.combine(key, base::rounded(metric.term(a, b)));
  else
    return key + base::rounded(metric.term(a, b));
}

/// The reference key of two points, coordinate by coordinate in order.
template <coordinate_metric Metric, class A, class B>
double reference_key(const Metric& metric, const A* a, const B* b, Eigen::Index dimensions) {
  double key = 0;
  for (Eigen::Index j = 0; j < dimensions; ++j)
    key = add_term(metric, key, static_cast<double>(a[j]), static_cast<double>(b[j]));
  return key;
}

/// The same for one point and `doubles_per_lane` others in each of two lanes: every sum waits for its own
/// last addition, so several at a time. (In lanes, because g++ would vectorise plain doubles and then fuse.)
inline constexpr std::size_t keys_at_a_time = std::size_t{2} * base::doubles_per_lane;

template <coordinate_metric Metric, class Scalar>
void reference_keys(const Metric& metric, const Scalar* a, const Scalar* const (&others)[keys_at_a_time],
                    Eigen::Index dimensions, double (&keys)[keys_at_a_time]) {
  base::lane sums[2] = {};
  for (Eigen::Index j = 0; j < dimensions; ++j) {
    double coordinates[keys_at_a_time];
    for (std::size_t i = 0; i < keys_at_a_time; ++i) coordinates[i] = static_cast<double>(others[i][j]);
    base::lane b[2];
    std::memcpy(&b, &coordinates, sizeof(b));
    const base::lane x = static_cast<double>(a[j]) - base::lane{};
    sums[0] = add_term(metric, sums[0], x, b[0]);
    sums[1] = add_term(metric, sums[1], x, b[1]);
  }
  std::memcpy(&keys, &sums, sizeof(keys));
}

}  // namespace detail::search
}  // namespace NNGS_VERSION_NAMESPACE
}  // namespace nngs

#endif
