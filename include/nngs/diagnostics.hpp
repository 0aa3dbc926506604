// SPDX-License-Identifier: MIT
#ifndef NNGS_DIAGNOSTICS_HPP
#define NNGS_DIAGNOSTICS_HPP

#include <Eigen/Core>
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <span>
#include <vector>

#include "nngs/detail/base/check.hpp"
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

namespace detail {

/// The edges of the graph at `depth`, by the item they lead to.
class incoming_edges {
 public:
  incoming_edges(const neighbor_graph& graph, Eigen::Index depth)
      : first_(static_cast<std::size_t>(graph.size()) + 1, 0),
        edges_(static_cast<std::size_t>(graph.size()) * static_cast<std::size_t>(depth)) {
    const auto lists = [&](Eigen::Index item) {
      return graph.neighbors(item).first(static_cast<std::size_t>(depth));
    };
    for (Eigen::Index item = 0; item < graph.size(); ++item)
      for (const std::uint32_t target : lists(item)) ++first_[target + std::size_t{1}];
    for (std::size_t item = 1; item < first_.size(); ++item) first_[item] += first_[item - 1];
    std::vector<std::size_t> next(first_.begin(), first_.end() - 1);
    for (Eigen::Index item = 0; item < graph.size(); ++item) {
      std::uint32_t rank = 0;
      for (const std::uint32_t target : lists(item))
        edges_[next[target]++] = {static_cast<std::uint32_t>(item), rank++};
    }
  }

  struct edge {
    std::uint32_t source, rank;
  };
  std::span<const edge> to(Eigen::Index item) const noexcept {
    const auto at = static_cast<std::size_t>(item);
    return {edges_.data() + first_[at], first_[at + 1] - first_[at]};
  }

 private:
  std::vector<std::size_t> first_;
  std::vector<edge> edges_;
};

/// The returned edges at k = 1 .. depth. An edge and its return are both there once k exceeds both ranks.
inline std::vector<std::uint64_t> count_returned_edges(const neighbor_graph& graph, Eigen::Index depth) {
  constexpr std::uint32_t absent = 0xFFFFFFFF;
  const incoming_edges incoming(graph, depth);
  std::vector<std::uint32_t> rank_of(static_cast<std::size_t>(graph.size()), absent);
  std::vector<std::uint64_t> returned(static_cast<std::size_t>(depth), 0);
  for (Eigen::Index item = 0; item < graph.size(); ++item) {
    const auto list = graph.neighbors(item).first(returned.size());
    for (std::size_t rank = 0; rank < list.size(); ++rank)
      rank_of[list[rank]] = static_cast<std::uint32_t>(rank);
    for (const auto [source, rank] : incoming.to(item))
      if (rank_of[source] != absent) ++returned[std::max(rank, rank_of[source])];
    for (const std::uint32_t neighbor : list) rank_of[neighbor] = absent;
  }
  for (std::size_t rank = 1; rank < returned.size(); ++rank) returned[rank] += returned[rank - 1];
  return returned;
}

inline graph_diagnostics diagnose(const neighbor_graph& graph, Eigen::Index k, std::uint64_t returned_edges,
                                  const std::vector<std::uint32_t>& in_degrees) {
  double squares = 0, cubes = 0;
  Eigen::Index never_listed = 0;
  for (const std::uint32_t in_degree : in_degrees) {
    const auto excess = static_cast<double>(std::int64_t{in_degree} - k);
    squares += excess * excess;
    cubes += excess * excess * excess;
    never_listed += in_degree == 0;
  }
  const auto n = static_cast<double>(graph.size());
  const double variance = squares / n;
  return {.k = k,
          .returned_edges = returned_edges,
          .in_degree_spread = squares,
          .reciprocity = static_cast<double>(returned_edges) / (n * static_cast<double>(k)),
          .hubness = squares == 0 ? 0 : cubes / n / (variance * std::sqrt(variance)),
          .never_listed = static_cast<double>(never_listed) / n,
          .tied = static_cast<double>(graph.tied_items(k)) / n};
}

}  // namespace detail

/// Hubs, returned edges and ties of a graph at k = 1 .. depth, in one pass: element k - 1 is that at k.
/// Time O(n depth), memory 8 bytes an edge while it runs.
/// @throws std::invalid_argument when depth is not in [1, depth of the graph].
inline std::vector<graph_diagnostics> diagnostics_curve(const neighbor_graph& graph, Eigen::Index depth) {
  detail::base::check_depth(depth, graph.depth());
  const std::vector<std::uint64_t> returned = detail::count_returned_edges(graph, depth);
  std::vector<std::uint32_t> in_degrees(static_cast<std::size_t>(graph.size()), 0);
  std::vector<graph_diagnostics> curve;
  curve.reserve(returned.size());
  for (std::size_t rank = 0; rank < returned.size(); ++rank) {
    for (Eigen::Index item = 0; item < graph.size(); ++item) ++in_degrees[graph.neighbors(item)[rank]];
    curve.push_back(detail::diagnose(graph, static_cast<Eigen::Index>(rank) + 1, returned[rank], in_degrees));
  }
  return curve;
}
/// At every k of the graph. As above.
inline std::vector<graph_diagnostics> diagnostics_curve(const neighbor_graph& graph) {
  return diagnostics_curve(graph, graph.depth());
}

/// The same at one k: O(n k) time, memory 8 bytes an edge. @throws std::invalid_argument when k is not in [1,
/// depth of the graph].
inline graph_diagnostics diagnose(const neighbor_graph& graph, Eigen::Index k) {
  detail::base::check_depth(k, graph.depth());
  std::vector<std::uint32_t> in_degrees(static_cast<std::size_t>(graph.size()), 0);
  for (Eigen::Index item = 0; item < graph.size(); ++item)
    for (const std::uint32_t neighbor : graph.neighbors(item).first(static_cast<std::size_t>(k)))
      ++in_degrees[neighbor];
  return detail::diagnose(graph, k, detail::count_returned_edges(graph, k).back(), in_degrees);
}

}  // namespace NNGS_VERSION_NAMESPACE
}  // namespace nngs

#endif
