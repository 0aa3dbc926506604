// SPDX-License-Identifier: MIT
#ifndef NNGS_DETAIL_SEARCH_DECISION_HPP
#define NNGS_DETAIL_SEARCH_DECISION_HPP

#include <Eigen/Core>
#include <algorithm>
#include <concepts>
#include <cstddef>
#include <limits>
#include <span>
#include <vector>

#include "nngs/detail/search/nearest_list.hpp"
#include "nngs/detail/search/ranking.hpp"
#include "nngs/detail/search/reference_key.hpp"
#include "nngs/detail/search/screen.hpp"
#include "nngs/detail/search/wide_distance.hpp"
#include "nngs/metric.hpp"
#include "nngs/points.hpp"
#include "nngs/version.hpp"

namespace nngs {
inline namespace NNGS_VERSION_NAMESPACE {
namespace detail::search {

/// Puts candidates in the order of the reference. Scores that differ by more than their errors are in order
/// already, so only runs of scores that their errors join are evaluated.
/// Keeps its memory: one a thread.
template <class Scalar, product_metric Metric>
class reference_order {
 public:
  reference_order(const points<Scalar>& values, const Metric& metric, const product_screen& screen)
      : values_(values),
        metric_(metric),
        screen_(screen),
        distance_(squared_distance_for<Scalar>(screen.instructions())) {}

  /// The first `depth` neighbours of a point, and some more, of candidates sorted by score that hold them
  /// all. The reference stays valid until the next call.
  const std::vector<ranked>& operator()(Eigen::Index point, std::span<const scored> candidates,
                                        Eigen::Index depth) {
    in_order_.clear();
    in_order_.reserve(candidates.size());
    // Rounded up: scores this far apart in float are so exactly.
    const float apart = static_cast<float>(2.01 * largest_error(point, candidates));
    const auto wanted = static_cast<std::size_t>(depth);
    for (std::size_t begin = 0, end = 0; begin < candidates.size() && in_order_.size() < wanted;
         begin = end) {
      end = begin + 1;
      while (end < candidates.size() && !(candidates[end - 1].score() - candidates[end].score() > apart))
        ++end;
      if (end == begin + 1)
        in_order_.push_back({candidates[begin].index(), false});
      else
        decide(point, candidates.subspan(begin, end - begin));
    }
    return in_order_;
  }

 private:
  double largest_error(Eigen::Index point, std::span<const scored> candidates) const noexcept {
    float largest = 0;
    if (2 * candidates.size() > static_cast<std::size_t>(screen_.size()))
      largest = screen_.largest_half_norm();
    else
      for (const scored& one : candidates) largest = std::max(largest, screen_.half_norm(one.index()));
    return screen_.error(screen_.half_norm(point), largest);
  }

  const Scalar* coordinates(std::size_t point) const {
    return &values_.coeffRef(static_cast<Eigen::Index>(point), 0);
  }

  void decide(Eigen::Index point, std::span<const scored> run) {
    if constexpr (std::same_as<Metric, euclidean>) {
      order_by_distance(point, run);
    } else {
      undecided_.clear();
      for (const scored& one : run) undecided_.push_back({0, one.index()});
      order_by_reference(point, undecided_);
    }
  }

  /// By distances in double, as exact as the reference: what they cannot tell apart is left to the reference.
  void order_by_distance(Eigen::Index point, std::span<const scored> run) {
    const Eigen::RowVectorXd given = values_.row(point).template cast<double>();
    run_.clear();
    for (const scored& one : run)
      run_.push_back({distance_(given.data(), coordinates(one.index()), values_.cols()), one.index()});
    std::sort(run_.begin(), run_.end());
    // Both sums of d terms are within (d + 3) units of the exact one, and lose as much below the normal
    // range.
    const auto d = static_cast<double>(values_.cols());
    const double relative = 4 * (d + 4) * 0x1p-53, absolute = 4 * d * std::numeric_limits<double>::min();
    for (std::size_t begin = 0, end = 0; begin < run_.size(); begin = end) {
      end = begin + 1;
      while (end < run_.size() && run_[end].key - run_[end - 1].key <= relative * run_[end].key + absolute)
        ++end;
      if (end == begin + 1) {
        in_order_.push_back({run_[begin].index, false});
      } else {
        undecided_.assign(run_.begin() + static_cast<std::ptrdiff_t>(begin),
                          run_.begin() + static_cast<std::ptrdiff_t>(end));
        order_by_reference(point, undecided_);
      }
    }
  }

  void order_by_reference(Eigen::Index point, std::vector<candidate>& some) {
    const Scalar* const given = coordinates(static_cast<std::size_t>(point));
    for (std::size_t begin = 0; begin < some.size(); begin += keys_at_a_time) {
      const std::size_t count = std::min(keys_at_a_time, some.size() - begin);
      const Scalar* others[keys_at_a_time];
      for (std::size_t i = 0; i < keys_at_a_time; ++i)
        others[i] = coordinates(some[begin + std::min(i, count - 1)].index);
      double keys[keys_at_a_time];
      reference_keys(metric_, given, others, values_.cols(), keys);
      for (std::size_t i = 0; i < count; ++i) some[begin + i].key = keys[i];
    }
    std::sort(some.begin(), some.end());
    append_ranked(some, in_order_);
  }

  const points<Scalar>& values_;
  const Metric& metric_;
  const product_screen& screen_;
  squared_distance_function<Scalar> distance_;
  std::vector<candidate> run_, undecided_;
  std::vector<ranked> in_order_;
};

}  // namespace detail::search
}  // namespace NNGS_VERSION_NAMESPACE
}  // namespace nngs

#endif
