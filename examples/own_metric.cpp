// SPDX-License-Identifier: MIT
// A metric of your own: two functions. `key` ranks neighbours, `distance` is what people read.
#include <iostream>
#include <nngs/nngs.hpp>

/// Canberra: differences relative to size, for counts and other non-negative data.
struct canberra {
  static double key(const nngs::point& x, const nngs::point& y) {
    double sum = 0;
    for (Eigen::Index j = 0; j < x.size(); ++j)
      if (x[j] != y[j]) sum += std::abs(x[j] - y[j]) / (std::abs(x[j]) + std::abs(y[j]));
    return sum;
  }
  static double distance(double key) { return key; }
};

/// The same written coordinate by coordinate: faster, as several points are evaluated side by side.
struct canberra_terms {
  static double term(double a, double b) {
    return a == b ? 0 : std::abs(a - b) / (std::abs(a) + std::abs(b));
  }
  static double distance(double key) { return key; }
};

int main() {
  const Eigen::MatrixXd x = Eigen::MatrixXd::Random(300, 20).cwiseAbs();
  const Eigen::MatrixXd y = x + 0.1 * Eigen::MatrixXd::Random(300, 20).cwiseAbs();

  std::cout << nngs::similarity(x, y, 10, canberra{}) << '\n'
            << nngs::similarity(x, y, 10, canberra_terms{}) << '\n';
}
