// SPDX-License-Identifier: MIT
#ifndef NNGS_EXACT_HPP
#define NNGS_EXACT_HPP

#include <Eigen/Core>

#include "nngs/detail/base/instruction_set.hpp"
#include "nngs/detail/search/find_neighbors.hpp"
#include "nngs/detail/search/metric_requirements.hpp"
#include "nngs/executor.hpp"
#include "nngs/metric.hpp"
#include "nngs/neighbor_graph.hpp"
#include "nngs/points.hpp"
#include "nngs/tie_order.hpp"
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
/// while they grow, otherwise some 200 n a thread. For small k and many rows of the first three a processor
/// with AVX-512 VNNI may take products of whole numbers: n d bytes, and 8 n (k + max(1.5 k, 52)) for lists.
/// All other metrics are evaluated in double, pair by pair, far slower; memory 16 n k bytes.
template <class Metric = euclidean>
struct exact {
  static_assert(sizeof(detail::search::require_metric<Metric>) > 0);

  Metric metric{};   ///< what near means
  tie_order ties{};  ///< which of equally near neighbours comes first

  /// Points as build_graph hands them over, not checked again: finite, n >= 2 rows, 1 <= k <= n - 1.
  /// @throws input_error for a row that the metric cannot prepare and for keys out of double's
  ///   range.
  template <coordinate Scalar, executor Executor>
  neighbor_graph operator()(const points<Scalar>& values, Eigen::Index k, const Executor& execute) const {
    return neighbor_graph(detail::search::find_neighbors(detail::search::way::all_pairs, values, metric, ties,
                                                         k, detail::base::best_instruction_set(), execute));
  }
};
/// @cond deduction guides
template <class Metric>
exact(Metric) -> exact<Metric>;
template <class Metric>
exact(Metric, tie_order) -> exact<Metric>;
exact()->exact<euclidean>;
/// @endcond

}  // namespace NNGS_VERSION_NAMESPACE
}  // namespace nngs

#endif
