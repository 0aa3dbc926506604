// SPDX-License-Identifier: MIT
#ifndef NNGS_DETAIL_CKA_MANY_SPACES_HPP
#define NNGS_DETAIL_CKA_MANY_SPACES_HPP

#include <Eigen/Core>
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "nngs/detail/base/blocks.hpp"
#include "nngs/detail/base/function_ref.hpp"
#include "nngs/detail/base/instruction_set.hpp"
#include "nngs/detail/cka/centring.hpp"
#include "nngs/detail/cka/features.hpp"
#include "nngs/detail/cka/item_products.hpp"
#include "nngs/detail/cka/panels.hpp"
#include "nngs/error.hpp"
#include "nngs/version.hpp"

// Linear CKA of many matrices with each other.

namespace nngs {
inline namespace NNGS_VERSION_NAMESPACE {
namespace detail::cka {

/// A centred matrix as what takes the least room: its columns, or the products of its items where it has
/// more than n / 2 columns. Nothing for a matrix whose rows are all equal.
using linear_kernel = std::variant<std::monostate, std::shared_ptr<const double_panels>,
                                   std::shared_ptr<const Eigen::VectorXd>>;

inline linear_kernel products_of(const centred_matrix& items, base::instruction_set instructions,
                                 base::executor_ref execute) {
  return std::make_shared<const Eigen::VectorXd>(item_products(items.panels, instructions, execute));
}

template <class Derived>
linear_kernel to_linear_kernel(const Eigen::MatrixBase<Derived>& values, base::instruction_set instructions,
                               base::executor_ref execute) {
  const vectors_of which = 2 * values.cols() <= values.rows() ? vectors_of::features : vectors_of::items;
  centred_matrix centred = centre(values, which, instructions, execute);
  if (centred.constant) return {};
  if (which == vectors_of::items) return products_of(centred, instructions, execute);
  return std::make_shared<const double_panels>(std::move(centred.panels));
}

using kernel_span = std::span<const linear_kernel>;

/// The squared norms of X'Y for the given pairs (places in `kernels`) of columns.
inline std::vector<double> products_of_columns(kernel_span kernels,
                                               const std::vector<std::pair<std::size_t, std::size_t>>& pairs,
                                               base::instruction_set instructions,
                                               base::executor_ref execute) {
  const auto columns = [&](std::size_t place) -> const double_panels& {
    return *std::get<std::shared_ptr<const double_panels>>(kernels[place]);
  };
  std::vector<feature_product> products;
  Eigen::Index widest = 1;
  for (const auto& [x, y] : pairs) {
    products.push_back({columns(x), columns(y)});
    widest = std::max(widest, columns(x).count());
  }
  const Eigen::Index edge = pairs.size() < 8 ? feature_block_edge(widest, widest) : block_edge;
  return squared_norms(products, edge, instructions, execute);
}

/// The dot products of the matrices of products of items.
inline std::vector<double> products_of_items(kernel_span kernels,
                                             const std::vector<std::pair<std::size_t, std::size_t>>& pairs,
                                             base::executor_ref execute) {
  const auto items = [&](std::size_t place) -> const Eigen::VectorXd& {
    return *std::get<std::shared_ptr<const Eigen::VectorXd>>(kernels[place]);
  };
  std::vector<double> dots(pairs.size());
  if (pairs.empty()) return dots;
  const Eigen::Index per_block = std::max<Eigen::Index>(1, (1 << 18) / items(pairs.front().first).size());
  base::for_each_block(execute, static_cast<Eigen::Index>(pairs.size()), per_block,
                       [&](Eigen::Index first, Eigen::Index last) {
                         for (auto at = static_cast<std::size_t>(first); at < static_cast<std::size_t>(last);
                              ++at)
                           dots[at] = items(pairs[at].first).dot(items(pairs[at].second));
                       });
  return dots;
}

/// Products of the items for every matrix where some have nothing else: columns are brought into that form.
inline std::vector<linear_kernel> in_one_form(kernel_span given, base::instruction_set instructions,
                                              base::executor_ref execute) {
  using columns = std::shared_ptr<const double_panels>;
  std::vector<linear_kernel> kernels(given.begin(), given.end());
  const auto is_products = [](const linear_kernel& kernel) { return kernel.index() == 2; };
  if (std::none_of(kernels.begin(), kernels.end(), is_products)) return kernels;
  for (linear_kernel& kernel : kernels)
    if (const columns* const panels = std::get_if<columns>(&kernel))
      kernel = products_of(centre(entries_of(**panels), vectors_of::items, instructions, execute),
                           instructions, execute);
  return kernels;
}

/// CKA of the given pairs; 0 where a matrix has no variance.
inline std::vector<double> linear_cka_of_pairs(kernel_span given,
                                               const std::vector<std::pair<std::size_t, std::size_t>>& pairs,
                                               base::instruction_set instructions,
                                               base::executor_ref execute) {
  const std::vector<linear_kernel> kernels = in_one_form(given, instructions, execute);
  const auto varied = [&](std::size_t place) { return kernels[place].index() != 0; };
  // Each matrix with itself, once, and the pairs behind them.
  std::vector<std::pair<std::size_t, std::size_t>> wanted;
  for (std::size_t place = 0; place < kernels.size(); ++place)
    if (varied(place)) wanted.emplace_back(place, place);
  const bool by_items = !wanted.empty() && kernels[wanted.front().first].index() == 2;
  for (const auto& [x, y] : pairs)
    if (x != y && varied(x) && varied(y)) wanted.emplace_back(x, y);
  const std::vector<double> products = by_items ? products_of_items(kernels, wanted, execute)
                                                : products_of_columns(kernels, wanted, instructions, execute);
  std::vector<double> norms(kernels.size(), 0);
  std::size_t next = 0;
  for (std::size_t place = 0; place < kernels.size(); ++place)
    if (varied(place)) norms[place] = std::sqrt(products[next++]);
  std::vector<double> values;
  values.reserve(pairs.size());
  for (const auto& [x, y] : pairs) {
    if (!varied(x) || !varied(y))
      values.push_back(0);
    else
      values.push_back(x == y ? 1 : std::clamp(products[next++] / norms[x] / norms[y], 0.0, 1.0));
  }
  return values;
}

}  // namespace detail::cka
}  // namespace NNGS_VERSION_NAMESPACE
}  // namespace nngs

#endif
