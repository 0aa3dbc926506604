// SPDX-License-Identifier: MIT
#ifndef NNGS_KD_TREE_HPP
#define NNGS_KD_TREE_HPP

#include <Eigen/Core>

#include "nngs/detail/search/metric_requirements.hpp"
#include "nngs/detail/search/tree.hpp"
#include "nngs/executor.hpp"
#include "nngs/metric.hpp"
#include "nngs/neighbor_graph.hpp"
#include "nngs/points.hpp"
#include "nngs/version.hpp"

/// @file
/// The builder for few dimensions: nanoflann's k-d tree under our order of neighbours.

namespace nngs {
inline namespace NNGS_VERSION_NAMESPACE {

/// Builder for separable metrics and those prepared for one: the fastest up to some 5 dimensions, or for
/// points near a surface of so few, and for k up to some n / 50. The same graph as `exact`, ties included.
/// Time about O(n (k + log n)) in few dimensions and O(n^2 d) in many; memory some 8 n (d + 4) bytes beside
/// the graph.
template <class Metric = euclidean>
struct kd_tree {
  static_assert(sizeof(detail::search::require_metric<Metric>) > 0);
  static_assert(
      tree_metric<Metric> || !nngs::metric<Metric>,
      "kd_tree needs a separable metric, one whose key is a sum of terms over coordinates, so that it "
      "can skip branches: euclidean, manhattan, minkowski, cosine, correlation, or your own with "
      "`static constexpr bool separable = true`. Use nngs::exact for this metric.");

  Metric metric{};  ///< what near means

  /// Points and errors as for `exact`.
  /// @throws input_error also for more than 2^31 - 1 columns.
  template <coordinate Scalar, executor Executor>
  neighbor_graph operator()(const points<Scalar>& values, Eigen::Index k, const Executor& execute) const {
    return neighbor_graph(detail::search::find_neighbors_by_tree(values, metric, k, execute));
  }
};
/// @cond deduction guides
template <class Metric>
kd_tree(Metric) -> kd_tree<Metric>;
kd_tree()->kd_tree<euclidean>;
/// @endcond

}  // namespace NNGS_VERSION_NAMESPACE
}  // namespace nngs

#endif
