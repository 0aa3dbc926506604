// SPDX-License-Identifier: MIT
#include <nngs/nngs.hpp>

int main() {
  const Eigen::MatrixXf x = Eigen::MatrixXf::Random(50, 3);
  return nngs::similarity(x, x, 5) == 1 ? 0 : 1;
}
