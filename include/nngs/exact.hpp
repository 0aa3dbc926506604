// SPDX-License-Identifier: MIT
#ifndef NNGS_EXACT_HPP
#define NNGS_EXACT_HPP

#include <Eigen/Core>
#include <algorithm>
#include <utility>

#include "nngs/detail/base/blocks.hpp"
#include "nngs/detail/base/instruction_set.hpp"
#include "nngs/detail/search/input.hpp"
#include "nngs/detail/search/neighbor_lists.hpp"
#include "nngs/detail/search/plan.hpp"
#include "nngs/executor.hpp"
#include "nngs/metric.hpp"
#include "nngs/neighbor_graph.hpp"
#include "nngs/points.hpp"
#include "nngs/version.hpp"

/// @file
/// The builder that looks at every pair, for every metric.

namespace nngs {
inline namespace NNGS_VERSION_NAMESPACE {

/// Builder for every metric: looks at every pair. Time O(n^2 d).
///
/// Euclidean, cosine, correlation and inner product go by products in float, which only screen: candidates
/// that the error of the products cannot tell apart are decided by the reference key in double. Memory beside
/// the points: 4 n d bytes (prepared metrics 8 n d more), for small k lists of 8 n (k + max(k / 2, 20))
/// while they grow, otherwise some 200 n a thread. All other metrics are evaluated in double, pair by pair,
/// far slower; memory 16 n k bytes.
template <metric Metric = euclidean>
struct exact {
  Metric metric{};  ///< what near means
  /// For tests and comparisons: a smaller set gives the same graph, later. One that the processor lacks is
  /// not used.
  detail::base::instruction_set instructions = detail::base::best_instruction_set();

  /// Points as build_graph hands them over, not checked again: finite, n >= 2 rows, 1 <= k <= n - 1.
  /// @throws std::invalid_argument for a row that the metric cannot prepare and for keys out of double's
  /// range.
  template <coordinate Scalar, executor Executor>
  neighbor_graph operator()(const points<Scalar>& values, Eigen::Index k, const Executor& execute) const {
    const Eigen::Index n = values.rows();
    const Eigen::Index depth = std::min(k + 1, n - 1);  // one more than asked for tells ties
    detail::search::neighbor_lists lists(n, k);
    const detail::search::searched<Scalar, Metric> ready(values, metric);
    const auto search = detail::search::make_search(
        ready.values, ready.metric, std::min(instructions, detail::base::best_instruction_set()), execute);
    const auto set = [&](Eigen::Index row, const auto& nearest) { lists.set(row, nearest); };
    if (detail::search::join_is_faster(n, values.cols(), depth)) {
      search.join(depth, execute, set);
    } else {
      detail::base::for_each_block(
          execute, n, detail::search::block_rows(n, values.cols()),
          [&](auto first, auto last) { search.rows(detail::search::row_range(first, last), depth, set); });
    }
    return neighbor_graph(std::move(lists));
  }
};
/// @cond deduction guides
template <class Metric>
exact(Metric) -> exact<Metric>;
template <class Metric>
exact(Metric, detail::base::instruction_set) -> exact<Metric>;
exact()->exact<euclidean>;
/// @endcond

}  // namespace NNGS_VERSION_NAMESPACE
}  // namespace nngs

#endif
