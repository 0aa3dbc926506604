// SPDX-License-Identifier: MIT
#ifndef NNGS_CKA_HPP
#define NNGS_CKA_HPP

#include <Eigen/Core>
#include <concepts>

#include "nngs/cka_result.hpp"
#include "nngs/detail/base/data_requirements.hpp"
#include "nngs/detail/base/instruction_set.hpp"
#include "nngs/detail/cka/evaluate.hpp"
#include "nngs/executor.hpp"
#include "nngs/version.hpp"

/// @file
/// Centred kernel alignment (Kornblith et al. 2019) of two matrices, one row per item, with kernels K and L:
///
///     CKA = HSIC(K, L) / sqrt(HSIC(K, K) HSIC(L, L))
///
/// Both estimates of HSIC come from one pass over the pairs. The biased one is the published CKA, in [0, 1];
/// it grows with the dimension for unrelated data, which `chance` tells. The debiased one (HSIC_1 of Song et
/// al. 2012, as in Nguyen et al. 2021) is 0 on average for unrelated data, and may be negative. Everything is
/// evaluated in double, with the same bits for any executor on one processor; processors differ in rounding.

namespace nngs {
inline namespace NNGS_VERSION_NAMESPACE {

/// CKA with RBF kernels, each matrix with its own parameters. Data that have no CKA are no error: the result
/// says so. Time: O(n^2 (dx + dy)). Memory: 8 bytes for each entry of x and y, 1 KiB an item at most, and 33
/// MiB for the median.
/// @throws input_error for different numbers of rows, fewer than 2, no columns, an entry that is
///   not finite, a fraction that is not positive and a negative bandwidth. The message begins with the name
///   of the matrix, where it is one's own fault.
template <class X, class Y, executor Executor = threads>
cka_result cka(const Eigen::MatrixBase<X>& x, const Eigen::MatrixBase<Y>& y, const rbf& kernel_x,
               const rbf& kernel_y, const Executor& execute = {}) {
  return detail::cka::evaluate_rbf(x, y, kernel_x, kernel_y, detail::base::best_instruction_set(), execute);
}

/// CKA with one kernel for both. The linear one is evaluated as products of the features or of the items,
/// whichever costs less. Time: the smaller of O(n (dx + dy)^2) and O(n^2 (dx + dy)). Memory: 8 bytes for each
/// entry of x and y, and 1 KiB an item at most.
/// @throws input_error for different numbers of rows, fewer than 2, no columns and an entry that is
///   not finite; with an `rbf`, for its parameters too.
template <class X, class Y, cka_kernel Kernel, executor Executor = threads>
cka_result cka(const Eigen::MatrixBase<X>& x, const Eigen::MatrixBase<Y>& y, const Kernel& kernel,
               const Executor& execute = {}) {
  if constexpr (std::same_as<Kernel, linear>)
    return detail::cka::evaluate_linear(x, y, detail::base::best_instruction_set(), execute);
  else
    return cka(x, y, kernel, kernel, execute);
}

/// Linear CKA, biased, as published: in [0, 1]. Time and memory are those of `cka` with `linear`.
/// @throws input_error for different numbers of rows, fewer than 2, no columns, an entry that is
///   not finite and a matrix whose rows are all equal (no variance).
template <class X, class Y, executor Executor = threads>
double linear_cka(const Eigen::MatrixBase<X>& x, const Eigen::MatrixBase<Y>& y,
                  const Executor& execute = {}) {
  const cka_result result = cka(x, y, linear{}, execute);
  detail::cka::check_variance("x", result.x);
  detail::cka::check_variance("y", result.y);
  return result.biased.value;
}

/// @cond what data that are no matrices are told
template <class X, class Y, class... Rest>
requires(detail::base::no_matrix<X> || detail::base::no_matrix<Y>) auto cka(const X&, const Y&,
                                                                            const Rest&...) {
  return detail::base::require_matrices<X, Y>();
}
template <class X, class Y, class... Rest>
requires(detail::base::no_matrix<X> || detail::base::no_matrix<Y>) auto linear_cka(const X&, const Y&,
                                                                                   const Rest&...) {
  return detail::base::require_matrices<X, Y>();
}
/// @endcond

}  // namespace NNGS_VERSION_NAMESPACE
}  // namespace nngs

#endif
