// SPDX-License-Identifier: MIT
#ifndef NNGS_METRIC_HPP
#define NNGS_METRIC_HPP

#include <Eigen/Core>
#include <algorithm>
#include <cmath>
#include <concepts>
#include <string_view>
#include <type_traits>

#include "nngs/detail/base/rounding.hpp"
#include "nngs/detail/base/sentence.hpp"
#include "nngs/error.hpp"
#include "nngs/version.hpp"

/// @file
/// A metric ranks neighbours by a *key*: any number that grows as the distance does. Keys rank, distances are
/// for people: `distance(key)` turns one into the other. A metric takes one of three shapes.
///
///     row metric          key(x, y)                      two whole points; anything you can compute
///     coordinate metric   term(a, b) [and combine]       the key is the sum of terms over coordinates, or
///                                                        what combine(key, term) makes of them from 0 on
///     prepared metric     prepare(row), search_metric    each row is rewritten once, then searched with
///                                                        another metric: cosine and correlation
///
/// Keys must be symmetric and never NaN. They are evaluated in double from the given coordinates, coordinate
/// 0 first, each term rounded before it is added: this order of operations is the reference that every
/// builder agrees with. A term of your own that adds up products is yours to keep from being fused
/// differently in two places (-ffp-contract=off).

namespace nngs {
inline namespace NNGS_VERSION_NAMESPACE {

/// One point as a row metric sees it: its coordinates in double.
using point = Eigen::Map<const Eigen::RowVectorXd, Eigen::AlignedMax>;

/// Two whole points: `key(x, y)` and `distance(key)`. The key is evaluated for each pair by itself: the
/// slowest shape, for anything that is no sum over coordinates.
template <class M>
concept row_metric = requires(const M& metric, const point& x, double key) {
  { metric.key(x, x) } -> std::convertible_to<double>;
  { metric.distance(key) } -> std::convertible_to<double>;
};

/// One pair of coordinates at a time: `term(a, b)`, `distance(key)` and, if the key is not the sum of the
/// terms, `combine(key, term)`.
template <class M>
concept coordinate_metric = requires(const M& metric, double a) {
  { metric.term(a, a) } -> std::convertible_to<double>;
  { metric.distance(a) } -> std::convertible_to<double>;
};

/// Rows rewritten once: `prepare(row)` changes a row in double and gives an empty text, or what is wrong with
/// it, which becomes an error that names the row. The rows are searched with `search_metric`, and
/// `distance(key)` is of its keys.
template <class M>
concept prepared_metric = requires(const M& metric, Eigen::Ref<Eigen::RowVectorXd> row, double key) {
  { metric.prepare(row) } -> std::convertible_to<std::string_view>;
  { metric.distance(key) } -> std::convertible_to<double>;
  requires row_metric<decltype(metric.search_metric)> || coordinate_metric<decltype(metric.search_metric)>;
};

/// Any of the three.
template <class M>
concept metric = row_metric<M> || coordinate_metric<M> || prepared_metric<M>;

/// A coordinate metric promises with `static constexpr bool separable = true` that its key is the plain sum
/// of its terms, and that a term is never negative and never falls as |a - b| grows: what a k-d tree needs to
/// prune.
template <class M>
concept separable_metric = coordinate_metric<M> && requires {
  requires M::separable;
};

/// What a k-d tree can search: a separable metric, or one that prepares its rows for such a metric.
template <class M>
concept tree_metric = separable_metric<M> ||(prepared_metric<M>&& requires(const M& metric) {
  requires separable_metric<std::remove_cvref_t<decltype(metric.search_metric)>>;
});

// Terms are written for `Number` = double or a few doubles side by side. A user's metric need only take
// doubles.

/// The length of the difference.
struct euclidean {
  static constexpr bool separable = true;  ///< for a k-d tree
  /// (a - b)^2
  template <class Number>
  static Number term(Number a, Number b) noexcept {
    return (a - b) * (a - b);
  }
  /// The root of the key.
  static double distance(double key) noexcept { return std::sqrt(key); }
};

/// The sum of the absolute differences.
struct manhattan {
  static constexpr bool separable = true;  ///< for a k-d tree
  /// |a - b|
  template <class Number>
  static Number term(Number a, Number b) noexcept {
    return detail::base::magnitude(a - b);
  }
  /// The key itself.
  static double distance(double key) noexcept { return key; }
};

/// The largest difference of any coordinate. Not a sum, so no k-d tree searches it.
struct chebyshev {
  /// |a - b|
  template <class Number>
  static Number term(Number a, Number b) noexcept {
    return detail::base::magnitude(a - b);
  }
  /// The larger of both.
  template <class Number>
  static Number combine(Number key, Number term) noexcept {
    return key < term ? term : key;
  }
  /// The key itself.
  static double distance(double key) noexcept { return key; }
};

/// The p-norm of the difference, 1 <= p < infinity. One pow a coordinate: some 20 times the cost of
/// euclidean.
class minkowski {
 public:
  static constexpr bool separable = true;  ///< for a k-d tree
  /// @throws input_error when p is below 1, infinite or NaN.
  explicit minkowski(double p) : p_(p) {
    if (!(p >= 1 && p < HUGE_VAL))
      throw input_error(detail::base::sentence(
          {"minkowski: p = ", p, " is not in [1, infinity); for p = infinity use chebyshev"}));
  }
  /// As given.
  double p() const noexcept { return p_; }
  /// |a - b|^p
  double term(double a, double b) const noexcept { return std::pow(std::abs(a - b), p_); }
  /// The p-th root of the key.
  double distance(double key) const noexcept { return std::pow(key, 1 / p_); }

 private:
  double p_;
};

/// Larger inner product = nearer, so the key is its negative; not a distance, and a point need not be its own
/// nearest. `distance` gives the negative inner product.
struct inner_product {
  /// -a b
  template <class Number>
  static Number term(Number a, Number b) noexcept {
    return -(a * b);
  }
  /// The key itself.
  static double distance(double key) noexcept { return key; }
};

/// 1 - cos of the angle between two rows: Euclidean search on rows scaled to length 1.
/// A zero row has no direction: an error that names it.
struct cosine {
  euclidean search_metric;  ///< of the prepared rows
  /// Scales the row to length 1. O(d).
  static std::string_view prepare(Eigen::Ref<Eigen::RowVectorXd> row) noexcept {
    double* const first = row.data();
    double* const last = first + row.size();
    if (std::all_of(first, last, [](double value) { return std::abs(value) <= 0; }))
      return "is zero and has no cosine: drop it or choose another metric";
    detail::base::scale_near_one(first, row.size());
    double squares = 0;
    for (const double* at = first; at != last; ++at) squares += detail::base::rounded(*at * *at);
    const double length = std::sqrt(squares);
    for (double* at = first; at != last; ++at) *at /= length;
    return {};
  }
  /// Half the key: of rows of length 1 the square of the distance is 2 - 2 r.
  static double distance(double key) noexcept { return key / 2; }
};

/// 1 - Pearson correlation of two rows' coordinates: cosine on rows less their own mean.
/// A constant row has no correlation: an error that names it.
struct correlation {
  euclidean search_metric;  ///< of the prepared rows
  /// Takes the row's mean away and scales it to length 1. O(d).
  static std::string_view prepare(Eigen::Ref<Eigen::RowVectorXd> row) noexcept {
    // Exactly equal coordinates, not a small variance: the mean of ten times 0.1 need not be 0.1.
    double* const first = row.data();
    double* const last = first + row.size();
    if (std::all_of(first, last, [&](double value) { return !(value < *first) && !(*first < value); }))
      return "is constant and has no correlation: drop it or choose another metric";
    detail::base::scale_near_one(first, row.size());
    double sum = 0;
    for (const double* at = first; at != last; ++at) sum += *at;
    const double mean = sum / static_cast<double>(row.size());
    for (double* at = first; at != last; ++at) *at -= mean;
    return cosine::prepare(row);
  }
  /// Half the key: of rows of length 1 the square of the distance is 2 - 2 r.
  static double distance(double key) noexcept { return key / 2; }
};

}  // namespace NNGS_VERSION_NAMESPACE
}  // namespace nngs

#endif
