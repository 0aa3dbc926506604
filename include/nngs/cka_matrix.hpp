// SPDX-License-Identifier: MIT
#ifndef NNGS_CKA_MATRIX_HPP
#define NNGS_CKA_MATRIX_HPP

#include <Eigen/Core>
#include <cstddef>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "nngs/detail/base/instruction_set.hpp"
#include "nngs/detail/base/sentence.hpp"
#include "nngs/detail/cka/many_spaces.hpp"
#include "nngs/error.hpp"
#include "nngs/executor.hpp"
#include "nngs/version.hpp"

/// @file
/// Linear CKA (Kornblith et al. 2019) of many matrices of the same items with each other: each is centred and
/// its norm found once.
///
///     std::vector<nngs::linear_space> spaces;
///     for (const auto& layer : layers) spaces.emplace_back(layer);
///     const Eigen::MatrixXd cka = nngs::linear_cka_matrix(spaces);

namespace nngs {
inline namespace NNGS_VERSION_NAMESPACE {

/// A matrix made ready for linear CKA with many others; the matrix itself is needed no longer. Copies share
/// what they hold. Memory: 8 bytes for each entry of n x d; where d > n / 2, 4 n^2 bytes instead.
class linear_space {
 public:
  /// `values`: n >= 2 rows, one for each item, 1 or more columns, all finite. Time O(n d), and where d > n /
  /// 2 O(n^2 d).
  /// @throws input_error for such a shape and for an entry that is not finite.
  template <class Derived, executor Executor = threads>
  explicit linear_space(const Eigen::MatrixBase<Derived>& values, const Executor& execute = {})
      : items_(values.rows()),
        kernel_(detail::cka::to_linear_kernel(values, detail::base::best_instruction_set(), execute)) {}

  /// n
  Eigen::Index size() const noexcept { return items_; }

  /// False for a matrix whose rows are all equal: it has no CKA.
  bool has_variance() const noexcept { return kernel_.index() != 0; }

  /// @cond for linear_cka_matrix
  const detail::cka::linear_kernel& kernel() const noexcept { return kernel_; }
  /// @endcond

 private:
  Eigen::Index items_;
  detail::cka::linear_kernel kernel_;
};

namespace detail::cka {

inline std::vector<linear_kernel> kernels_of(std::span<const linear_space> spaces,
                                             std::span<const linear_space> more = {}) {
  std::vector<linear_kernel> kernels;
  kernels.reserve(spaces.size() + more.size());
  for (const std::span<const linear_space> some : {spaces, more})
    for (const linear_space& space : some) {
      const Eigen::Index n = spaces.empty() ? space.size() : spaces.front().size();
      if (space.size() != n)
        throw input_error(
            detail::base::sentence({"matrix ", kernels.size(), " (counted from 0) has ", space.size(),
                                    " rows, the first ", n, ": all need the same items, in the same order"}));
      kernels.push_back(space.kernel());
    }
  return kernels;
}

}  // namespace detail::cka

/// Linear CKA, biased, as `linear_cka` gives it, of each space with each: symmetric, with a diagonal of 1.
/// Entries of spaces without variance are 0. Time a pair: O(n dx dy), or O(n^2) where some space has d > n /
/// 2 (all others are then brought into that form, 4 n^2 bytes each).
/// @throws input_error for spaces of different n.
template <executor Executor = threads>
Eigen::MatrixXd linear_cka_matrix(std::span<const linear_space> spaces, const Executor& execute = {}) {
  std::vector<std::pair<std::size_t, std::size_t>> pairs;
  for (std::size_t row = 0; row < spaces.size(); ++row)
    for (std::size_t column = row; column < spaces.size(); ++column) pairs.emplace_back(row, column);
  const std::vector<double> values = detail::cka::linear_cka_of_pairs(
      detail::cka::kernels_of(spaces), pairs, detail::base::best_instruction_set(), execute);
  const auto count = static_cast<Eigen::Index>(spaces.size());
  Eigen::MatrixXd matrix(count, count);
  for (std::size_t at = 0; at < pairs.size(); ++at) {
    const auto row = static_cast<Eigen::Index>(pairs[at].first),
               column = static_cast<Eigen::Index>(pairs[at].second);
    matrix(row, column) = matrix(column, row) = values[at];
  }
  return matrix;
}

/// The same of two sets: a row for each space of the first, a column for each of the second.
/// @throws input_error for spaces of different n.
template <executor Executor = threads>
Eigen::MatrixXd linear_cka_matrix(std::span<const linear_space> rows, std::span<const linear_space> columns,
                                  const Executor& execute = {}) {
  std::vector<std::pair<std::size_t, std::size_t>> pairs;
  for (std::size_t row = 0; row < rows.size(); ++row)
    for (std::size_t column = 0; column < columns.size(); ++column)
      pairs.emplace_back(row, rows.size() + column);
  const std::vector<double> values = detail::cka::linear_cka_of_pairs(
      detail::cka::kernels_of(rows, columns), pairs, detail::base::best_instruction_set(), execute);
  Eigen::MatrixXd matrix(static_cast<Eigen::Index>(rows.size()), static_cast<Eigen::Index>(columns.size()));
  for (std::size_t at = 0; at < pairs.size(); ++at)
    matrix(static_cast<Eigen::Index>(pairs[at].first),
           static_cast<Eigen::Index>(pairs[at].second - rows.size())) = values[at];
  return matrix;
}

}  // namespace NNGS_VERSION_NAMESPACE
}  // namespace nngs

#endif
