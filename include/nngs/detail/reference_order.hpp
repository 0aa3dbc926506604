// SPDX-License-Identifier: MIT
#ifndef NNGS_DETAIL_REFERENCE_ORDER_HPP
#define NNGS_DETAIL_REFERENCE_ORDER_HPP

#include <Eigen/Core>
#include <algorithm>
#include <cstddef>
#include <span>
#include <vector>

#include "nngs/detail/nearest.hpp"
#include "nngs/detail/product_screen.hpp"
#include "nngs/detail/reference_key.hpp"
#include "nngs/detail/scored.hpp"
#include "nngs/points.hpp"
#include "nngs/version.hpp"

namespace nngs::inline NNGS_VERSION_NAMESPACE::detail {

/// Puts candidates in the order of the reference. Scores that differ by more than their error are in order
/// already, so only runs of scores that their errors join are evaluated. Keeps its memory: one a thread.
template <class Scalar, product_metric Metric>
class reference_order {
 public:
  reference_order(const points<Scalar>& values, const Metric& metric) : values_(values), metric_(metric) {}

  /// The first `depth` neighbours of a point, and some more, of candidates sorted by score that hold them
  /// all. The reference stays valid until the next call.
  const std::vector<ranked>& operator()(Eigen::Index point, std::span<const scored> candidates,
                                        Eigen::Index depth, const score_bound& bound) {
    in_order_.clear();
    for (std::size_t begin = 0, end;
         begin < candidates.size() && in_order_.size() < static_cast<std::size_t>(depth); begin = end) {
      end = begin + 1;
      while (end < candidates.size() && bound.highest(double{candidates[end].score()}) >=
                                            bound.lowest(double{candidates[end - 1].score()}))
        ++end;
      if (end == begin + 1)
        in_order_.push_back({candidates[begin].index(), false});
      else
        decide(point, candidates.subspan(begin, end - begin));
    }
    return in_order_;
  }

 private:
  const Scalar* coordinates(std::size_t point) const {
    return &values_.coeffRef(static_cast<Eigen::Index>(point), 0);
  }

  void decide(Eigen::Index point, std::span<const scored> run) {
    run_.clear();
    const Scalar* const given = coordinates(static_cast<std::size_t>(point));
    for (std::size_t begin = 0; begin < run.size(); begin += keys_at_a_time) {
      const std::size_t count = std::min(keys_at_a_time, run.size() - begin);
      const Scalar* others[keys_at_a_time];
      for (std::size_t i = 0; i < keys_at_a_time; ++i)
        others[i] = coordinates(run[begin + std::min(i, count - 1)].index());
      double keys[keys_at_a_time];
      reference_keys(metric_, given, others, values_.cols(), keys);
      for (std::size_t i = 0; i < count; ++i) run_.push_back({keys[i], run[begin + i].index()});
    }
    std::sort(run_.begin(), run_.end());
    append_ranked(run_, in_order_);
  }

  const points<Scalar>& values_;
  const Metric& metric_;
  std::vector<candidate> run_;
  std::vector<ranked> in_order_;
};

}  // namespace nngs::inline NNGS_VERSION_NAMESPACE::detail

#endif
