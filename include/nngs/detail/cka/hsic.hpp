// SPDX-License-Identifier: MIT
#ifndef NNGS_DETAIL_CKA_HSIC_HPP
#define NNGS_DETAIL_CKA_HSIC_HPP

#include <Eigen/Core>
#include <cmath>

#include "nngs/detail/cka/kernels.hpp"
#include "nngs/version.hpp"

namespace nngs {
inline namespace NNGS_VERSION_NAMESPACE {
namespace detail::cka {

/// One kernel matrix K, as far as HSIC needs it.
struct kernel_sums {
  Eigen::VectorXd rows;      ///< sum of K_ij over j != i
  Eigen::VectorXd diagonal;  ///< K_ii

  double mean_row() const { return rows.mean(); }
  /// tr(HKH)
  double centred_trace() const {
    const auto n = static_cast<double>(rows.size());
    return diagonal.sum() * (1 - 1 / n) - mean_row();
  }
};

/// sum (a_i - mean a) (b_i - mean b): no digits are lost to a large common part.
inline double cross_deviation(const Eigen::VectorXd& a, const Eigen::VectorXd& b) {
  return (a.array() - a.mean()).matrix().dot((b.array() - b.mean()).matrix());
}

/// HSIC of two kernels in its two forms, from the sum of K_ij L_ij over i != j. A constant added to all of K,
/// or to all of L, changes neither.
struct hsic_pair {
  double biased;    ///< tr(KHLH) / (n - 1)^2 (Gretton et al. 2005)
  double debiased;  ///< HSIC_1 of Song et al. 2012, unbiased; 0 for n < 4
};

inline hsic_pair hsic(double sum, const kernel_sums& k, const kernel_sums& l) {
  const auto n = static_cast<double>(k.rows.size());
  const Eigen::VectorXd a = k.rows + k.diagonal, b = l.rows + l.diagonal;
  const double trace = sum + k.diagonal.dot(l.diagonal) - a.mean() * b.mean() - 2 / n * cross_deviation(a, b);
  hsic_pair result{trace / ((n - 1) * (n - 1)), 0};
  if (n >= 4)
    result.debiased =
        (sum - n / (n - 1) * k.mean_row() * l.mean_row() - 2 / (n - 2) * cross_deviation(k.rows, l.rows)) /
        (n * (n - 3));
  return result;
}

/// Both kernels and the sums over i != j of products of their entries.
struct hsic_sums {
  kernel_sums x, y;
  pair_totals pairs;
};

}  // namespace detail::cka
}  // namespace NNGS_VERSION_NAMESPACE
}  // namespace nngs

#endif
