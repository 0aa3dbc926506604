// SPDX-License-Identifier: MIT
#ifndef NNGS_DETAIL_SEARCH_INPUT_HPP
#define NNGS_DETAIL_SEARCH_INPUT_HPP

#include <Eigen/Core>
#include <algorithm>
#include <cmath>
#include <concepts>
#include <sstream>
#include <string>
#include <string_view>
#include <type_traits>

#include "nngs/detail/base/check.hpp"
#include "nngs/detail/base/data_requirements.hpp"
#include "nngs/error.hpp"
#include "nngs/metric.hpp"
#include "nngs/points.hpp"
#include "nngs/version.hpp"

// What is searched: points that were checked, prepared for their metric, and found to have keys in range.

namespace nngs {
inline namespace NNGS_VERSION_NAMESPACE {
namespace detail::search {

[[noreturn]] inline void bad_key_range(double largest, bool overflows) {
  std::ostringstream text;
  text << "the largest coordinate is " << largest << ": keys " << (overflows ? "overflow" : "vanish")
       << " in double; rescale the matrix (by 2^" << -std::ilogb(largest)
       << ", say) or choose another metric";
  throw input_error(text.str());
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

/// The largest magnitude of a coordinate where it bounds the keys, else 0. Refuses data whose farthest pair
/// could have a key that overflows, or whose every key would vanish.
template <class Scalar, metric Metric>
double check_key_range(const points<Scalar>& values, const Metric& metric) {
  if constexpr (bounded_by_largest<Metric>) {
    const double largest = largest_magnitude(values);
    const double term = std::abs(static_cast<double>(metric.term(largest, -largest)));
    const bool adds_up = !requires { metric.combine(term, term); };
    const bool overflows = !std::isfinite(adds_up ? term * static_cast<double>(values.cols()) : term);
    const bool vanishes = largest > 0 && term <= 0;
    if (overflows || vanishes) bad_key_range(largest, overflows);
    return largest;
  } else {
    return 0;
  }
}

/// Every row as the metric prepares it, in double. Memory: 8 n d bytes.
template <class Scalar, prepared_metric Metric>
row_major<double> prepared_rows(const points<Scalar>& values, const Metric& metric) {
  row_major<double> rows = values.template cast<double>();
  for (Eigen::Index row = 0; row < rows.rows(); ++row) {
    const std::string_view complaint = metric.prepare(rows.row(row));
    if (!complaint.empty())
      throw input_error("row " + std::to_string(row) + " (counted from 0) " + std::string(complaint),
                        {.row = row});
  }
  return rows;
}

/// The points and the metric as given ...
template <class Scalar, metric Metric>
struct search_input {
  using scalar = Scalar;
  const points<Scalar>& values;
  const Metric& metric;
  const double largest;  ///< what check_key_range found

  search_input(const points<Scalar>& given, const Metric& by)
      : values(given), metric(by), largest(check_key_range(values, metric)) {}
  search_input(const search_input&) = delete;
};

/// ... or, for a prepared metric, the rows as it prepares them and the metric behind it.
template <class Scalar, prepared_metric Metric>
struct search_input<Scalar, Metric> {
  using scalar = double;
  const row_major<double> rows;
  const points<double> values;
  const std::remove_cvref_t<decltype(Metric::search_metric)>& metric;
  const double largest;

  search_input(const points<Scalar>& given, const Metric& by)
      : rows(prepared_rows(given, by)),
        values(rows),
        metric(by.search_metric),
        largest(check_key_range(values, metric)) {}
  search_input(const search_input&) = delete;
};

/// Before anything is evaluated: an expression may be of any size. Errors name the matrix.
template <class X, class Y>
void check_sizes(const Eigen::MatrixBase<X>& x, const Eigen::MatrixBase<Y>& y, Eigen::Index k) {
  base::check_paired(x.rows(), x.cols(), y.rows(), y.cols());
  base::naming("x", [&] {
    base::check_shape(x.rows(), x.cols());
    base::check_k(k, x.rows());
  });
  base::naming("y", [&] { base::check_shape(y.rows(), y.cols()); });
}

/// Two paired matrices, checked as build_graph checks them and made ready to search. Errors name the matrix.
template <class ScalarX, class ScalarY, metric MetricX, metric MetricY>
class input_pair {
  static_assert(sizeof(base::require_coordinates<ScalarX>) + sizeof(base::require_coordinates<ScalarY>) > 0);
  const points<ScalarX> x_points_;
  const points<ScalarY> y_points_;

 public:
  const search_input<ScalarX, MetricX> x;
  const search_input<ScalarY, MetricY> y;

  template <class X, class Y>
  input_pair(const Eigen::MatrixBase<X>& given_x, const Eigen::MatrixBase<Y>& given_y, Eigen::Index k,
             const MetricX& metric_x, const MetricY& metric_y)
      : x_points_((check_sizes(given_x, given_y, k), given_x.derived())),
        y_points_(given_y.derived()),
        x(checked("x", x_points_, metric_x)),
        y(checked("y", y_points_, metric_y)) {}

 private:
  template <class Scalar, metric Metric>
  static search_input<Scalar, Metric> checked(const char* name, const points<Scalar>& values,
                                              const Metric& metric) {
    return base::naming(name, [&] {
      base::check_finite(values);
      return search_input<Scalar, Metric>(values, metric);
    });
  }
};

template <class X, class Y, metric MetricX, metric MetricY>
input_pair(const Eigen::MatrixBase<X>&, const Eigen::MatrixBase<Y>&, Eigen::Index, const MetricX&,
           const MetricY&) -> input_pair<typename X::Scalar, typename Y::Scalar, MetricX, MetricY>;

}  // namespace detail::search
}  // namespace NNGS_VERSION_NAMESPACE
}  // namespace nngs

#endif
