// SPDX-License-Identifier: MIT
#ifndef NNGS_DETAIL_SEARCH_METRIC_REQUIREMENTS_HPP
#define NNGS_DETAIL_SEARCH_METRIC_REQUIREMENTS_HPP

#include <Eigen/Core>
#include <concepts>
#include <string_view>

#include "nngs/metric.hpp"
#include "nngs/version.hpp"

// What a compiler says first about a type that is no metric: which part it lacks. A requirement is a type
// whose making refuses to compile: `require_metric<Metric>();`.

namespace nngs {
inline namespace NNGS_VERSION_NAMESPACE {
namespace detail::search {

template <class M>
concept has_distance = requires(const M& metric, double key) {
  { metric.distance(key) } -> std::convertible_to<double>;
};
template <class M>
concept has_key = requires(const M& metric, const point& x) {
  { metric.key(x, x) } -> std::convertible_to<double>;
};
template <class M>
concept has_term = requires(const M& metric, double a) {
  { metric.term(a, a) } -> std::convertible_to<double>;
};
template <class M>
concept has_prepare = requires(const M& metric, Eigen::Ref<Eigen::RowVectorXd> row) {
  { metric.prepare(row) } -> std::convertible_to<std::string_view>;
};

template <class M>
struct require_metric {
  static constexpr bool ranks = has_key<M> || has_term<M> || has_prepare<M>;
  static_assert(
      !ranks || has_distance<M>,
      "this metric lacks distance(key): add `double distance(double key) const`, which turns the key of "
      "two points into the distance that people read (return the key itself if it is one).");
  static_assert(
      ranks || !has_distance<M>,
      "this metric lacks key(x, y): add `double key(const nngs::point& x, const nngs::point& y) const`, "
      "smaller for nearer points, or `double term(double a, double b) const` if the key is a sum over "
      "coordinates.");
  static_assert(
      ranks || has_distance<M>,
      "this argument is neither a metric, nor a builder, nor an executor. A metric is a struct with "
      "`double key(const nngs::point& x, const nngs::point& y) const` and `double distance(double key) "
      "const`: a function or lambda alone is none. An executor is called with (Eigen::Index blocks, "
      "const auto& body).");
  static_assert(
      metric<M> || !ranks || !has_distance<M>,
      "this metric has prepare(row) and lacks search_metric: add a member of that name, the metric by "
      "which the prepared rows are searched (`nngs::euclidean search_metric;`).");
};

}  // namespace detail::search
}  // namespace NNGS_VERSION_NAMESPACE
}  // namespace nngs

#endif
