// SPDX-License-Identifier: MIT
#ifndef NNGS_BUILD_GRAPH_HPP
#define NNGS_BUILD_GRAPH_HPP

#include <Eigen/Core>
#include <concepts>
#include <stdexcept>
#include <utility>

#include "nngs/detail/base/check.hpp"
#include "nngs/exact.hpp"
#include "nngs/executor.hpp"
#include "nngs/kd_tree.hpp"
#include "nngs/metric.hpp"
#include "nngs/neighbor_graph.hpp"
#include "nngs/points.hpp"
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

/// How to search: a metric, and the builder is chosen by the shape of the data; or a builder.
template <class S>
concept search_method = metric<S> || graph_builder<S>;

namespace detail {

/// Where the tree beats looking at every pair. Measured with normal data of 500 to 100,000 points, AVX-512,
/// two cores: at k = 10 it is 2 to 11 times as fast in 2 and 3 dimensions, 1.1 to 3 times in 5, and slower in
/// 8 but for the fewest points; from k = n / 8 on it is slower in all.
inline bool tree_is_faster(Eigen::Index n, Eigen::Index dimensions, Eigen::Index k) {
  return n >= 500 && dimensions <= 5 && k <= n / 50;
}

template <class Scalar, search_method Search, executor Executor>
neighbor_graph run_search(const points<Scalar>& values, Eigen::Index k, const Search& search,
                          const Executor& execute) {
  if constexpr (graph_builder<Search>) {
    return search(values, k, execute);
  } else {
    if constexpr (tree_metric<Search>)
      if (tree_is_faster(values.rows(), values.cols(), k)) return kd_tree<Search>{search}(values, k, execute);
    return exact<Search>{search}(values, k, execute);
  }
}

}  // namespace detail

/// The k-nearest-neighbour graph of a matrix, one row per item: the door to every builder. Checks the input
/// once. `values`: any Eigen expression of float or double, n >= 2 rows, 1 or more columns, all finite; 1 <=
/// k <= n-1. `search`: a metric or a builder. The result is the same, bit for bit, for any exact builder and
/// executor. Cost: that of `kd_tree` for n >= 500, d <= 5 and k <= n / 50, else that of `exact`.
/// @throws std::invalid_argument for such a shape or k, for an entry that is not finite (named by row and
///   column), for rows and keys that the metric cannot take, and when a builder's graph is not n x k.
template <class Derived, search_method Search = euclidean, executor Executor = threads>
neighbor_graph build_graph(const Eigen::MatrixBase<Derived>& values, Eigen::Index k,
                           const Search& search = {}, const Executor& execute = {}) {
  using Scalar = typename Derived::Scalar;
  static_assert(coordinate<Scalar>, "nngs takes matrices of float or double: convert with .cast<double>()");
  detail::base::check_shape(values.rows(), values.cols());
  detail::base::check_k(k, values.rows());
  const points<Scalar> rows(values.derived());
  detail::base::check_finite(rows);
  neighbor_graph graph = detail::run_search<Scalar>(rows, k, search, execute);
  if (graph.size() != values.rows() || graph.depth() != k)
    throw std::invalid_argument("the builder gave a graph of " +
                                detail::base::shape(graph.size(), graph.depth()) + " for " +
                                detail::base::shape(values.rows(), k));
  return graph;
}

/// The graphs of two paired matrices, n x dx and n x dy, each searched in its own way. Costs as build_graph.
/// @throws std::invalid_argument for different numbers of rows, and as build_graph with the name of the
///   matrix, x or y, in front.
template <class X, class Y, search_method SearchX, search_method SearchY, executor Executor>
std::pair<neighbor_graph, neighbor_graph> build_graphs(const Eigen::MatrixBase<X>& x,
                                                       const Eigen::MatrixBase<Y>& y, Eigen::Index k,
                                                       const SearchX& search_x, const SearchY& search_y,
                                                       const Executor& execute) {
  detail::base::check_paired(x.rows(), x.cols(), y.rows(), y.cols());
  return {detail::base::naming("x", [&] { return build_graph(x, k, search_x, execute); }),
          detail::base::naming("y", [&] { return build_graph(y, k, search_y, execute); })};
}

}  // namespace NNGS_VERSION_NAMESPACE
}  // namespace nngs

#endif
