// SPDX-License-Identifier: MIT
// A little of every header, as a strict stranger compiles it.
#include <iostream>
#include <nngs/nngs.hpp>
#include <nngs/nngs.hpp>  // twice, as a unity build does

int main() {
  const Eigen::MatrixXf x = Eigen::MatrixXf::Random(60, 3);
  const Eigen::MatrixXd y = x.cast<double>() + Eigen::MatrixXd::Random(60, 3);
  const auto gx = nngs::build_graph(x, 20), gy = nngs::build_graph(y, 20, nngs::kd_tree{nngs::manhattan{}});
  const auto test = nngs::permutation_test(gx, gy, {.count = 9, .seed = 1, .k = {5}});
  const bool fine = nngs::similarity(gx, gx, 5) >= 1 && nngs::similarity_curve(gx, gy).size() == 20 &&
                    nngs::judge_curve(gx, gy).size() == 20 && test.jaccard.p > 0 &&
                    nngs::test_items(gx, gy, 5).size() == 60 && nngs::diagnostics(gx, 5).k == 5 &&
                    nngs::cka(x, y, nngs::rbf{}).biased.value > 0 &&
                    nngs::sample_similarity_curve(x, y, 5, {.rows = 30}).size() == 5;
  std::cout << (fine ? "fine\n" : "wrong\n");
  return fine ? 0 : 1;
}
