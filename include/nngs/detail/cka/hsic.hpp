// SPDX-License-Identifier: MIT
#ifndef NNGS_DETAIL_CKA_HSIC_HPP
#define NNGS_DETAIL_CKA_HSIC_HPP

#include <Eigen/Core>
#include <algorithm>
#include <cmath>

#include "nngs/cka_result.hpp"
#include "nngs/detail/cka/kernels.hpp"
#include "nngs/version.hpp"

// From sums over pairs of items to HSIC in its two forms, and to CKA.

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

inline cka_estimate to_estimate(double xy, double xx, double yy) {
  cka_estimate estimate{0, xx > 0 && yy > 0, xy, xx, yy};
  // Two roots: the product may overflow or vanish.
  if (estimate.defined) estimate.value = xy / std::sqrt(xx) / std::sqrt(yy);
  return estimate;
}

/// The share of n - 1 dimensions that a centred kernel fills evenly, by tr(HKH)^2 / tr(KHKH): 1 for the
/// identity.
inline double evenness(const kernel_sums& k, double biased_hsic) {
  const auto n = static_cast<double>(k.rows.size());
  const double trace = k.centred_trace() / (n - 1);
  return biased_hsic > 0 ? std::min(1.0, trace * trace / (n - 1) / biased_hsic) : 0;
}

/// From the sums to the result; reports of kernels that are not constant may still become `identity`.
inline cka_result to_result(const hsic_sums& sums, const kernel_report& x, const kernel_report& y) {
  const hsic_pair xy = hsic(sums.pairs.xy, sums.x, sums.y), xx = hsic(sums.pairs.xx, sums.x, sums.x),
                  yy = hsic(sums.pairs.yy, sums.y, sums.y);
  cka_result result{to_estimate(xy.biased, xx.biased, yy.biased),
                    to_estimate(xy.debiased, xx.debiased, yy.debiased), 0, x, y};
  // Rounding may leave the range that the biased value has.
  result.biased.value = std::clamp(result.biased.value, 0.0, 1.0);
  const double even_x = evenness(sums.x, xx.biased), even_y = evenness(sums.y, yy.biased);
  result.chance = std::sqrt(even_x * even_y);
  if (even_x > 0.9) result.x.state = kernel_state::identity;
  if (even_y > 0.9) result.y.state = kernel_state::identity;
  return result;
}

/// HSIC of kernels that were multiplied by 2^x and 2^y, as it was before.
inline void unscale(cka_estimate& estimate, int x, int y) {
  estimate.hsic_xy = std::ldexp(estimate.hsic_xy, -x - y);
  estimate.hsic_xx = std::ldexp(estimate.hsic_xx, -2 * x);
  estimate.hsic_yy = std::ldexp(estimate.hsic_yy, -2 * y);
}

}  // namespace detail::cka
}  // namespace NNGS_VERSION_NAMESPACE
}  // namespace nngs

#endif
