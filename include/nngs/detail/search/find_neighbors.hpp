// SPDX-License-Identifier: MIT
#ifndef NNGS_DETAIL_SEARCH_FIND_NEIGHBORS_HPP
#define NNGS_DETAIL_SEARCH_FIND_NEIGHBORS_HPP

#include <Eigen/Core>
#include <algorithm>
#include <concepts>
#include <numeric>
#include <span>
#include <type_traits>
#include <vector>

#include "nngs/detail/base/blocks.hpp"
#include "nngs/detail/base/instruction_set.hpp"
#include "nngs/detail/search/all_pairs.hpp"
#include "nngs/detail/search/by_integers.hpp"
#include "nngs/detail/search/by_keys.hpp"
#include "nngs/detail/search/by_products.hpp"
#include "nngs/detail/search/duplicates.hpp"
#include "nngs/detail/search/given_points.hpp"
#include "nngs/detail/search/input.hpp"
#include "nngs/detail/search/integer_screen.hpp"
#include "nngs/detail/search/neighbor_lists.hpp"
#include "nngs/detail/search/neighbor_order.hpp"
#include "nngs/detail/search/plan.hpp"
#include "nngs/detail/search/point_distance.hpp"
#include "nngs/detail/search/tree.hpp"
#include "nngs/metric.hpp"
#include "nngs/tie_order.hpp"
#include "nngs/version.hpp"

// The door to the searches: all lists of a matrix by the way that the plan says is fastest, or those of some
// rows.

namespace nngs {
inline namespace NNGS_VERSION_NAMESPACE {
namespace detail::search {

/// The search of all pairs that suits the metric. `input` has to outlive it.
template <metric Metric>
auto make_search(const search_input<Metric>& input, [[maybe_unused]] base::instruction_set instructions,
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

/// Sets the lists of all rows of an n x d matrix.
inline void search_all_pairs(const all_pairs& search, Eigen::Index n, Eigen::Index d,
                             base::executor_ref execute, neighbor_lists& lists) {
  const Eigen::Index depth = std::min(lists.depth() + 1, n - 1);  // one more than asked for tells ties
  const auto set = [&](Eigen::Index row, std::span<const ranked> nearest) { lists.set(row, nearest); };
  if (join_is_faster(n, d, depth)) return search.join(depth, execute, set);
  base::for_each_block(execute, n, search.block_rows(), [&](Eigen::Index first, Eigen::Index last) {
    search.rows(row_range(first, last), depth, set);
  });
}

/// The same by whole numbers, where these are faster; returns whether they are.
template <metric Metric>
bool join_by_integers(const search_input<Metric>& input, base::instruction_set instructions,
                      base::executor_ref execute, neighbor_lists& lists) {
  const Eigen::Index n = input.values.rows(), d = input.values.cols();
  const Eigen::Index depth = std::min(lists.depth() + 1, n - 1);
  if (instructions < base::instruction_set::avx512vnni || d > most_integer_coordinates) return false;
  const bool are_floats = input.values.are_floats();
  const bool at_best = integers_are_faster(n, d, depth, static_cast<double>(depth), are_floats);
  if (!at_best || !join_is_faster(n, d, depth)) return false;
  const by_integers search(input, instructions, execute);
  if (!integers_are_faster(n, d, depth, search.candidates(depth), are_floats)) return false;
  search.join(depth, execute,
              [&](Eigen::Index row, std::span<const ranked> nearest) { lists.set(row, nearest); });
  return true;
}

/// The lists of all rows by one way.
template <metric Metric>
neighbor_lists search_all(way by, const search_input<Metric>& input, Eigen::Index k,
                          base::instruction_set instructions, base::executor_ref execute) {
  const Eigen::Index n = input.values.rows(), d = input.values.cols();
  neighbor_lists lists(n, k);
  if constexpr (tree_metric<Metric>)
    if (by == way::tree) {
      search_tree(input.values, input.metric, {&input.ties}, k, execute, lists);
      return lists;
    }
  if constexpr (std::same_as<std::remove_cvref_t<decltype(input.metric)>, euclidean>)
    if (join_by_integers(input, instructions, execute, lists)) return lists;
  search_all_pairs(make_search(input, instructions, execute), n, d, execute, lists);
  return lists;
}

/// The same where many rows repeat.
template <metric Metric>
neighbor_lists search_distinct(way by, const search_input<Metric>& input, Eigen::Index k,
                               base::instruction_set instructions, base::executor_ref execute) {
  using search_metric = std::remove_cvref_t<decltype(input.metric)>;
  const row_groups groups(input.values, input.ties);
  const given_points distinct = input.values.only(groups.first_items());
  const auto set_keys_of = [&](std::size_t group, std::span<candidate> others) {
    set_keys(input.metric, distinct, static_cast<Eigen::Index>(group), others);
  };
  neighbor_lists near(groups.count(), 0);
  if (groups.count() > 1) {
    const search_input<search_metric> fewer(distinct, input.metric, tie_order::by_index());
    const Eigen::Index depth = std::min({k + 1, input.values.rows() - 1, groups.count() - 1});
    near = search_all(by, fewer, depth, instructions, execute);
  }
  neighbor_lists lists(input.values.rows(), k);
  base::for_each_block(execute, groups.count(), told_groups, [&](Eigen::Index first, Eigen::Index last) {
    item_lists items(groups, near, input.ties, set_keys_of, lists);
    for (Eigen::Index group = first; group < last; ++group) items.set(static_cast<std::size_t>(group));
  });
  return lists;
}

/// The k nearest others of every row. Points as a builder gets them.
/// @throws input_error as `search_input`, and by a tree for more columns than nanoflann can count.
template <metric Metric>
neighbor_lists find_neighbors(way by, const given_points& values, const Metric& metric, tie_order ties,
                              Eigen::Index k, base::instruction_set instructions,
                              base::executor_ref execute) {
  if (by == way::tree) check_tree_columns(values.cols());
  const search_input<Metric> input(values, metric, ties);
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
template <metric Metric>
void search_rows(const search_input<Metric>& input, std::span<const Eigen::Index> rows, Eigen::Index depth,
                 base::executor_ref execute, use_list use) {
  const auto search = make_search(input, base::best_instruction_set(), execute);
  const auto n = static_cast<Eigen::Index>(rows.size());
  base::for_each_block(execute, n, search.block_rows(), [&](Eigen::Index first, Eigen::Index last) {
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
