// SPDX-License-Identifier: MIT
#ifndef NNGS_TESTS_RANDOM_GRAPH_HPP
#define NNGS_TESTS_RANDOM_GRAPH_HPP

#include <algorithm>
#include <nngs/nngs.hpp>
#include <random>
#include <vector>

#include "reference.hpp"

namespace reference {

/// Neighbours at random; with `hubs` the first items are in most lists.
inline nngs::neighbor_graph random_graph(std::uint64_t seed, Index n, Index depth, bool hubs = false) {
  std::mt19937_64 random(seed);
  Eigen::Matrix<Index, -1, -1> lists(n, depth);
  for (Index item = 0; item < n; ++item) {
    std::vector<std::pair<double, Index>> others;
    for (Index other = 0; other < n; ++other)
      if (other != item)
        others.emplace_back(uniform(random) * (hubs ? static_cast<double>(other * other + 1) : 1), other);
    std::sort(others.begin(), others.end());
    for (Index rank = 0; rank < depth; ++rank)
      lists(item, rank) = others[static_cast<std::size_t>(rank)].second;
  }
  return nngs::neighbor_graph(lists);
}

/// The graph of the same lists when item i is called names[i].
inline nngs::neighbor_graph renamed(const nngs::neighbor_graph& graph, const std::vector<Index>& names) {
  Eigen::Matrix<Index, -1, -1> lists(graph.size(), graph.depth());
  for (Index item = 0; item < graph.size(); ++item)
    for (Index rank = 0; rank < graph.depth(); ++rank)
      lists(names[static_cast<std::size_t>(item)], rank) =
          names[graph.neighbors(item)[static_cast<std::size_t>(rank)]];
  return nngs::neighbor_graph(lists);
}

/// 0 .. n - 1.
inline std::vector<Index> in_order(Index n) {
  std::vector<Index> order;
  for (Index i = 0; i < n; ++i) order.push_back(i);
  return order;
}

}  // namespace reference

#endif
