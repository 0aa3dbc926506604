// SPDX-License-Identifier: MIT
#ifndef NNGS_KD_TREE_HPP
#define NNGS_KD_TREE_HPP

#include <Eigen/Core>
#include <utility>

#include "nngs/detail/search/input.hpp"
#include "nngs/detail/search/neighbor_lists.hpp"
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
template <metric Metric = euclidean>
struct kd_tree {
  static_assert(
      tree_metric<Metric>,
      "kd_tree needs a separable metric, one whose key is a sum of terms over coordinates, so that it "
      "can skip branches: euclidean, manhattan, minkowski, cosine, correlation, or your own with "
      "`static constexpr bool separable = true`. Use nngs::exact for this metric.");

  Metric metric{};  ///< what near means

  /// Points and errors as for `exact`.
  /// @throws std::invalid_argument also for more than 2^31 - 1 columns.
  template <coordinate Scalar, executor Executor>
  neighbor_graph operator()(const points<Scalar>& values, Eigen::Index k, const Executor& execute) const {
    detail::search::check_tree_columns(values.cols());
    detail::search::neighbor_lists lists(values.rows(), k);
    const detail::search::searched<Scalar, Metric> ready(values, metric);
    detail::search::search_tree(ready.values, ready.metric, k, execute, lists);
    return neighbor_graph(std::move(lists));
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
