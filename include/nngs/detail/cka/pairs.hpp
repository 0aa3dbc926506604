// SPDX-License-Identifier: MIT
#ifndef NNGS_DETAIL_CKA_PAIRS_HPP
#define NNGS_DETAIL_CKA_PAIRS_HPP

#include <Eigen/Core>
#include <algorithm>
#include <cstddef>
#include <vector>

#include "nngs/detail/base/blocks.hpp"
#include "nngs/detail/base/compiled.hpp"
#include "nngs/detail/base/function_ref.hpp"
#include "nngs/detail/base/instruction_set.hpp"
#include "nngs/detail/cka/hsic.hpp"
#include "nngs/detail/cka/panels.hpp"
#include "nngs/version.hpp"

// Sums over all pairs of items of two kernels, which are evaluated block by block and never stored whole.
//
// Items are cut into strips. Each pair of strips is one piece of work with its own place for what it adds up,
// and the places are added in order: the same bits for any number of threads.

namespace nngs {
inline namespace NNGS_VERSION_NAMESPACE {
namespace detail::cka {

/// Items a strip: as many as make no more than 32 strips, whose row sums take 512 bytes an item.
inline Eigen::Index strip_edge(Eigen::Index n) { return base::divided_up(n, 32 * block_edge) * block_edge; }

/// Calls body(index of the pair, i, j) for all pairs of strips i >= j.
template <class Body>
void for_each_strip_pair(base::executor_ref execute, Eigen::Index strips, const Body& body) {
  execute(strips * (strips + 1) / 2, [&](Eigen::Index pair) {
    Eigen::Index i = 0;
    while ((i + 1) * (i + 2) / 2 <= pair) ++i;
    body(pair, i, pair - i * (i + 1) / 2);
  });
}

/// Calls body(block) for the blocks of pairs of items i > j of two strips.
template <class Body>
void for_each_block_of(Eigen::Index n, Eigen::Index edge, Eigen::Index strip_i, Eigen::Index strip_j,
                       const Body& body) {
  const Eigen::Index end_i = std::min(n, (strip_i + 1) * edge), end_j = std::min(n, (strip_j + 1) * edge);
  for (Eigen::Index row = strip_i * edge; row < end_i; row += block_edge)
    for (Eigen::Index column = strip_j * edge; column < end_j && column <= row; column += block_edge)
      body(block{row, column, std::min(block_edge, end_i - row), std::min(block_edge, end_j - column),
                 row == column});
}

/// The rows of column j of a block that are of interest, from a whole panel on: [first, last), and those that
/// padding and the upper triangle add, set to zero.
struct column_range {
  Eigen::Index first, count;
};
inline column_range clear_outside(const block& part, block_entries& entries, Eigen::Index j) {
  double* column = entries.column(j);
  const Eigen::Index first = part.lower ? j / panel_width * panel_width : 0;
  if (part.lower) std::fill(column + first, column + std::min(j + 1, entries.height()), 0.0);
  std::fill(column + part.rows, column + entries.height(), 0.0);
  return {first, entries.height() - first};
}

/// Gives a block of a kernel; what lies above the diagonal and beyond the items does not matter.
using block_source = base::function_ref<void(const block& part, block_entries& entries)>;

/// The sums of two kernels over all pairs of items; the diagonals are left to the caller. Memory: 1 KiB an
/// item at most and a fixed part for each thread.
inline hsic_sums sum_pairs(Eigen::Index n, block_source x, block_source y, base::instruction_set instructions,
                           base::executor_ref execute) {
  const Eigen::Index edge = strip_edge(n), strips = base::divided_up(n, edge);
  const Eigen::Index padded = whole_tiles(n);
  const auto add_column = base::compiled<column_sums>(instructions);
  // Column s: what the items of strip s add to the row sums of all.
  Eigen::MatrixXd sums_x = Eigen::MatrixXd::Zero(padded, strips), sums_y = sums_x;
  std::vector<pair_totals> totals(static_cast<std::size_t>(strips * (strips + 1) / 2));
  for_each_strip_pair(execute, strips, [&](Eigen::Index pair, Eigen::Index i, Eigen::Index j) {
    pair_totals total;
    block_entries entries_x, entries_y;
    for_each_block_of(n, edge, i, j, [&](const block& part) {
      x(part, entries_x);
      y(part, entries_y);
      for (Eigen::Index c = 0; c < part.columns; ++c) {
        clear_outside(part, entries_x, c);
        const auto [first, count] = clear_outside(part, entries_y, c);
        const column_totals column =
            add_column(entries_x.column(c) + first, entries_y.column(c) + first, count, total,
                       &sums_x(part.row + first, j), &sums_y(part.row + first, j));
        sums_x(part.column + c, i) += column.x;
        sums_y(part.column + c, i) += column.y;
      }
    });
    totals[static_cast<std::size_t>(pair)] = total;
  });
  hsic_sums sums;
  for (const pair_totals& total : totals) sums.pairs += total;
  sums.pairs = {2 * sums.pairs.xy, 2 * sums.pairs.xx, 2 * sums.pairs.yy};
  sums.x.rows = sums_x.topRows(n).rowwise().sum();
  sums.y.rows = sums_y.topRows(n).rowwise().sum();
  return sums;
}

}  // namespace detail::cka
}  // namespace NNGS_VERSION_NAMESPACE
}  // namespace nngs

#endif
