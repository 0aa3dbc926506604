// SPDX-License-Identifier: MIT
#ifndef NNGS_DETAIL_BUILD_GRAPHS_HPP
#define NNGS_DETAIL_BUILD_GRAPHS_HPP

#include <Eigen/Core>
#include <utility>

#include "nngs/build_graph.hpp"
#include "nngs/detail/base/check.hpp"
#include "nngs/executor.hpp"
#include "nngs/neighbor_graph.hpp"
#include "nngs/version.hpp"

// The graphs of two paired matrices.

namespace nngs {
inline namespace NNGS_VERSION_NAMESPACE {
namespace detail {

/// x is n x dx and y is n x dy; each is searched in its own way. Costs as build_graph.
/// @throws input_error for different numbers of rows, and as build_graph with the name of the
///   matrix, x or y, in front.
template <class X, class Y, class SearchX, class SearchY, executor Executor>
std::pair<neighbor_graph, neighbor_graph> build_graphs(const Eigen::MatrixBase<X>& x,
                                                       const Eigen::MatrixBase<Y>& y, Eigen::Index k,
                                                       const SearchX& search_x, const SearchY& search_y,
                                                       const Executor& execute) {
  base::check_paired(x.rows(), x.cols(), y.rows(), y.cols());
  return {base::naming("x", [&] { return build_graph(x, k, search_x, execute); }),
          base::naming("y", [&] { return build_graph(y, k, search_y, execute); })};
}

}  // namespace detail
}  // namespace NNGS_VERSION_NAMESPACE
}  // namespace nngs

#endif
