// SPDX-License-Identifier: MIT
// CKA as the textbook writes it, with whole kernel matrices.
#ifndef NNGS_TESTS_REFERENCE_CKA_HPP
#define NNGS_TESTS_REFERENCE_CKA_HPP

#include <Eigen/Core>
#include <algorithm>
#include <cmath>
#include <vector>

namespace reference {

using Eigen::Index;
using Eigen::MatrixXd;

/// Long double, or the textbook's own rounding would show: HSIC is a small difference of large sums.
using kernel_matrix = Eigen::Matrix<long double, Eigen::Dynamic, Eigen::Dynamic>;

inline kernel_matrix linear_kernel(const MatrixXd& x) {
  const kernel_matrix rows = x.cast<long double>();
  return rows * rows.transpose();
}

inline kernel_matrix rbf_kernel(const MatrixXd& x, double s) {
  const kernel_matrix rows = x.cast<long double>();
  kernel_matrix k(x.rows(), x.rows());
  for (Index i = 0; i < x.rows(); ++i)
    for (Index j = 0; j < x.rows(); ++j)
      k(i, j) = std::exp(-(rows.row(i) - rows.row(j)).squaredNorm() / (2.0L * s * s));
  return k;
}

inline double median_distance(const MatrixXd& x) {
  std::vector<double> all;
  for (Index i = 0; i < x.rows(); ++i)
    for (Index j = 0; j < i; ++j) all.push_back((x.row(i) - x.row(j)).norm());
  std::sort(all.begin(), all.end());
  return (all[all.size() / 2] + all[(all.size() - 1) / 2]) / 2;
}

/// HKH with H = I - 11'/n
inline kernel_matrix doubly_centred(kernel_matrix k) {
  k.rowwise() -= k.colwise().mean().eval();
  k.colwise() -= k.rowwise().mean().eval();
  return k;
}

/// tr(KHLH) / (n - 1)^2 = tr(HKH HLH) / (n - 1)^2
inline double biased_hsic(const kernel_matrix& k, const kernel_matrix& l) {
  const auto n = static_cast<long double>(k.rows());
  return static_cast<double>(doubly_centred(k).cwiseProduct(doubly_centred(l)).sum() / ((n - 1) * (n - 1)));
}

/// HSIC_1 of Song et al. 2012, equation (5).
inline double debiased_hsic(kernel_matrix k, kernel_matrix l) {
  k.diagonal().setZero();
  l.diagonal().setZero();
  const auto n = static_cast<long double>(k.rows());
  const long double trace = k.cwiseProduct(l).sum(), both = k.rowwise().sum().dot(l.rowwise().sum());
  return static_cast<double>((trace + k.sum() * l.sum() / ((n - 1) * (n - 2)) - 2 / (n - 2) * both) /
                             (n * (n - 3)));
}

template <class Hsic>
double cka(const Hsic& hsic, const kernel_matrix& k, const kernel_matrix& l) {
  return hsic(k, l) / std::sqrt(hsic(k, k)) / std::sqrt(hsic(l, l));
}

}  // namespace reference

#endif
