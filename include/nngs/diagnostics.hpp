// SPDX-License-Identifier: MIT
#ifndef NNGS_DIAGNOSTICS_HPP
#define NNGS_DIAGNOSTICS_HPP

#include <Eigen/Core>
#include <cmath>
#include <cstdint>
#include <vector>

#include "nngs/detail/base/check.hpp"
#include "nngs/detail/judge/returned_edges.hpp"
#include "nngs/executor.hpp"
#include "nngs/neighbor_graph.hpp"
#include "nngs/version.hpp"

/// @file
/// Hubs, returned edges and ties of one graph.

namespace nngs {
inline namespace NNGS_VERSION_NAMESPACE {

/// What one graph looks like at one k. The in-degree of an item is the number of lists that name it: k on
/// average, and far more for a hub (Radovanovic, Nanopoulos & Ivanovic 2010).
struct graph_diagnostics {
  Eigen::Index k;                ///< neighbours of each item
  std::uint64_t returned_edges;  ///< edges i -> j for which j -> i is an edge too
  double in_degree_spread;       ///< sum over the items of (in-degree - k)^2
  double reciprocity;            ///< share of the edges that are returned, in [0, 1]
  double hubness;                ///< skewness of the in-degree; 0 when all in-degrees are the same
  double never_listed;           ///< share of the items that are in nobody's list, in [0, 1)
  double tied;  ///< share of the items whose k nearest are one choice of several, as far as known

  friend bool operator==(const graph_diagnostics&, const graph_diagnostics&) = default;
};

/// Hubs, returned edges and ties of a graph at k = 1 .. depth, in one pass: element k - 1 is that at k. Time
/// O(n depth); memory 8 bytes an edge while it runs, and 4 n bytes a thread. Sorting the edges, about half of
/// the work, is done by the caller's thread alone.
/// @throws input_error when depth is not in [1, depth of the graph].
template <executor Executor = threads>
std::vector<graph_diagnostics> diagnostics_curve(const neighbor_graph& graph, Eigen::Index depth,
                                                 const Executor& execute = {}) {
  detail::base::check_depth(depth, graph.depth());
  const auto n = static_cast<double>(graph.size());
  std::vector<graph_diagnostics> curve;
  curve.reserve(static_cast<std::size_t>(depth));
  for (const detail::edge_counts& counts : detail::count_edges(graph, depth, execute)) {
    const auto k = static_cast<Eigen::Index>(curve.size()) + 1;
    const double variance = counts.squares / n;
    curve.push_back({.k = k,
                     .returned_edges = counts.returned,
                     .in_degree_spread = counts.squares,
                     .reciprocity = static_cast<double>(counts.returned) / (n * static_cast<double>(k)),
                     .hubness = variance > 0 ? counts.cubes / n / (variance * std::sqrt(variance)) : 0,
                     .never_listed = static_cast<double>(counts.never_listed) / n,
                     .tied = static_cast<double>(counts.tied) / n});
  }
  return curve;
}
/// At every k of the graph.
template <executor Executor = threads>
std::vector<graph_diagnostics> diagnostics_curve(const neighbor_graph& graph, const Executor& execute = {}) {
  return diagnostics_curve(graph, graph.depth(), execute);
}

/// The same at one k. Cost as up to that k.
/// @throws input_error when k is not in [1, depth of the graph].
template <executor Executor = threads>
graph_diagnostics diagnostics(const neighbor_graph& graph, Eigen::Index k, const Executor& execute = {}) {
  return diagnostics_curve(graph, k, execute).back();
}

}  // namespace NNGS_VERSION_NAMESPACE
}  // namespace nngs

#endif
