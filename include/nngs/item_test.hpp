// SPDX-License-Identifier: MIT
#ifndef NNGS_ITEM_TEST_HPP
#define NNGS_ITEM_TEST_HPP

#include <Eigen/Core>
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numeric>
#include <span>
#include <vector>

#include "nngs/chance.hpp"
#include "nngs/detail/base/sentence.hpp"
#include "nngs/detail/check_graphs.hpp"
#include "nngs/detail/overlap_counter.hpp"
#include "nngs/error.hpp"
#include "nngs/executor.hpp"
#include "nngs/neighbor_graph.hpp"
#include "nngs/tally.hpp"
#include "nngs/version.hpp"

/// @file
/// One item at a time: whether its two neighbourhoods agree beyond chance, and what changed between them.

namespace nngs {
inline namespace NNGS_VERSION_NAMESPACE {

/// What one item's two neighbourhoods have in common.
struct item_score {
  Eigen::Index shared;  ///< common neighbours, in [0, k]
  double jaccard;       ///< of its two neighbourhoods
  double p;             ///< probability of as many or more common neighbours under random pairing
  double adjusted_p;    ///< p adjusted for all items: calling those below q alike, a share of at most q is so
                        ///< by chance (Benjamini & Hochberg 1995)

  friend bool operator==(const item_score&, const item_score&) = default;
};

/// p-values adjusted for the false discovery rate: the smallest rate at which each is still a discovery, in
/// the order given (Benjamini & Hochberg 1995). O(m log m).
/// @throws input_error for a p that is not in [0, 1].
inline std::vector<double> benjamini_hochberg(std::span<const double> p) {
  for (std::size_t i = 0; i < p.size(); ++i)
    if (!(p[i] >= 0 && p[i] <= 1))
      throw input_error(detail::base::sentence(
          {"p-value ", i, " (counted from 0) is ", p[i], ": a probability is in [0, 1]"}));
  std::vector<std::size_t> descending(p.size());
  std::iota(descending.begin(), descending.end(), std::size_t{0});
  std::sort(descending.begin(), descending.end(), [&](std::size_t a, std::size_t b) { return p[a] > p[b]; });
  std::vector<double> adjusted(p.size());
  double least = 1;
  auto rank = static_cast<double>(p.size());
  for (const std::size_t i : descending) {
    least = std::min(least, p[i] * static_cast<double>(p.size()) / rank--);
    adjusted[i] = least;
  }
  return adjusted;
}

/// Each item of two graphs at k, tested. Time O(n (k + log n)), memory 4 n bytes a thread.
/// @throws input_error for graphs of different n and for k not in [1, both depths].
template <executor Executor = threads>
std::vector<item_score> test_items(const neighbor_graph& x, const neighbor_graph& y, Eigen::Index k,
                                   const Executor& execute = {}) {
  const std::vector<Eigen::Index> shared = shared_neighbors(x, y, detail::every_item(x), k, execute);
  const std::vector<double> tail = overlap_tail(x.size(), k);
  std::vector<double> p;
  p.reserve(shared.size());
  for (const Eigen::Index count : shared) p.push_back(tail[static_cast<std::size_t>(count)]);
  const std::vector<double> adjusted_p = benjamini_hochberg(p);
  std::vector<item_score> items;
  items.reserve(shared.size());
  for (std::size_t item = 0; item < shared.size(); ++item)
    items.push_back({shared[item], jaccard(shared[item], k), p[item], adjusted_p[item]});
  return items;
}

/// How one item's neighbourhood changes from x to y.
struct neighbor_changes {
  std::vector<Eigen::Index> kept;    ///< in both, in the order of x
  std::vector<Eigen::Index> lost;    ///< in x alone, nearest first
  std::vector<Eigen::Index> gained;  ///< in y alone, nearest first

  friend bool operator==(const neighbor_changes&, const neighbor_changes&) = default;
};

/// The neighbours of one item at k that both graphs have, that x alone has and that y alone has. Time O(k),
/// besides clearing 4 n bytes.
/// @throws input_error for graphs of different n, k not in [1, both depths], an item not in [0, n).
inline neighbor_changes compare_neighbors(const neighbor_graph& x, const neighbor_graph& y, Eigen::Index item,
                                          Eigen::Index k) {
  detail::check_graphs(x, y, k);
  if (item < 0 || item >= x.size())
    throw input_error(detail::base::sentence({"item ", item, " is not in [0, ", x.size(), ")"}));
  const auto in_x = x.neighbors(item, k), in_y = y.neighbors(item, k);
  detail::list_ranks ranks(x.size());
  neighbor_changes changes;
  ranks.set(in_y);
  for (const auto neighbor : in_x)
    (ranks.contains(neighbor) ? changes.kept : changes.lost).push_back(neighbor);
  ranks.set(in_x);
  for (const auto neighbor : in_y)
    if (!ranks.contains(neighbor)) changes.gained.push_back(neighbor);
  return changes;
}

}  // namespace NNGS_VERSION_NAMESPACE
}  // namespace nngs

#endif
