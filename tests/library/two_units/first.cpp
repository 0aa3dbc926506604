// SPDX-License-Identifier: MIT
// Two translation units include everything and link into one program.
#include <nngs/nngs.hpp>

double score_of_second_unit(const Eigen::MatrixXd& x);

int main() {
  const Eigen::MatrixXd x = Eigen::MatrixXd::Random(40, 3);
  return nngs::similarity(x, x, 3, nngs::cosine{}) == score_of_second_unit(x) ? 0 : 1;
}
