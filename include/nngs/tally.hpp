// SPDX-License-Identifier: MIT
#ifndef NNGS_TALLY_HPP
#define NNGS_TALLY_HPP

#include <Eigen/Core>
#include <algorithm>
#include <vector>

#include "nngs/detail/check_graphs.hpp"
#include "nngs/detail/overlap_counter.hpp"
#include "nngs/executor.hpp"
#include "nngs/neighbor_graph.hpp"
#include "nngs/overlap_tally.hpp"
#include "nngs/version.hpp"

/// @file
/// Neighbours that two graphs share: per item, and as tallies over ranges of items.

namespace nngs {
inline namespace NNGS_VERSION_NAMESPACE {

/// How many neighbours the two lists of each item in a range share at k. Time O(items k); memory for each
/// thread 4 n bytes.
/// @throws input_error for graphs of different n, k not in [1, both depths], items outside the graph.
template <executor Executor = threads>
std::vector<Eigen::Index> shared_neighbors(const neighbor_graph& x, const neighbor_graph& y, item_range items,
                                           Eigen::Index k, const Executor& execute = {}) {
  detail::check_graphs(x, y, k);
  detail::check_range(items, x.size());
  std::vector<Eigen::Index> counts(static_cast<std::size_t>(items.last - items.first));
  detail::base::for_each_block(execute, items.last - items.first, detail::items_per_block(k),
                               [&](Eigen::Index begin, Eigen::Index end) {
                                 detail::overlap_counter counter(x.size());
                                 for (Eigen::Index place = begin; place < end; ++place) {
                                   const Eigen::Index item = items.first + place;
                                   counts[static_cast<std::size_t>(place)] =
                                       counter.shared(x.neighbors(item, k), y.neighbors(item, k));
                                 }
                               });
  return counts;
}

/// The tally of a range of items at one k. Time O(items k), memory 4 n bytes a thread.
/// @throws input_error for graphs of different n, k not in [1, both depths], items outside the graph.
template <executor Executor = threads>
overlap_tally tally(const neighbor_graph& x, const neighbor_graph& y, item_range items, Eigen::Index k,
                    const Executor& execute = {}) {
  detail::check_graphs(x, y, k);
  detail::check_range(items, x.size());
  return detail::sum_blocks(overlap_tally(k), execute, items.first, items.last, detail::items_per_block(k),
                            [&](Eigen::Index first, Eigen::Index last, overlap_tally& part) {
                              detail::overlap_counter counter(x.size());
                              for (Eigen::Index item = first; item < last; ++item)
                                part.add(counter.shared(x.neighbors(item, k), y.neighbors(item, k)),
                                         x.tied(item, k), y.tied(item, k));
                            });
}

/// The tallies of a range of items at k = 1 .. K, the smaller depth: element k - 1 is that at k. Time
/// O(items K), memory 4 n + 100 K bytes a thread.
/// @throws input_error for graphs of different n and items outside the graph.
template <executor Executor = threads>
std::vector<overlap_tally> tally_curve(const neighbor_graph& x, const neighbor_graph& y, item_range items,
                                       const Executor& execute = {}) {
  detail::check_graphs(x, y);
  detail::check_range(items, x.size());
  const Eigen::Index depth = std::min(x.depth(), y.depth());
  return detail::sum_blocks(empty_tallies(depth), execute, items.first, items.last,
                            detail::items_per_block(depth),
                            [&](Eigen::Index first, Eigen::Index last, std::vector<overlap_tally>& part) {
                              detail::overlap_counter counter(x.size());
                              for (Eigen::Index item = first; item < last; ++item)
                                detail::add_item(part, counter, x, y, item);
                            });
}

}  // namespace NNGS_VERSION_NAMESPACE
}  // namespace nngs

#endif
