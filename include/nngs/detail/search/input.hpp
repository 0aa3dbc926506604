// SPDX-License-Identifier: MIT
#ifndef NNGS_DETAIL_SEARCH_INPUT_HPP
#define NNGS_DETAIL_SEARCH_INPUT_HPP

#include <Eigen/Core>
#include <algorithm>
#include <cmath>
#include <concepts>
#include <string_view>
#include <type_traits>
#include <utility>

#include "nngs/detail/base/check.hpp"
#include "nngs/detail/base/data_requirements.hpp"
#include "nngs/detail/base/sentence.hpp"
#include "nngs/detail/search/given_points.hpp"
#include "nngs/detail/search/key_range.hpp"
#include "nngs/detail/search/tie_rank.hpp"
#include "nngs/error.hpp"
#include "nngs/metric.hpp"
#include "nngs/points.hpp"
#include "nngs/tie_order.hpp"
#include "nngs/version.hpp"

// What is searched: points that were checked, prepared for their metric, and found to have keys in range.

namespace nngs {
inline namespace NNGS_VERSION_NAMESPACE {
namespace detail::search {

inline double largest_magnitude(const given_points& values) {
  double largest = 0;
  for (Eigen::Index row = 0; row < values.rows(); ++row) largest = std::max(largest, values.largest(row));
  return largest;
}

/// Metrics whose largest key the largest coordinate tells.
template <class Metric>
concept bounded_by_largest =
    separable_metric<Metric> || std::same_as<Metric, inner_product> || std::same_as<Metric, chebyshev>;

/// Refuses data whose farthest pair could have a key that overflows.
template <metric Metric>
key_range find_key_range(const given_points& values, const Metric& metric) {
  if constexpr (bounded_by_largest<Metric>) {
    const double largest = largest_magnitude(values);
    const double term = std::abs(static_cast<double>(metric.term(largest, -largest)));
    const bool adds_up = !requires { metric.combine(term, term); };
    if (!std::isfinite(adds_up ? term * static_cast<double>(values.cols()) : term))
      refuse_key_range(largest, true);
    return {largest, term};
  } else {
    return {};
  }
}

/// Whether points are all rows of their matrix, so that it can be told whether all keys vanish.
enum class extent { whole, piece };

/// The range of the keys; refuses what double cannot hold.
template <metric Metric>
key_range checked_key_range(const given_points& values, const Metric& metric, extent of) {
  const key_range range = find_key_range(values, metric);
  if (of == extent::whole) check_not_vanishing(range);
  return range;
}

/// Every row as the metric prepares it, in double. Memory: 8 n d bytes.
template <prepared_metric Metric>
row_major<double> prepared_rows(const given_points& values, const Metric& metric) {
  row_major<double> rows(values.rows(), values.cols());
  for (Eigen::Index row = 0; row < rows.rows(); ++row) {
    double* const coordinates = rows.data() + row * rows.cols();
    values.read(row, coordinates);
    const std::string_view complaint =
        metric.prepare(Eigen::Map<Eigen::RowVectorXd>(coordinates, rows.cols()));
    if (complaint.empty()) continue;
    const Eigen::Index number = values.number_of(row);
    throw input_error(base::sentence({"row ", number, " (counted from 0) ", complaint}), {.row = number});
  }
  return rows;
}

/// The points and the metric as given ...
template <metric Metric>
struct search_input {
  const given_points values;
  const Metric& metric;
  const key_range range;
  const tie_rank ties;

  search_input(const given_points& given, const Metric& by, tie_order order, extent of = extent::whole)
      : values(given), metric(by), range(checked_key_range(values, metric, of)), ties(given, order) {}
  search_input(const search_input&) = delete;
};

/// ... or, for a prepared metric, the rows as it prepares them and the metric behind it.
template <prepared_metric Metric>
struct search_input<Metric> {
  const row_major<double> rows;
  const given_points values;
  const std::remove_cvref_t<decltype(Metric::search_metric)>& metric;
  const key_range range;
  const tie_rank ties;  ///< of the points as given

  search_input(const given_points& given, const Metric& by, tie_order order, extent of = extent::whole)
      : rows(prepared_rows(given, by)),
        values(given_points(points<double>(rows)).searching_first(given.searched())),
        metric(by.search_metric),
        range(checked_key_range(values, metric, of)),
        ties(given, order) {}
  search_input(const search_input&) = delete;
};

/// A metric and its tie order in one, as builders are.
template <class Search>
concept metric_with_ties = requires(const Search& search) {
  requires metric<std::remove_cvref_t<decltype(search.metric)>>;
  { search.ties } -> std::convertible_to<tie_order>;
};

/// The metric of a search, and its tie order: that of the matrix for a metric alone.
template <class Search>
const auto& metric_of(const Search& search) noexcept {
  if constexpr (metric_with_ties<Search>)
    return search.metric;
  else
    return search;
}
template <class Search>
tie_order ties_of(const Search& search) noexcept {
  if constexpr (metric_with_ties<Search>)
    return search.ties;
  else
    return {};
}
template <class Search>
using metric_in = std::remove_cvref_t<decltype(metric_of(std::declval<const Search&>()))>;

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
  const search_input<MetricX> x;
  const search_input<MetricY> y;

  template <class X, class Y, class SearchX, class SearchY>
  input_pair(const Eigen::MatrixBase<X>& given_x, const Eigen::MatrixBase<Y>& given_y, Eigen::Index k,
             const SearchX& search_x, const SearchY& search_y)
      : x_points_((check_sizes(given_x, given_y, k), given_x.derived())),
        y_points_(given_y.derived()),
        x(checked("x", x_points_, metric_of(search_x), ties_of(search_x))),
        y(checked("y", y_points_, metric_of(search_y), ties_of(search_y))) {}

 private:
  template <metric Metric>
  static search_input<Metric> checked(const char* name, const given_points& values, const Metric& metric,
                                      tie_order ties) {
    return base::naming(name, [&] {
      check_finite(values);
      return search_input<Metric>(values, metric, ties);
    });
  }
};

template <class X, class Y, class SearchX, class SearchY>
input_pair(const Eigen::MatrixBase<X>&, const Eigen::MatrixBase<Y>&, Eigen::Index, const SearchX&,
           const SearchY&)
    -> input_pair<typename X::Scalar, typename Y::Scalar, metric_in<SearchX>, metric_in<SearchY>>;

}  // namespace detail::search
}  // namespace NNGS_VERSION_NAMESPACE
}  // namespace nngs

#endif
