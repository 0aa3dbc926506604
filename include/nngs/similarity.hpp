// SPDX-License-Identifier: MIT
#ifndef NNGS_SIMILARITY_HPP
#define NNGS_SIMILARITY_HPP

#include <Eigen/Core>
#include <algorithm>
#include <utility>
#include <vector>

#include "nngs/build_graph.hpp"
#include "nngs/detail/build_graphs.hpp"
#include "nngs/detail/no_matrix.hpp"
#include "nngs/detail/row_tallies.hpp"
#include "nngs/detail/search/metric_requirements.hpp"
#include "nngs/detail/search/plan.hpp"
#include "nngs/executor.hpp"
#include "nngs/metric.hpp"
#include "nngs/neighbor_graph.hpp"
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
                            ///< known: lists found elsewhere tell ties only by their distances
  Eigen::Index tied_in_both = 0;  ///< items tied in both graphs, where ties weigh most

  friend bool operator==(const score&, const score&) = default;
};

/// The scores of the items that a tally counted; NaN for none.
inline score to_score(const overlap_tally& tally) noexcept {
  return {.k = tally.k(),
          .jaccard = tally.mean_jaccard(),
          .overlap = tally.mean_overlap(),
          .tied_items = tally.tied_items(),
          .tied_in_both = tally.tied_in_both()};
}

/// The same of several tallies, in their order.
inline std::vector<score> to_score_curve(const std::vector<overlap_tally>& tallies) {
  std::vector<score> curve;
  curve.reserve(tallies.size());
  for (const overlap_tally& tally : tallies) curve.push_back(to_score(tally));
  return curve;
}

/// All scores of two graphs at k. Time O(n k), memory 4 n bytes a thread.
/// @throws input_error for graphs of different n and for k not in [1, both depths].
template <executor Executor = threads>
score compare(const neighbor_graph& x, const neighbor_graph& y, Eigen::Index k,
              const Executor& execute = {}) {
  return to_score(tally(x, y, detail::every_item(x), k, execute));
}

/// NNGS of two graphs at k: the mean Jaccard similarity of their neighbour sets. Cost and errors are those of
/// `compare`.
template <executor Executor = threads>
double similarity(const neighbor_graph& x, const neighbor_graph& y, Eigen::Index k,
                  const Executor& execute = {}) {
  return compare(x, y, k, execute).jaccard;
}

/// The mean overlap o / k of two graphs at k. Cost and errors are those of `compare`.
template <executor Executor = threads>
double overlap(const neighbor_graph& x, const neighbor_graph& y, Eigen::Index k,
               const Executor& execute = {}) {
  return compare(x, y, k, execute).overlap;
}

/// The scores at k = 1 .. K, the smaller depth, in one pass: element k - 1 is the score at k. Time O(n K),
/// memory 4 n + 100 K bytes a thread.
/// @throws input_error for graphs of different n.
template <executor Executor = threads>
std::vector<score> similarity_curve(const neighbor_graph& x, const neighbor_graph& y,
                                    const Executor& execute = {}) {
  return to_score_curve(tally_curve(x, y, detail::every_item(x), execute));
}

/// The Jaccard similarity of each item's two neighbour sets at k, in [0, 1]: which items moved? Time O(n k),
/// memory 4 n bytes a thread.
/// @throws input_error for graphs of different n and for k not in [1, both depths].
template <executor Executor = threads>
Eigen::VectorXd item_similarity(const neighbor_graph& x, const neighbor_graph& y, Eigen::Index k,
                                const Executor& execute = {}) {
  const std::vector<Eigen::Index> shared = shared_neighbors(x, y, detail::every_item(x), k, execute);
  Eigen::VectorXd similarities(x.size());
  for (Eigen::Index item = 0; item < x.size(); ++item)
    similarities[item] = jaccard(shared[static_cast<std::size_t>(item)], k);
  return similarities;
}

/// All scores of two matrices at k, one row per item, the same items in the same order: n x dx and n x dy. k
/// is in [1, n - 1]. `search_x`, `search_y`: a metric or a builder for each. Cost: two graphs, or less where
/// k is large and no graph is needed. To score more than one k, build the graphs once.
/// @throws input_error for different numbers of rows, and where build_graph does, with the matrix, x or y.
template <class X, class Y, class SearchX, class SearchY, executor Executor = threads>
requires(!executor<SearchY>) score
    compare(const Eigen::MatrixBase<X>& x, const Eigen::MatrixBase<Y>& y, Eigen::Index k,
            const SearchX& search_x, const SearchY& search_y, const Executor& execute = {}) {
  detail::require_search<SearchX>();
  detail::require_search<SearchY>();
  if constexpr (metric<SearchX> && metric<SearchY>)
    if (k < x.rows() && detail::search::sets_are_faster(x.rows(), x.cols(), y.cols(), k))
      return to_score(detail::tally_sets(x, y, k, search_x, search_y, execute));
  const auto [graph_x, graph_y] = detail::build_graphs(x, y, k, search_x, search_y, execute);
  return compare(graph_x, graph_y, k, execute);
}
/// The same search for both; without one, Euclidean.
template <class X, class Y, class Search = euclidean, executor Executor = threads>
score compare(const Eigen::MatrixBase<X>& x, const Eigen::MatrixBase<Y>& y, Eigen::Index k,
              const Search& search = {}, const Executor& execute = {}) {
  return compare(x, y, k, search, search, execute);
}

/// NNGS of two matrices at k. Arguments, cost and errors are those of `compare`.
template <class X, class Y, class SearchX, class SearchY, executor Executor = threads>
requires(!executor<SearchY>) double similarity(const Eigen::MatrixBase<X>& x, const Eigen::MatrixBase<Y>& y,
                                               Eigen::Index k, const SearchX& search_x,
                                               const SearchY& search_y, const Executor& execute = {}) {
  return compare(x, y, k, search_x, search_y, execute).jaccard;
}
/// The same search for both; without one, Euclidean.
template <class X, class Y, class Search = euclidean, executor Executor = threads>
double similarity(const Eigen::MatrixBase<X>& x, const Eigen::MatrixBase<Y>& y, Eigen::Index k,
                  const Search& search = {}, const Executor& execute = {}) {
  return compare(x, y, k, search, search, execute).jaccard;
}

/// The mean overlap o / k of two matrices at k. Arguments, cost and errors are those of `compare`.
template <class X, class Y, class SearchX, class SearchY, executor Executor = threads>
requires(!executor<SearchY>) double overlap(const Eigen::MatrixBase<X>& x, const Eigen::MatrixBase<Y>& y,
                                            Eigen::Index k, const SearchX& search_x, const SearchY& search_y,
                                            const Executor& execute = {}) {
  return compare(x, y, k, search_x, search_y, execute).overlap;
}
/// The same search for both; without one, Euclidean.
template <class X, class Y, class Search = euclidean, executor Executor = threads>
double overlap(const Eigen::MatrixBase<X>& x, const Eigen::MatrixBase<Y>& y, Eigen::Index k,
               const Search& search = {}, const Executor& execute = {}) {
  return compare(x, y, k, search, search, execute).overlap;
}

/// The scores of two matrices at every k = 1 .. n - 1, row by row with no graph kept. `metric_x`, `metric_y`:
/// a metric for each. Time O(n^2 (d + log n)); memory O(n d), and O(n) for each row in work.
/// @throws input_error for different numbers of rows, and where build_graph does, with the matrix, x or y.
template <class X, class Y, class MetricX, class MetricY, executor Executor = threads>
requires(!executor<MetricY>) std::vector<score> similarity_curve(const Eigen::MatrixBase<X>& x,
                                                                 const Eigen::MatrixBase<Y>& y,
                                                                 const MetricX& metric_x,
                                                                 const MetricY& metric_y,
                                                                 const Executor& execute = {}) {
  detail::search::require_metric<detail::search::metric_in<MetricX>>();
  detail::search::require_metric<detail::search::metric_in<MetricY>>();
  return to_score_curve(detail::tally_every_k(x, y, metric_x, metric_y, execute));
}
/// The same metric for both; without one, Euclidean.
template <class X, class Y, class Metric = euclidean, executor Executor = threads>
std::vector<score> similarity_curve(const Eigen::MatrixBase<X>& x, const Eigen::MatrixBase<Y>& y,
                                    const Metric& metric = {}, const Executor& execute = {}) {
  return similarity_curve(x, y, metric, metric, execute);
}

}  // namespace NNGS_VERSION_NAMESPACE
}  // namespace nngs

#endif
