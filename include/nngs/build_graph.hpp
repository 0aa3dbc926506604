// SPDX-License-Identifier: MIT
#ifndef NNGS_BUILD_GRAPH_HPP
#define NNGS_BUILD_GRAPH_HPP

#include <Eigen/Core>
#include <concepts>

#include "nngs/detail/base/check.hpp"
#include "nngs/detail/base/data_requirements.hpp"
#include "nngs/detail/base/sentence.hpp"
#include "nngs/detail/no_matrix.hpp"
#include "nngs/detail/search/find_neighbors.hpp"
#include "nngs/detail/search/metric_requirements.hpp"
#include "nngs/error.hpp"
#include "nngs/exact.hpp"
#include "nngs/executor.hpp"
#include "nngs/kd_tree.hpp"
#include "nngs/metric.hpp"
#include "nngs/neighbor_graph.hpp"
#include "nngs/points.hpp"
#include "nngs/tie_order.hpp"
#include "nngs/version.hpp"

/// @file
/// The door to every builder: checks the input once and picks a builder by the shape of the data.

namespace nngs {
inline namespace NNGS_VERSION_NAMESPACE {

/// A builder turns checked points into a graph: `builder(points, k, executor) -> neighbor_graph`, n lists of
/// depth k. Your own (an approximate index, say) is one function object of this shape.
template <class B>
concept graph_builder = requires(const B& build, const points<double>& values, Eigen::Index k,
                                 const serial& execute) {
  { build(values, k, execute) } -> std::same_as<neighbor_graph>;
};

/// Builder that takes the faster of `exact` and `kd_tree` for the shape of the data, as `build_graph` does
/// for a metric alone. The same graph as either.
template <class Metric = euclidean>
struct automatic {
  static_assert(sizeof(detail::search::require_metric<Metric>) > 0);

  Metric metric{};   ///< what near means
  tie_order ties{};  ///< which of equally near neighbours comes first

  /// Points and errors as for `exact`.
  template <coordinate Scalar, executor Executor>
  neighbor_graph operator()(const points<Scalar>& values, Eigen::Index k, const Executor& execute) const {
    const auto way = detail::search::fastest_way<Metric>(values.rows(), values.cols(), k);
    return neighbor_graph(detail::search::find_neighbors(way, values, metric, ties, k,
                                                         detail::base::best_instruction_set(), execute));
  }
};
/// @cond deduction guides
template <class Metric>
automatic(Metric) -> automatic<Metric>;
template <class Metric>
automatic(Metric, tie_order) -> automatic<Metric>;
automatic()->automatic<euclidean>;
/// @endcond

/// How to search: a metric, and the builder is chosen by the shape of the data; or a builder.
template <class S>
concept search_method = metric<S> || graph_builder<S>;

namespace detail {

/// What a compiler says first about a type that is neither a metric nor a builder.
template <class Search>
struct require_search : search::require_metric<Search> {};
template <graph_builder Search>
struct require_search<Search> {};

}  // namespace detail

/// The k-nearest-neighbour graph of a matrix, one row per item: the door to every builder. Checks the input
/// once. `values`: any Eigen expression of float or double, n >= 2 rows, 1 or more columns, all finite; 1 <=
/// k <= n-1. `search`: a metric or a builder. The result is the same, bit for bit, for any exact builder and
/// executor. Cost: that of `kd_tree` for n >= 500, d <= 5 and k <= n / 50, else that of `exact`.
/// @throws input_error for such a shape or k, for an entry that is not finite (named by row and
///   column), for rows and keys that the metric cannot take, and when a builder's graph is not n x k.
template <class Derived, class Search = euclidean, executor Executor = threads>
neighbor_graph build_graph(const Eigen::MatrixBase<Derived>& values, Eigen::Index k,
                           const Search& search = {}, const Executor& execute = {}) {
  using Scalar = typename Derived::Scalar;
  detail::base::require_coordinates<Scalar>();
  detail::require_search<Search>();
  detail::base::check_shape(values.rows(), values.cols());
  detail::base::check_k(k, values.rows());
  const points<Scalar> rows(values.derived());
  detail::search::check_finite(rows);
  if constexpr (graph_builder<Search>) {
    neighbor_graph graph = search(rows, k, execute);
    if (graph.size() != values.rows() || graph.depth() != k)
      throw input_error(detail::base::sentence({"the builder gave a graph of ", graph.size(), " x ",
                                                graph.depth(), " for ", values.rows(), " x ", k}));
    return graph;
  } else {
    return automatic<Search>{search}(rows, k, execute);
  }
}

}  // namespace NNGS_VERSION_NAMESPACE
}  // namespace nngs

#endif
