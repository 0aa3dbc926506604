// SPDX-License-Identifier: MIT
// A builder of your own: one function object (points, k, executor) -> neighbor_graph. This one asks a single
// matrix product for all inner products: simple and approximate, as near ties fall to rounding.
#include <algorithm>
#include <iostream>
#include <nngs/nngs.hpp>
#include <numeric>

struct by_matrix_product {
  nngs::neighbor_graph operator()(const auto& points, Eigen::Index k, const auto& /*executor*/) const {
    const Eigen::MatrixXd x = points.template cast<double>();
    const Eigen::VectorXd squares = x.rowwise().squaredNorm();
    const Eigen::MatrixXd products = x * x.transpose();
    const Eigen::Index n = x.rows();
    Eigen::Matrix<int, Eigen::Dynamic, Eigen::Dynamic> lists(n, k);
    std::vector<int> others(static_cast<std::size_t>(n));
    for (Eigen::Index i = 0; i < n; ++i) {
      std::iota(others.begin(), others.end(), 0);
      others.erase(others.begin() + i);
      const auto key = [&](int j) { return squares[j] - 2 * products(i, j); };
      std::partial_sort(others.begin(), others.begin() + k, others.end(),
                        [&](int a, int b) { return key(a) < key(b); });
      for (Eigen::Index rank = 0; rank < k; ++rank) lists(i, rank) = others[static_cast<std::size_t>(rank)];
      others.resize(static_cast<std::size_t>(n));
    }
    return nngs::neighbor_graph(lists);
  }
};

int main() {
  const Eigen::MatrixXd x = Eigen::MatrixXd::Random(400, 32);
  const Eigen::MatrixXd y = x + 0.2 * Eigen::MatrixXd::Random(400, 32);

  std::cout << "own builder  " << nngs::similarity(x, y, 10, by_matrix_product{}) << '\n'
            << "exact        " << nngs::similarity(x, y, 10, nngs::exact{}) << '\n';
}
