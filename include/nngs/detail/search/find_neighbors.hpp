// SPDX-License-Identifier: MIT
#ifndef NNGS_DETAIL_SEARCH_FIND_NEIGHBORS_HPP
#define NNGS_DETAIL_SEARCH_FIND_NEIGHBORS_HPP

#include <Eigen/Core>
#include <algorithm>
#include <numeric>
#include <optional>
#include <span>
#include <type_traits>
#include <vector>

#include "nngs/detail/base/blocks.hpp"
#include "nngs/detail/base/instruction_set.hpp"
#include "nngs/detail/search/all_pairs.hpp"
#include "nngs/detail/search/by_keys.hpp"
#include "nngs/detail/search/by_products.hpp"
#include "nngs/detail/search/duplicates.hpp"
#include "nngs/detail/search/input.hpp"
#include "nngs/detail/search/neighbor_lists.hpp"
#include "nngs/detail/search/plan.hpp"
#include "nngs/detail/search/point_distance.hpp"
#include "nngs/detail/search/tree.hpp"
#include "nngs/metric.hpp"
#include "nngs/points.hpp"
#include "nngs/tie_order.hpp"
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
    return by_keys<search_metric>(input.values, input.metric, neighbor_order{&input.ties});
}

inline std::vector<Eigen::Index> row_range(Eigen::Index first, Eigen::Index last) {
  std::vector<Eigen::Index> rows(static_cast<std::size_t>(last - first));
  std::iota(rows.begin(), rows.end(), first);
  return rows;
}

/// How all lists of a matrix are searched.
enum class way { all_pairs, tree };

/// The lists of all rows by one way.
template <class Scalar, metric Metric>
neighbor_lists search_all(way by, const search_input<Scalar, Metric>& input, Eigen::Index k,
                          base::instruction_set instructions, base::executor_ref execute) {
  const Eigen::Index n = input.values.rows(), d = input.values.cols();
  neighbor_lists lists(n, k);
  if constexpr (tree_metric<Metric>)
    if (by == way::tree) {
      search_tree(input.values, input.metric, {&input.ties}, k, execute, lists);
      return lists;
    }
  const auto search = make_search(input, instructions, execute);
  const Eigen::Index depth = std::min(k + 1, n - 1);  // one more than asked for tells ties
  const auto set = [&](Eigen::Index row, std::span<const ranked> nearest) { lists.set(row, nearest); };
  if (join_is_faster(n, d, depth))
    search.join(depth, execute, set);
  else
    base::for_each_block(execute, n, block_rows(n, d), [&](Eigen::Index first, Eigen::Index last) {
      search.rows(row_range(first, last), depth, set);
    });
  return lists;
}

/// The same where many rows repeat.
template <class Scalar, metric Metric>
neighbor_lists search_distinct(way by, const search_input<Scalar, Metric>& input, Eigen::Index k,
                               base::instruction_set instructions, base::executor_ref execute) {
  using scalar = typename search_input<Scalar, Metric>::scalar;
  const Eigen::Index n = input.values.rows(), depth = std::min(k + 1, n - 1);
  const row_groups groups(input.values, input.ties);
  row_major<scalar> rows(groups.count(), input.values.cols());
  for (Eigen::Index group = 0; group < groups.count(); ++group)
    rows.row(group) = input.values.row(groups.items(static_cast<std::size_t>(group)).front());
  const points<scalar> distinct(rows);
  std::optional<neighbor_lists> near;
  if (groups.count() > 1) {
    using search_metric = std::remove_cvref_t<decltype(input.metric)>;
    const search_input<scalar, search_metric> fewer(distinct, input.metric, tie_order::by_index());
    near = search_all(by, fewer, std::min(depth, groups.count() - 1), instructions, execute);
  }
  neighbor_lists lists(n, k);
  const auto key = [&](std::size_t a, std::size_t b) {
    return key_of(input.metric, distinct.row(static_cast<Eigen::Index>(a)).template cast<double>(),
                  distinct.row(static_cast<Eigen::Index>(b)).template cast<double>());
  };
  set_lists(groups, near ? &*near : nullptr, input.ties, depth, key, execute, lists);
  return lists;
}

/// The k nearest others of every row. Points as a builder gets them.
/// @throws input_error as `search_input`, and by a tree for more columns than nanoflann can count.
template <class Scalar, metric Metric>
neighbor_lists find_neighbors(way by, const points<Scalar>& values, const Metric& metric, tie_order ties,
                              Eigen::Index k, base::instruction_set instructions,
                              base::executor_ref execute) {
  if (by == way::tree) check_tree_columns(values.cols());
  const search_input<Scalar, Metric> input(values, metric, ties);
  if (many_rows_repeat(input.values)) return search_distinct(by, input, k, instructions, execute);
  return search_all(by, input, k, instructions, execute);
}

/// The way that is fastest for this shape.
template <metric Metric>
way fastest_way(Eigen::Index n, Eigen::Index dimensions, Eigen::Index k) {
  return tree_metric<Metric> && tree_is_faster(n, dimensions, k) ? way::tree : way::all_pairs;
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
