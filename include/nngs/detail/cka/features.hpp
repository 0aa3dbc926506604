// SPDX-License-Identifier: MIT
#ifndef NNGS_DETAIL_CKA_FEATURES_HPP
#define NNGS_DETAIL_CKA_FEATURES_HPP

#include <Eigen/Core>
#include <algorithm>
#include <cstddef>
#include <span>
#include <vector>

#include "nngs/detail/base/blocks.hpp"
#include "nngs/detail/base/function_ref.hpp"
#include "nngs/detail/base/instruction_set.hpp"
#include "nngs/detail/cka/panels.hpp"
#include "nngs/version.hpp"

// Squared norms of products of features, |X'Y|^2: linear CKA when there are fewer features than items.

namespace nngs {
inline namespace NNGS_VERSION_NAMESPACE {
namespace detail::cka {

/// X'Y of two matrices whose columns lie in panels; of X'X half is evaluated.
struct feature_product {
  const double_panels& x;
  const double_panels& y;

  bool symmetric() const { return &x == &y; }
};

/// The edge of the blocks of products of dx and dy features: large ones read less, small ones leave work for
/// every thread.
inline Eigen::Index feature_block_edge(Eigen::Index dx, Eigen::Index dy) {
  Eigen::Index edge = block_edge;
  while (edge > 2 * tile_rows && base::divided_up(dx, edge) + base::divided_up(dy, edge) < 6) edge /= 2;
  return edge;
}

/// The sum of squares of a block; a lower one stands for both halves of a symmetric matrix.
inline double sum_of_squares(const block& part, block_entries& entries) {
  double sum = 0;
  for (Eigen::Index j = 0; j < part.columns; ++j) {
    const double* const column = entries.column(j);
    const Eigen::Index first = part.lower ? j : 0;
    const double squares = Eigen::Map<const Eigen::VectorXd>(column + first, part.rows - first).squaredNorm();
    sum += part.lower ? 2 * squares - column[j] * column[j] : squares;
  }
  return sum;
}

/// The squared norm of each product. Blocks of them are squared and forgotten. The edge of the blocks decides
/// the last bits: one for all products that are compared.
inline std::vector<double> squared_norms(std::span<const feature_product> products, Eigen::Index edge,
                                         base::instruction_set instructions, base::executor_ref execute) {
  struct piece {
    std::size_t product;
    block part;
    double weight;
  };
  std::vector<piece> pieces;
  for (std::size_t index = 0; index < products.size(); ++index) {
    const Eigen::Index rows = products[index].x.count(), columns = products[index].y.count();
    const bool symmetric = products[index].symmetric();
    for (Eigen::Index row = 0; row < rows; row += edge)
      for (Eigen::Index column = 0; column < (symmetric ? row + 1 : columns); column += edge) {
        const bool diagonal = symmetric && row == column;
        pieces.push_back(
            {index,
             {row, column, std::min(edge, rows - row), std::min(edge, columns - column), diagonal},
             symmetric && !diagonal ? 2.0 : 1.0});
      }
  }

  std::vector<double> sums(pieces.size());
  execute(static_cast<Eigen::Index>(pieces.size()), [&](Eigen::Index index) {
    const piece& one = pieces[static_cast<std::size_t>(index)];
    block_entries entries;
    multiply(products[one.product].x, products[one.product].y, one.part, instructions, entries);
    sums[static_cast<std::size_t>(index)] = one.weight * sum_of_squares(one.part, entries);
  });
  std::vector<double> norms(products.size());
  for (std::size_t index = 0; index < pieces.size(); ++index) norms[pieces[index].product] += sums[index];
  return norms;
}

}  // namespace detail::cka
}  // namespace NNGS_VERSION_NAMESPACE
}  // namespace nngs

#endif
