// SPDX-License-Identifier: MIT
#ifndef NNGS_DETAIL_JUDGE_RETURNED_EDGES_HPP
#define NNGS_DETAIL_JUDGE_RETURNED_EDGES_HPP

#include <Eigen/Core>
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "nngs/detail/base/blocks.hpp"
#include "nngs/detail/overlap_counter.hpp"
#include "nngs/neighbor_graph.hpp"
#include "nngs/version.hpp"

// The edges of one graph by the item they lead to, and what counting them at every k gives.

namespace nngs {
inline namespace NNGS_VERSION_NAMESPACE {
namespace detail {

/// The edges of the graph at `depth`, by the item they lead to.
class incoming_edges {
 public:
  incoming_edges(const neighbor_graph& graph, Eigen::Index depth)
      : first_(static_cast<std::size_t>(graph.size()) + 1, 0),
        edges_(static_cast<std::size_t>(graph.size()) * static_cast<std::size_t>(depth)) {
    for (Eigen::Index item = 0; item < graph.size(); ++item)
      for (const std::uint32_t target : graph.neighbors(item, depth)) ++first_[target + std::size_t{1}];
    for (std::size_t item = 1; item < first_.size(); ++item) first_[item] += first_[item - 1];
    std::vector<std::size_t> next(first_.begin(), first_.end() - 1);
    for (Eigen::Index item = 0; item < graph.size(); ++item) {
      std::uint32_t rank = 0;
      for (const std::uint32_t target : graph.neighbors(item, depth))
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

/// Counts at one k, over some or all items.
struct edge_counts {
  std::uint64_t returned = 0;      ///< edges whose return is an edge too
  std::uint64_t never_listed = 0;  ///< items without an incoming edge
  std::uint64_t tied = 0;
  double squares = 0;  ///< of the in-degree less k
  double cubes = 0;

  edge_counts& operator+=(const edge_counts& other) noexcept {
    returned += other.returned;
    never_listed += other.never_listed;
    tied += other.tied;
    squares += other.squares;
    cubes += other.cubes;
    return *this;
  }
};

/// Adds one item to the counts at k = 1, 2, .. `in_degrees`: room for one number for each k, of no meaning
/// before and after.
inline void count_edges(const neighbor_graph& graph, Eigen::Index item,
                        std::span<const incoming_edges::edge> incoming, list_ranks& ranks,
                        std::vector<std::uint32_t>& in_degrees, std::vector<edge_counts>& counts) {
  const std::size_t depth = counts.size();
  ranks.set(graph.neighbors(item, static_cast<Eigen::Index>(depth)));
  std::fill(in_degrees.begin(), in_degrees.end(), 0);
  for (const auto [source, rank] : incoming) {
    ++in_degrees[rank];
    // An edge and its return are both there once k exceeds both ranks.
    const std::size_t larger = std::max<std::size_t>(rank, ranks[source]);
    if (larger < depth) ++counts[larger].returned;
  }
  std::int64_t in_degree = 0;
  for (std::size_t rank = 0; rank < depth; ++rank) {
    in_degree += in_degrees[rank];
    const auto k = static_cast<std::int64_t>(rank) + 1;
    const auto excess = static_cast<double>(in_degree - k);
    counts[rank].never_listed += in_degree == 0;
    counts[rank].tied += graph.tied(item, k);
    counts[rank].squares += excess * excess;
    counts[rank].cubes += excess * excess * excess;
  }
}

/// The counts at k = 1 .. depth. Sums of doubles are taken by blocks and merged in the order of the blocks,
/// so that they do not depend on the executor.
template <class Executor>
std::vector<edge_counts> count_edges(const neighbor_graph& graph, Eigen::Index depth,
                                     const Executor& execute) {
  const incoming_edges incoming(graph, depth);
  const Eigen::Index per_block = items_per_block(depth);
  std::vector<std::vector<edge_counts>> parts(
      static_cast<std::size_t>(base::divided_up(graph.size(), per_block)));
  base::for_each_block(execute, graph.size(), per_block, [&](Eigen::Index first, Eigen::Index last) {
    std::vector<edge_counts> part(static_cast<std::size_t>(depth));
    std::vector<std::uint32_t> in_degrees(part.size());
    list_ranks ranks(graph.size());
    for (Eigen::Index item = first; item < last; ++item)
      count_edges(graph, item, incoming.to(item), ranks, in_degrees, part);
    parts[static_cast<std::size_t>(first / per_block)] = std::move(part);
  });
  std::vector<edge_counts> whole(static_cast<std::size_t>(depth));
  for (const std::vector<edge_counts>& part : parts) merge(whole, part);
  // An edge that is returned at some k is returned from there on.
  for (std::size_t rank = 1; rank < whole.size(); ++rank) whole[rank].returned += whole[rank - 1].returned;
  return whole;
}

}  // namespace detail
}  // namespace NNGS_VERSION_NAMESPACE
}  // namespace nngs

#endif
