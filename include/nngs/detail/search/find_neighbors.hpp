// SPDX-License-Identifier: MIT
#ifndef NNGS_DETAIL_SEARCH_FIND_NEIGHBORS_HPP
#define NNGS_DETAIL_SEARCH_FIND_NEIGHBORS_HPP

#include <Eigen/Core>
#include <algorithm>
#include <numeric>
#include <span>
#include <type_traits>
#include <vector>

#include "nngs/detail/base/blocks.hpp"
#include "nngs/detail/base/instruction_set.hpp"
#include "nngs/detail/search/all_pairs.hpp"
#include "nngs/detail/search/by_keys.hpp"
#include "nngs/detail/search/by_products.hpp"
#include "nngs/detail/search/input.hpp"
#include "nngs/detail/search/neighbor_lists.hpp"
#include "nngs/detail/search/plan.hpp"
#include "nngs/detail/search/tree.hpp"
#include "nngs/metric.hpp"
#include "nngs/points.hpp"
#include "nngs/version.hpp"

// The door to the searches: all lists of a matrix by the way that the plan says is fastest, or those of some
// rows.

namespace nngs {
inline namespace NNGS_VERSION_NAMESPACE {
namespace detail::search {

/// The search of all pairs that suits the metric. `input` has to outlive it.
template <class Scalar, metric Metric>
auto make_search(const search_input<Scalar, Metric>& input,
                 [[maybe_unused]] base::instruction_set instructions,
                 [[maybe_unused]] base::executor_ref execute) {
  using search_metric = std::remove_cvref_t<decltype(input.metric)>;
  if constexpr (product_metric<search_metric>)
    return by_products(input, instructions, execute);
  else
    return by_keys<search_metric>(input.values, input.metric);
}

inline std::vector<Eigen::Index> row_range(Eigen::Index first, Eigen::Index last) {
  std::vector<Eigen::Index> rows(static_cast<std::size_t>(last - first));
  std::iota(rows.begin(), rows.end(), first);
  return rows;
}

/// Sets the lists of all rows of an n x d matrix.
inline void search_all(const all_pairs& search, Eigen::Index n, Eigen::Index d, Eigen::Index k,
                       base::executor_ref execute, neighbor_lists& lists) {
  const Eigen::Index depth = std::min(k + 1, n - 1);  // one more than asked for tells ties
  const auto set = [&](Eigen::Index row, std::span<const ranked> nearest) { lists.set(row, nearest); };
  if (join_is_faster(n, d, depth)) return search.join(depth, execute, set);
  base::for_each_block(execute, n, block_rows(n, d), [&](Eigen::Index first, Eigen::Index last) {
    search.rows(row_range(first, last), depth, set);
  });
}

/// The k nearest others of every row, by looking at all pairs. Points as a builder gets them.
/// @throws input_error as `search_input`.
template <class Scalar, metric Metric>
neighbor_lists find_neighbors(const points<Scalar>& values, const Metric& metric, Eigen::Index k,
                              base::instruction_set instructions, base::executor_ref execute) {
  neighbor_lists lists(values.rows(), k);
  const search_input<Scalar, Metric> input(values, metric);
  search_all(make_search(input, instructions, execute), values.rows(), values.cols(), k, execute, lists);
  return lists;
}

/// The same by the way that is fastest for this shape.
template <class Scalar, metric Metric>
neighbor_lists find_neighbors(const points<Scalar>& values, const Metric& metric, Eigen::Index k,
                              base::executor_ref execute) {
  if constexpr (tree_metric<Metric>)
    if (tree_is_faster(values.rows(), values.cols(), k))
      return find_neighbors_by_tree(values, metric, k, execute);
  return find_neighbors(values, metric, k, base::best_instruction_set(), execute);
}

/// Searches the given rows against all of them: use(position in `rows`, neighbours in order) once for each,
/// with its `depth` nearest others, on any thread. Rows are in [0, n).
template <class Scalar, metric Metric>
void search_rows(const search_input<Scalar, Metric>& input, std::span<const Eigen::Index> rows,
                 Eigen::Index depth, base::executor_ref execute, use_list use) {
  const auto search = make_search(input, base::best_instruction_set(), execute);
  const auto n = static_cast<Eigen::Index>(rows.size());
  const Eigen::Index per_block = block_rows(input.values.rows(), input.values.cols());
  base::for_each_block(execute, n, per_block, [&](Eigen::Index first, Eigen::Index last) {
    Eigen::Index position = first;
    const auto block = rows.subspan(static_cast<std::size_t>(first), static_cast<std::size_t>(last - first));
    search.rows(block, depth,
                [&](Eigen::Index, std::span<const ranked> nearest) { use(position++, nearest); });
  });
}

}  // namespace detail::search
}  // namespace NNGS_VERSION_NAMESPACE
}  // namespace nngs

#endif
