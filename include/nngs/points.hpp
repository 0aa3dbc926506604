// SPDX-License-Identifier: MIT
#ifndef NNGS_POINTS_HPP
#define NNGS_POINTS_HPP

#include <Eigen/Core>
#include <algorithm>
#include <cmath>
#include <concepts>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>

#include "nngs/detail/check.hpp"
#include "nngs/metric.hpp"
#include "nngs/version.hpp"

/// @file
/// Points as builders get them.

namespace nngs::inline NNGS_VERSION_NAMESPACE {

/// A matrix whose rows are contiguous.
template <class Scalar>
using row_major = Eigen::Matrix<Scalar, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

/// Points as every builder gets them: one row per item, each row contiguous, checked. Row-major matrices,
/// maps and blocks are looked at where they lie; anything else is evaluated into one copy.
template <class Scalar>
using points = Eigen::Ref<const row_major<Scalar>, 0, Eigen::OuterStride<>>;

/// What matrices may hold.
template <class Scalar>
concept coordinate = std::same_as<Scalar, float> || std::same_as<Scalar, double>;

namespace detail {

[[noreturn]] inline void bad_key_range(double largest, bool overflows) {
  std::ostringstream text;
  text << "the largest coordinate is " << largest << ": keys " << (overflows ? "overflow" : "vanish")
       << " in double; rescale the matrix (by 2^" << -std::ilogb(largest)
       << ", say) or choose another metric";
  throw std::invalid_argument(text.str());
}

template <class Scalar>
double largest_magnitude(const points<Scalar>& values) {
  Scalar largest = 0;
  for (Eigen::Index row = 0; row < values.rows(); ++row)
    largest = std::max(largest, values.row(row).cwiseAbs().maxCoeff());
  return static_cast<double>(largest);
}

/// Metrics whose largest key the largest coordinate tells.
template <class Metric>
concept bounded_by_largest =
    separable_metric<Metric> || std::same_as<Metric, inner_product> || std::same_as<Metric, chebyshev>;

/// Refuses data whose farthest pair could have a key that overflows, or whose every key would vanish.
template <class Scalar, metric Metric>
void check_key_range(const points<Scalar>& values, const Metric& metric) {
  if constexpr (bounded_by_largest<Metric>) {
    const double largest = largest_magnitude(values);
    const double term = std::abs(static_cast<double>(metric.term(largest, -largest)));
    const bool adds_up = !requires { metric.combine(term, term); };
    const bool overflows = !std::isfinite(adds_up ? term * static_cast<double>(values.cols()) : term);
    const bool vanishes = largest > 0 && term == 0;
    if (overflows || vanishes) bad_key_range(largest, overflows);
  }
}

/// Every row as the metric prepares it, in double. Memory: 8 n d bytes.
template <class Scalar, prepared_metric Metric>
row_major<double> prepared_rows(const points<Scalar>& values, const Metric& metric) {
  row_major<double> rows = values.template cast<double>();
  for (Eigen::Index row = 0; row < rows.rows(); ++row) {
    const std::string_view complaint = metric.prepare(rows.row(row));
    if (!complaint.empty())
      throw std::invalid_argument("row " + std::to_string(row) + " (counted from 0) " +
                                  std::string(complaint));
  }
  return rows;
}

/// What is really searched: the points and the metric as given ...
template <class Scalar, metric Metric>
struct searched {
  const points<Scalar>& values;
  const Metric& metric;

  searched(const points<Scalar>& given, const Metric& by) : values(given), metric(by) {
    check_key_range(values, metric);
  }
  searched(const searched&) = delete;
};

/// ... or, for a prepared metric, the rows as it prepares them and the metric behind it.
template <class Scalar, prepared_metric Metric>
struct searched<Scalar, Metric> {
  const row_major<double> rows;
  const points<double> values;
  const std::remove_cvref_t<decltype(Metric::search_metric)>& metric;

  searched(const points<Scalar>& given, const Metric& by)
      : rows(prepared_rows(given, by)), values(rows), metric(by.search_metric) {
    check_key_range(values, metric);
  }
  searched(const searched&) = delete;
};

}  // namespace detail
}  // namespace nngs::inline NNGS_VERSION_NAMESPACE

#endif
