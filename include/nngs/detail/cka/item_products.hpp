// SPDX-License-Identifier: MIT
#ifndef NNGS_DETAIL_CKA_ITEM_PRODUCTS_HPP
#define NNGS_DETAIL_CKA_ITEM_PRODUCTS_HPP

#include <Eigen/Core>
#include <algorithm>
#include <cmath>
#include <vector>

#include "nngs/detail/base/function_ref.hpp"
#include "nngs/detail/base/instruction_set.hpp"
#include "nngs/detail/cka/centring.hpp"
#include "nngs/detail/cka/panels.hpp"
#include "nngs/version.hpp"

// The products of all items of one matrix, kept: with them linear CKA costs n^2 a pair, whatever the
// dimensions.

namespace nngs {
inline namespace NNGS_VERSION_NAMESPACE {
namespace detail::cka {

/// The matrix of products of items as a vector: its lower triangle, row after row, with what stands for both
/// triangles times the root of 2. The dot product of two such vectors is that of the matrices. Memory: 4 n^2
/// bytes.
inline Eigen::VectorXd item_products(const double_panels& items, base::instruction_set instructions,
                                     base::executor_ref execute) {
  const Eigen::Index n = items.count();
  std::vector<block> parts;
  for (Eigen::Index row = 0; row < n; row += block_edge)
    for (Eigen::Index column = 0; column <= row; column += block_edge)
      parts.push_back(
          {row, column, std::min(block_edge, n - row), std::min(block_edge, n - column), row == column});
  Eigen::VectorXd products(n * (n + 1) / 2);
  execute(static_cast<Eigen::Index>(parts.size()), [&](Eigen::Index index) {
    const block& part = parts[static_cast<std::size_t>(index)];
    block_entries entries;
    multiply(items, items, part, instructions, entries);
    for (Eigen::Index j = 0; j < part.columns; ++j) {
      const double* const column = entries.column(j);
      for (Eigen::Index i = part.lower ? j : 0; i < part.rows; ++i) {
        const Eigen::Index row = part.row + i;
        products[row * (row + 1) / 2 + part.column + j] =
            row == part.column + j ? column[i] : std::sqrt(2.0) * column[i];
      }
    }
  });
  return products;
}

/// The entries of a matrix whose columns lie in panels: n x d.
inline Eigen::MatrixXd entries_of(const double_panels& features) {
  Eigen::MatrixXd entries(features.depth(), features.count());
  for (Eigen::Index column = 0; column < entries.cols(); ++column)
    for (Eigen::Index row = 0; row < entries.rows(); ++row)
      entries(row, column) = features.at(column / panel_width, row)[column % panel_width];
  return entries;
}

}  // namespace detail::cka
}  // namespace NNGS_VERSION_NAMESPACE
}  // namespace nngs

#endif
