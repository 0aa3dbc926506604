// SPDX-License-Identifier: MIT
#ifndef NNGS_DETAIL_SEARCH_FINAL_ORDER_HPP
#define NNGS_DETAIL_SEARCH_FINAL_ORDER_HPP

#include <Eigen/Core>
#include <algorithm>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "nngs/detail/base/compiled.hpp"
#include "nngs/detail/search/given_points.hpp"
#include "nngs/detail/search/neighbor_lists.hpp"
#include "nngs/detail/search/neighbor_order.hpp"
#include "nngs/detail/search/packed_score.hpp"
#include "nngs/detail/search/reference_key.hpp"
#include "nngs/detail/search/screen_error.hpp"
#include "nngs/detail/search/squared_distance.hpp"
#include "nngs/metric.hpp"
#include "nngs/version.hpp"

// From candidates that the screen let pass to neighbours in the order of the reference. Scores of which one
// stands for less than the other at the most are in order already. The others are told apart by distances in
// double, as exact as the reference key and with wider vectors but rounded in another order, and what is
// equal to 14 digits by the reference key itself. (Without the wide distances a graph of k = 1,000 takes
// 1,385 ms for 508.)

namespace nngs {
inline namespace NNGS_VERSION_NAMESPACE {
namespace detail::search {

/// Metrics whose keys follow from inner products and norms.
template <class Metric>
concept product_metric = std::same_as<Metric, euclidean> || std::same_as<Metric, inner_product>;

/// The reference keys of a row and others, all of one scalar.
template <product_metric Metric, class Scalar>
void keys_of_rows(const void* a, const void* const (&others)[keys_at_a_time], Eigen::Index dimensions,
                  double (&keys)[keys_at_a_time]) {
  const Scalar* rows[keys_at_a_time];
  for (std::size_t i = 0; i < keys_at_a_time; ++i) rows[i] = static_cast<const Scalar*>(others[i]);
  reference_keys(Metric{}, static_cast<const Scalar*>(a), rows, dimensions, keys);
}

/// The points as they were given, and the functions that evaluate them in double.
class reference_points {
 public:
  template <product_metric Metric>
  reference_points(const given_points& values, const Metric&, base::instruction_set instructions) noexcept
      : points_(values),
        keys_(values.are_floats() ? keys_of_rows<Metric, float> : keys_of_rows<Metric, double>),
        distance_(std::same_as<Metric, euclidean> ? values.distance(instructions) : nullptr) {}

  const given_points& points() const noexcept { return points_; }

  /// Whether `distance` says as much as the reference, but for its last digits.
  bool has_distance() const noexcept { return distance_ != nullptr; }
  double distance(const double* point, std::uint32_t other) const {
    return distance_(point, points_.row(other), points_.cols());
  }

  /// Sets the reference keys of some candidates of a point.
  void set_keys(Eigen::Index point, std::span<candidate> some) const {
    for (std::size_t begin = 0; begin < some.size(); begin += keys_at_a_time) {
      const std::size_t count = std::min(keys_at_a_time, some.size() - begin);
      const void* others[keys_at_a_time];
      for (std::size_t i = 0; i < keys_at_a_time; ++i)
        others[i] = points_.row(some[begin + std::min(i, count - 1)].index);
      double keys[keys_at_a_time];
      keys_(points_.row(point), others, points_.cols(), keys);
      for (std::size_t i = 0; i < count; ++i) some[begin + i].key = keys[i];
    }
  }

 private:
  given_points points_;
  void (*keys_)(const void* a, const void* const (&others)[keys_at_a_time], Eigen::Index dimensions,
                double (&keys)[keys_at_a_time]);
  squared_distance_function* distance_;
};

/// Puts candidates in the order of the reference. Keeps its memory: one a thread.
class final_order {
 public:
  final_order(const reference_points& reference, const neighbor_order& order)
      : reference_(reference), order_(order), point_(static_cast<std::size_t>(reference.points().cols())) {}

  /// The first `depth` neighbours of a point, and some more, of candidates sorted by score that hold them
  /// all; `bound`: what the point's scores stand for. Valid until the next call.
  std::span<const ranked> operator()(Eigen::Index point, std::span<const packed_score> candidates,
                                     Eigen::Index depth, const score_bound& bound) {
    point_is_read_ = false;
    in_order_.clear();
    in_order_.reserve(candidates.size());
    const auto wanted = static_cast<std::size_t>(depth);
    for (std::size_t begin = 0, end = 0; begin < candidates.size() && in_order_.size() < wanted;
         begin = end) {
      double least = std::numeric_limits<double>::infinity();
      do {
        least = std::min(least, bound.least(candidates[end].score(), candidates[end].index()));
        ++end;
      } while (end < candidates.size() && !(bound.most(double{candidates[end].score()}) < least));
      if (end == begin + 1)
        in_order_.push_back({candidates[begin].index(), false});
      else
        decide(point, candidates.subspan(begin, end - begin));
    }
    return in_order_;
  }

 private:
  /// A run of scores that their errors join.
  void decide(Eigen::Index point, std::span<const packed_score> run) {
    undecided_.clear();
    for (const packed_score& one : run) undecided_.push_back({0, one.index()});
    if (reference_.has_distance())
      order_by_distance(point);
    else
      order_by_reference(point, undecided_);
  }

  /// By distances in double; what these cannot tell apart is left to the reference.
  void order_by_distance(Eigen::Index point) {
    const Eigen::Index dimensions = reference_.points().cols();
    if (!point_is_read_) reference_.points().read(point, point_.data());
    point_is_read_ = true;
    for (candidate& one : undecided_) one.key = reference_.distance(point_.data(), one.index);
    sort_candidates(undecided_, order_);
    for (std::size_t begin = 0, end = 0; begin < undecided_.size(); begin = end) {
      end = begin + 1;
      while (end < undecided_.size() && !(undecided_[end].key - undecided_[end - 1].key >
                                          squares_apart(undecided_[end].key, dimensions)))
        ++end;
      if (end == begin + 1)
        in_order_.push_back({undecided_[begin].index, false});
      else
        order_by_reference(point, std::span(undecided_).subspan(begin, end - begin));
    }
  }

  void order_by_reference(Eigen::Index point, std::span<candidate> some) {
    reference_.set_keys(point, some);
    append_in_order(some, order_, in_order_);
  }

  const reference_points& reference_;
  neighbor_order order_;
  std::vector<double> point_;
  bool point_is_read_ = false;
  std::vector<candidate> undecided_;
  std::vector<ranked> in_order_;
};

}  // namespace detail::search
}  // namespace NNGS_VERSION_NAMESPACE
}  // namespace nngs

#endif
