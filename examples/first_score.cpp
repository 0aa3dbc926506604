// SPDX-License-Identifier: MIT
// The shortest program: two matrices, one score.
#include <iostream>
#include <nngs/nngs.hpp>

int main() {
  const Eigen::MatrixXd x = Eigen::MatrixXd::Random(500, 64);            // one row per item
  const Eigen::MatrixXd y = x + 0.3 * Eigen::MatrixXd::Random(500, 64);  // the same items, in the same order

  std::cout << "NNGS at k = 10   " << nngs::similarity(x, y, 10) << '\n'
            << "  with cosine    " << nngs::similarity(x, y, 10, nngs::cosine{}) << '\n'
            << "linear CKA       " << nngs::linear_cka(x, y) << '\n';
}
