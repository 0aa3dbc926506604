// SPDX-License-Identifier: MIT
#ifndef NNGS_DETAIL_ROW_TALLIES_HPP
#define NNGS_DETAIL_ROW_TALLIES_HPP

#include <Eigen/Core>
#include <algorithm>
#include <span>
#include <utility>
#include <vector>

#include "nngs/build_graph.hpp"
#include "nngs/detail/base/function_ref.hpp"
#include "nngs/detail/base/instruction_set.hpp"
#include "nngs/detail/base/sentence.hpp"
#include "nngs/detail/overlap_counter.hpp"
#include "nngs/detail/search/all_pairs.hpp"
#include "nngs/detail/search/find_neighbors.hpp"
#include "nngs/detail/search/input.hpp"
#include "nngs/detail/search/neighbor_lists.hpp"
#include "nngs/detail/search/neighbor_set.hpp"
#include "nngs/detail/search/plan.hpp"
#include "nngs/error.hpp"
#include "nngs/executor.hpp"
#include "nngs/metric.hpp"
#include "nngs/neighbor_graph.hpp"
#include "nngs/tally.hpp"
#include "nngs/version.hpp"

// Tallies straight from two matrices, row by row, where no graph need be kept.

namespace nngs {
inline namespace NNGS_VERSION_NAMESPACE {
namespace detail {

/// The search that looks at every pair of a checked matrix.
template <class Ready>
auto every_pair_of(const Ready& ready, base::executor_ref execute) {
  return search::make_search(ready, base::best_instruction_set(), execute);
}

/// The tally of n items at one k from sets of neighbours in no order.
inline overlap_tally tally_sets_of(const search::all_pairs& x, const search::all_pairs& y, Eigen::Index n,
                                   Eigen::Index k, base::executor_ref execute) {
  return sum_blocks(overlap_tally(k), execute, 0, n, std::min(x.block_rows(), y.block_rows()),
                    [&](Eigen::Index first, Eigen::Index last, overlap_tally& part) {
                      const std::vector<Eigen::Index> rows = search::row_range(first, last);
                      std::vector<search::neighbor_set> sets_x;
                      x.sets(rows, k,
                             [&](Eigen::Index, const search::neighbor_set& near) { sets_x.push_back(near); });
                      y.sets(rows, k, [&](Eigen::Index row, const search::neighbor_set& near) {
                        const search::neighbor_set& other = sets_x[static_cast<std::size_t>(row - first)];
                        part.add(near.shared(other), other.tied, near.tied);
                      });
                    });
}
/// The same of two matrices.
template <class X, class Y, class SearchX, class SearchY>
overlap_tally tally_sets(const Eigen::MatrixBase<X>& x, const Eigen::MatrixBase<Y>& y, Eigen::Index k,
                         const SearchX& search_x, const SearchY& search_y, base::executor_ref execute) {
  const search::input_pair ready(x, y, k, search_x, search_y);
  return tally_sets_of(every_pair_of(ready.x, execute), every_pair_of(ready.y, execute), x.rows(), k,
                       execute);
}

/// The lists of the rows [first, last) at every k.
inline neighbor_graph whole_lists(const search::all_pairs& pairs, Eigen::Index first, Eigen::Index last,
                                  Eigen::Index n) {
  search::neighbor_lists lists(last - first, n - 1);
  pairs.rows(search::row_range(first, last), n - 1,
             [&](Eigen::Index row, const auto& nearest) { lists.set(row - first, nearest); });
  return neighbor_graph(std::move(lists));
}

/// The tallies of n items at k = 1 .. n - 1. Memory: some 26 n bytes a row of a block.
inline std::vector<overlap_tally> tally_every_k_of(const search::all_pairs& x, const search::all_pairs& y,
                                                   Eigen::Index n, base::executor_ref execute) {
  const Eigen::Index per_block = search::ordered_block_rows(n, std::min(x.block_rows(), y.block_rows()));
  return sum_blocks(empty_tallies(n - 1), execute, 0, n, per_block,
                    [&](Eigen::Index first, Eigen::Index last, std::vector<overlap_tally>& part) {
                      const neighbor_graph lists_x = whole_lists(x, first, last, n),
                                           lists_y = whole_lists(y, first, last, n);
                      overlap_counter counter(n);
                      for (Eigen::Index row = 0; row < last - first; ++row)
                        add_item(part, counter, lists_x, lists_y, row);
                    });
}
/// The same of two matrices.
template <class X, class Y, class SearchX, class SearchY>
std::vector<overlap_tally> tally_every_k(const Eigen::MatrixBase<X>& x, const Eigen::MatrixBase<Y>& y,
                                         const SearchX& search_x, const SearchY& search_y,
                                         base::executor_ref execute) {
  const search::input_pair ready(x, y, 1, search_x, search_y);
  return tally_every_k_of(every_pair_of(ready.x, execute), every_pair_of(ready.y, execute), x.rows(),
                          execute);
}

/// Given rows in ascending order.
inline std::vector<Eigen::Index> sorted_rows(std::span<const Eigen::Index> rows, Eigen::Index n) {
  std::vector<Eigen::Index> sorted(rows.begin(), rows.end());
  std::sort(sorted.begin(), sorted.end());
  if (!sorted.empty() && (sorted.front() < 0 || sorted.back() >= n))
    throw input_error(base::sentence(
        {"row ", sorted.front() < 0 ? sorted.front() : sorted.back(), " is not in [0, ", n, ")"}));
  const auto twice = std::adjacent_find(sorted.begin(), sorted.end());
  if (twice != sorted.end())
    throw input_error(base::sentence({"row ", *twice, " is given twice: each counts once"}));
  return sorted;
}

/// Calls use(counter, lists of x, lists of y) with the neighbour lists of the given rows alone, in ascending
/// order of the rows. (Not by nearest_lists: a matrix in memory needs no keys to add up pieces by, and
/// without them lists of n - 1 take a sixth of the time.)
template <class X, class Y, class SearchX, class SearchY, executor Executor, class Use>
auto with_lists_of_rows(const Eigen::MatrixBase<X>& x, const Eigen::MatrixBase<Y>& y,
                        std::span<const Eigen::Index> rows, Eigen::Index depth, const SearchX& search_x,
                        const SearchY& search_y, const Executor& execute, const Use& use) {
  const search::input_pair ready(x, y, depth, search_x, search_y);
  const Eigen::Index n = x.rows();
  const std::vector<Eigen::Index> sorted = sorted_rows(rows, n);
  const auto lists_of = [&](const auto& matrix) {
    search::neighbor_lists lists(static_cast<Eigen::Index>(sorted.size()), depth);
    search::search_rows(matrix, sorted, std::min(depth + 1, n - 1), execute,
                        [&](Eigen::Index position, const auto& nearest) { lists.set(position, nearest); });
    return neighbor_graph(std::move(lists));
  };
  const neighbor_graph lists_x = lists_of(ready.x), lists_y = lists_of(ready.y);
  overlap_counter counter(n);
  return use(counter, lists_x, lists_y);
}

/// The tally of the given rows alone at one k.
template <class X, class Y, class SearchX, class SearchY, executor Executor>
overlap_tally tally_rows(const Eigen::MatrixBase<X>& x, const Eigen::MatrixBase<Y>& y,
                         std::span<const Eigen::Index> rows, Eigen::Index k, const SearchX& search_x,
                         const SearchY& search_y, const Executor& execute) {
  return with_lists_of_rows(x, y, rows, k, search_x, search_y, execute,
                            [&](overlap_counter& counter, const auto& lists_x, const auto& lists_y) {
                              overlap_tally whole(k);
                              for (Eigen::Index at = 0; at < lists_x.size(); ++at)
                                whole.add(counter.shared(lists_x.neighbors(at), lists_y.neighbors(at)),
                                          lists_x.tied(at, k), lists_y.tied(at, k));
                              return whole;
                            });
}

/// The tallies of the given rows alone at k = 1 .. depth.
template <class X, class Y, class SearchX, class SearchY, executor Executor>
std::vector<overlap_tally> tally_rows_curve(const Eigen::MatrixBase<X>& x, const Eigen::MatrixBase<Y>& y,
                                            std::span<const Eigen::Index> rows, Eigen::Index depth,
                                            const SearchX& search_x, const SearchY& search_y,
                                            const Executor& execute) {
  return with_lists_of_rows(x, y, rows, depth, search_x, search_y, execute,
                            [&](overlap_counter& counter, const auto& lists_x, const auto& lists_y) {
                              std::vector<overlap_tally> whole = empty_tallies(depth);
                              for (Eigen::Index at = 0; at < lists_x.size(); ++at)
                                add_item(whole, counter, lists_x, lists_y, at);
                              return whole;
                            });
}

}  // namespace detail
}  // namespace NNGS_VERSION_NAMESPACE
}  // namespace nngs

#endif
