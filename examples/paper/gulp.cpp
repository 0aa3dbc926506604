// SPDX-License-Identifier: MIT
#include "gulp.hpp"

#include <Eigen/Cholesky>

namespace paper {
namespace {

matrix unit_rows(const matrix& given) {
  return (given.rowwise() - given.colwise().mean()).rowwise().normalized();
}

/// (a'a / n + ridge)^-1 a'b / n
Eigen::MatrixXd regression(const matrix& a, const matrix& b, double ridge) {
  const auto n = static_cast<double>(a.rows());
  Eigen::MatrixXd covariance = a.transpose() * a / n;
  covariance.diagonal().array() += ridge;
  return covariance.llt().solve(Eigen::MatrixXd(a.transpose() * b / n));
}

double trace_of_product(const Eigen::MatrixXd& a, const Eigen::MatrixXd& b) {
  return a.cwiseProduct(b.transpose()).sum();
}

}  // namespace

double gulp(const cloud_pair& clouds, double ridge) {
  const matrix x = unit_rows(clouds.x), y = unit_rows(clouds.y);
  const Eigen::MatrixXd xx = regression(x, x, ridge), yy = regression(y, y, ridge);
  return trace_of_product(xx, xx) + trace_of_product(yy, yy) -
         2 * trace_of_product(regression(x, y, ridge), regression(y, x, ridge));
}

}  // namespace paper
