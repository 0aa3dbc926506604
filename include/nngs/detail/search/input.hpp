// SPDX-License-Identifier: MIT
#ifndef NNGS_DETAIL_SEARCH_INPUT_HPP
#define NNGS_DETAIL_SEARCH_INPUT_HPP

#include <Eigen/Core>
#include <algorithm>
#include <cmath>
#include <concepts>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>

#include "nngs/detail/base/check.hpp"
#include "nngs/metric.hpp"
#include "nngs/points.hpp"
#include "nngs/version.hpp"

namespace nngs {
inline namespace NNGS_VERSION_NAMESPACE {
namespace detail::search {

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
class paired_search {
  static_assert(coordinate<ScalarX> && coordinate<ScalarY>,
                "nngs takes matrices of float or double: convert with .cast<double>()");
  const points<ScalarX> x_points_;
  const points<ScalarY> y_points_;

 public:
  const searched<ScalarX, MetricX> x;
  const searched<ScalarY, MetricY> y;

  template <class X, class Y>
  paired_search(const Eigen::MatrixBase<X>& given_x, const Eigen::MatrixBase<Y>& given_y, Eigen::Index k,
                const MetricX& metric_x, const MetricY& metric_y)
      : x_points_((check_sizes(given_x, given_y, k), given_x.derived())),
        y_points_(given_y.derived()),
        x(checked("x", x_points_, metric_x)),
        y(checked("y", y_points_, metric_y)) {}

 private:
  template <class Scalar, metric Metric>
  static searched<Scalar, Metric> checked(const char* name, const points<Scalar>& values,
                                          const Metric& metric) {
    return base::naming(name, [&] {
      base::check_finite(values);
      return searched<Scalar, Metric>(values, metric);
    });
  }
};

template <class X, class Y, metric MetricX, metric MetricY>
paired_search(const Eigen::MatrixBase<X>&, const Eigen::MatrixBase<Y>&, Eigen::Index, const MetricX&,
              const MetricY&) -> paired_search<typename X::Scalar, typename Y::Scalar, MetricX, MetricY>;

}  // namespace detail::search
}  // namespace NNGS_VERSION_NAMESPACE
}  // namespace nngs

#endif
