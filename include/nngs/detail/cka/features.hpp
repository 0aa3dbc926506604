// SPDX-License-Identifier: MIT
#ifndef NNGS_DETAIL_CKA_FEATURES_HPP
#define NNGS_DETAIL_CKA_FEATURES_HPP

#include <Eigen/Core>
#include <algorithm>
#include <vector>

#include "nngs/detail/base/blocks.hpp"
#include "nngs/detail/cka/pairs.hpp"
#include "nngs/detail/cka/panels.hpp"
#include "nngs/executor.hpp"
#include "nngs/version.hpp"

namespace nngs {
inline namespace NNGS_VERSION_NAMESPACE {
namespace detail::cka {

/// The sum of squares of a block; a lower one stands for both halves of a symmetric matrix.
inline double sum_of_squares(const block& part, block_entries& entries) {
  double sum = 0;
  for (Eigen::Index j = 0; j < part.columns; ++j) {
    const Eigen::Map<const Eigen::VectorXd> column(entries.column(j), part.rows);
    sum += part.lower ? 2 * column.tail(part.rows - j).squaredNorm() - column[j] * column[j]
                      : column.squaredNorm();
  }
  return sum;
}

/// ||X'Y||^2, ||X'X||^2 and ||Y'Y||^2 of two matrices whose columns are given. Blocks of products are squared
/// and forgotten; of the symmetric ones half is evaluated.
template <executor Executor>
pair_totals squared_feature_products(const double_panels& x, const double_panels& y,
                                     const double_loops& loops, const Executor& execute) {
  struct piece {
    const double_panels &rows, &columns;
    block part;
    double pair_totals::*total;
    double weight;
  };
  std::vector<piece> pieces;
  // Large blocks read less, small ones leave work for every thread.
  Eigen::Index edge = block_edge;
  while (edge > 2 * tile_rows && base::divided_up(x.count(), edge) + base::divided_up(y.count(), edge) < 6)
    edge /= 2;
  const auto cut = [&](const double_panels& rows, const double_panels& columns, double pair_totals::*total,
                       bool symmetric) {
    for (Eigen::Index row = 0; row < rows.count(); row += edge)
      for (Eigen::Index column = 0; column < (symmetric ? row + 1 : columns.count()); column += edge)
        pieces.push_back({rows,
                          columns,
                          {row, column, std::min(edge, rows.count() - row),
                           std::min(edge, columns.count() - column), symmetric && row == column},
                          total,
                          symmetric && row != column ? 2.0 : 1.0});
  };
  cut(x, y, &pair_totals::xy, false);
  cut(x, x, &pair_totals::xx, true);
  cut(y, y, &pair_totals::yy, true);

  std::vector<double> sums(pieces.size());
  execute(static_cast<Eigen::Index>(pieces.size()), [&](Eigen::Index index) {
    const piece& one = pieces[static_cast<std::size_t>(index)];
    block_entries products;
    multiply(one.rows, one.columns, one.part, loops, products);
    sums[static_cast<std::size_t>(index)] = one.weight * sum_of_squares(one.part, products);
  });
  pair_totals whole;
  for (std::size_t index = 0; index < pieces.size(); ++index) whole.*pieces[index].total += sums[index];
  return whole;
}

}  // namespace detail::cka
}  // namespace NNGS_VERSION_NAMESPACE
}  // namespace nngs

#endif
