// SPDX-License-Identifier: MIT
#ifndef NNGS_SIMILARITY_HPP
#define NNGS_SIMILARITY_HPP

#include <Eigen/Core>
#include <algorithm>
#include <mutex>
#include <utility>
#include <vector>

#include "nngs/build_graph.hpp"
#include "nngs/detail/base/blocks.hpp"
#include "nngs/detail/search/input.hpp"
#include "nngs/detail/search/neighbor_lists.hpp"
#include "nngs/detail/search/neighbor_set.hpp"
#include "nngs/detail/search/plan.hpp"
#include "nngs/executor.hpp"
#include "nngs/metric.hpp"
#include "nngs/neighbor_graph.hpp"
#include "nngs/points.hpp"
#include "nngs/tally.hpp"
#include "nngs/version.hpp"

/// @file
/// The scores of Tavares, Ayres and Smaragdis (arXiv 2411.08687) and their siblings. With o the number of
/// neighbours that the two lists of an item share at k:
///
///     Jaccard   mean of o / (2k - o)   NNGS
///     overlap   mean of o / k          mutual k-nearest neighbours (Huh et al. 2024), Q_NX (Lee & Verleysen)
///
/// Both are 1 when every neighbourhood agrees, as at k = n - 1 it always does, and near k / n for random
/// pairs. The same bits for any builder that is exact and for any executor.

namespace nngs {
inline namespace NNGS_VERSION_NAMESPACE {

/// The scores at one k.
struct score {
  Eigen::Index k;           ///< neighbours of each item
  double jaccard;           ///< NNGS, in [0, 1]
  double overlap;           ///< in [0, 1], at least the Jaccard
  Eigen::Index tied_items;  ///< items whose k nearest are one choice of several, in either graph, as far as
                            ///< known: lists found elsewhere tell no ties

  friend bool operator==(const score&, const score&) = default;
};

namespace detail {

inline score to_score(const overlap_tally& tally) {
  return {tally.k(), tally.mean_jaccard(), tally.mean_overlap(), tally.tied_items()};
}

inline std::vector<score> to_scores(const std::vector<overlap_tally>& tallies) {
  std::vector<score> scores;
  scores.reserve(tallies.size());
  for (const overlap_tally& tally : tallies) scores.push_back(to_score(tally));
  return scores;
}

/// The tallies of rows [first, last) at every k = 1 .. n - 1. Memory: some 26 n bytes a row.
template <class SearchX, class SearchY>
std::vector<overlap_tally> tally_every_k(const SearchX& search_x, const SearchY& search_y, Eigen::Index n,
                                         Eigen::Index first, Eigen::Index last) {
  search::neighbor_lists lists_x(last - first, n - 1), lists_y(last - first, n - 1);
  const std::vector<Eigen::Index> rows = search::row_range(first, last);
  search_x.rows(rows, n - 1, [&](auto row, const auto& nearest) { lists_x.set(row - first, nearest); });
  search_y.rows(rows, n - 1, [&](auto row, const auto& nearest) { lists_y.set(row - first, nearest); });
  const neighbor_graph x(std::move(lists_x)), y(std::move(lists_y));

  std::vector<overlap_tally> tallies = empty_tallies(n - 1);
  overlap_counter counter(n);
  for (Eigen::Index row = 0; row < last - first; ++row) counter.add_item(tallies, x, y, row);
  return tallies;
}

/// Adds to `whole` what tally(first, last) gives for each block of items.
template <class Tally, executor Executor, class Count>
void add_blocks(Tally& whole, const Executor& execute, Eigen::Index items, Eigen::Index per_block,
                const Count& tally) {
  std::mutex mutex;
  base::for_each_block(execute, items, per_block, [&](Eigen::Index first, Eigen::Index last) {
    const Tally part = tally(first, last);
    const std::lock_guard lock(mutex);
    add(whole, part);
  });
}

/// Where one score costs less from sets of neighbours than from graphs, which hold them in order.
inline bool sets_are_faster(Eigen::Index n, Eigen::Index x_cols, Eigen::Index y_cols, Eigen::Index k) {
  const Eigen::Index dimensions = std::min(x_cols, y_cols);
  return !search::join_is_faster(n, dimensions, k + 1) && !tree_is_faster(n, dimensions, k);
}

/// The tally of all items at one k, row by row with no graph kept.
template <class X, class Y, metric MetricX, metric MetricY, executor Executor>
overlap_tally tally_sets(const Eigen::MatrixBase<X>& x, const Eigen::MatrixBase<Y>& y, Eigen::Index k,
                         const MetricX& metric_x, const MetricY& metric_y, const Executor& execute) {
  const search::paired_search ready(x, y, k, metric_x, metric_y);
  const auto search_x =
      search::make_search(ready.x.values, ready.x.metric, base::best_instruction_set(), execute);
  const auto search_y =
      search::make_search(ready.y.values, ready.y.metric, base::best_instruction_set(), execute);

  const Eigen::Index n = x.rows();
  overlap_tally whole(k);
  add_blocks(whole, execute, n, search::block_rows(n, x.cols() + y.cols()), [&](auto first, auto last) {
    const std::vector<Eigen::Index> rows = search::row_range(first, last);
    std::vector<search::neighbor_set> sets_x;
    search_x.sets(rows, k,
                  [&](Eigen::Index, const search::neighbor_set& nearest) { sets_x.push_back(nearest); });
    overlap_tally part(k);
    search_y.sets(rows, k, [&](Eigen::Index row, const search::neighbor_set& nearest) {
      const search::neighbor_set& other = sets_x[static_cast<std::size_t>(row - first)];
      part.add(nearest.shared(other), nearest.tied || other.tied);
    });
    return part;
  });
  return whole;
}

/// Items a block so that it is worth a thread: 2^19 list entries take about a millisecond.
inline Eigen::Index tally_rows(Eigen::Index depth) { return std::max<Eigen::Index>(1, (1 << 19) / depth); }

}  // namespace detail

/// All scores of two graphs at k <= both depths. O(n k).
/// @throws std::invalid_argument for graphs of different n and for k not in [1, both depths].
template <executor Executor = threads>
score compare(const neighbor_graph& x, const neighbor_graph& y, Eigen::Index k,
              const Executor& execute = {}) {
  detail::check_graphs(x, y, k);
  overlap_tally whole(k);
  detail::add_blocks(whole, execute, x.size(), detail::tally_rows(k),
                     [&](auto first, auto last) { return tally_overlap(x, y, k, first, last); });
  return detail::to_score(whole);
}

/// NNGS of two graphs at k: the mean Jaccard similarity of their neighbour sets. As `compare`.
template <executor Executor = threads>
double similarity(const neighbor_graph& x, const neighbor_graph& y, Eigen::Index k,
                  const Executor& execute = {}) {
  return compare(x, y, k, execute).jaccard;
}

/// The mean overlap o / k of two graphs at k. As `compare`.
template <executor Executor = threads>
double overlap(const neighbor_graph& x, const neighbor_graph& y, Eigen::Index k,
               const Executor& execute = {}) {
  return compare(x, y, k, execute).overlap;
}

/// The Jaccard similarity of each item's two neighbour sets at k, in [0, 1]: which items moved?
/// O(n k).
/// @throws std::invalid_argument for graphs of different n and for k not in [1, both depths].
inline Eigen::VectorXd item_similarity(const neighbor_graph& x, const neighbor_graph& y, Eigen::Index k) {
  const std::vector<Eigen::Index> shared = shared_neighbors(x, y, k, 0, x.size());
  Eigen::VectorXd similarities(x.size());
  for (Eigen::Index item = 0; item < x.size(); ++item)
    similarities[item] = jaccard(shared[static_cast<std::size_t>(item)], k);
  return similarities;
}

/// The scores at k = 1 .. K, the smaller depth, in one pass: element k - 1 is the score at k. O(n K).
/// @throws std::invalid_argument for graphs of different n.
template <executor Executor = threads>
std::vector<score> similarity_curve(const neighbor_graph& x, const neighbor_graph& y,
                                    const Executor& execute = {}) {
  detail::check_graphs(x, y);
  const Eigen::Index depth = std::min(x.depth(), y.depth());
  std::vector<overlap_tally> whole = detail::empty_tallies(depth);
  detail::add_blocks(whole, execute, x.size(), detail::tally_rows(depth),
                     [&](auto first, auto last) { return tally_overlaps(x, y, first, last); });
  return detail::to_scores(whole);
}

/// All scores of two matrices at k, one row per item, the same items in the same order: n x dx and n x dy. k
/// is in [1, n - 1]. `search_x`, `search_y`: a metric or a builder for each. Cost: two graphs, or less where
/// k is large and no graph is needed. To score more than one k, build the graphs once.
/// @throws std::invalid_argument as build_graph, with the name of the matrix, x or y, in front.
template <class X, class Y, search_method SearchX, search_method SearchY, executor Executor = threads>
score compare(const Eigen::MatrixBase<X>& x, const Eigen::MatrixBase<Y>& y, Eigen::Index k,
              const SearchX& search_x, const SearchY& search_y, const Executor& execute = {}) {
  if constexpr (metric<SearchX> && metric<SearchY>)
    if (k < x.rows() && detail::sets_are_faster(x.rows(), x.cols(), y.cols(), k))
      return detail::to_score(detail::tally_sets(x, y, k, search_x, search_y, execute));
  const auto [graph_x, graph_y] = build_graphs(x, y, k, search_x, search_y, execute);
  return compare(graph_x, graph_y, k, execute);
}
/// The same search for both.
template <class X, class Y, search_method Search = euclidean, executor Executor = threads>
score compare(const Eigen::MatrixBase<X>& x, const Eigen::MatrixBase<Y>& y, Eigen::Index k,
              const Search& search = {}, const Executor& execute = {}) {
  return compare(x, y, k, search, search, execute);
}

/// NNGS of two matrices at k. As `compare`.
template <class X, class Y, search_method SearchX, search_method SearchY, executor Executor = threads>
double similarity(const Eigen::MatrixBase<X>& x, const Eigen::MatrixBase<Y>& y, Eigen::Index k,
                  const SearchX& search_x, const SearchY& search_y, const Executor& execute = {}) {
  return compare(x, y, k, search_x, search_y, execute).jaccard;
}
/// The same search for both.
template <class X, class Y, search_method Search = euclidean, executor Executor = threads>
double similarity(const Eigen::MatrixBase<X>& x, const Eigen::MatrixBase<Y>& y, Eigen::Index k,
                  const Search& search = {}, const Executor& execute = {}) {
  return compare(x, y, k, search, search, execute).jaccard;
}

/// The mean overlap o / k of two matrices at k. As `compare`.
template <class X, class Y, search_method SearchX, search_method SearchY, executor Executor = threads>
double overlap(const Eigen::MatrixBase<X>& x, const Eigen::MatrixBase<Y>& y, Eigen::Index k,
               const SearchX& search_x, const SearchY& search_y, const Executor& execute = {}) {
  return compare(x, y, k, search_x, search_y, execute).overlap;
}
/// The same search for both.
template <class X, class Y, search_method Search = euclidean, executor Executor = threads>
double overlap(const Eigen::MatrixBase<X>& x, const Eigen::MatrixBase<Y>& y, Eigen::Index k,
               const Search& search = {}, const Executor& execute = {}) {
  return compare(x, y, k, search, search, execute).overlap;
}

/// The scores of two matrices at every k = 1 .. n - 1, row by row with no graph kept: O(n) memory a row in
/// work. Time O(n^2 (d + log n)).
/// @throws std::invalid_argument as build_graph, with the name of the matrix, x or y, in front.
template <class X, class Y, metric MetricX, metric MetricY, executor Executor = threads>
std::vector<score> similarity_curve(const Eigen::MatrixBase<X>& x, const Eigen::MatrixBase<Y>& y,
                                    const MetricX& metric_x, const MetricY& metric_y,
                                    const Executor& execute = {}) {
  const detail::search::paired_search ready(x, y, 1, metric_x, metric_y);
  const Eigen::Index n = x.rows();
  const auto search_x = detail::search::make_search(ready.x.values, ready.x.metric,
                                                    detail::base::best_instruction_set(), execute);
  const auto search_y = detail::search::make_search(ready.y.values, ready.y.metric,
                                                    detail::base::best_instruction_set(), execute);

  std::vector<overlap_tally> whole = detail::empty_tallies(n - 1);
  detail::add_blocks(
      whole, execute, n, detail::search::block_rows(n, x.cols() + y.cols()),
      [&](auto first, auto last) { return detail::tally_every_k(search_x, search_y, n, first, last); });
  return detail::to_scores(whole);
}
/// The same metric for both.
template <class X, class Y, metric Metric = euclidean, executor Executor = threads>
std::vector<score> similarity_curve(const Eigen::MatrixBase<X>& x, const Eigen::MatrixBase<Y>& y,
                                    const Metric& metric = {}, const Executor& execute = {}) {
  return similarity_curve(x, y, metric, metric, execute);
}

}  // namespace NNGS_VERSION_NAMESPACE
}  // namespace nngs

#endif
