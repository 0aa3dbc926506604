// SPDX-License-Identifier: MIT
#include <nngs/nngs.hpp>

struct half_a_metric {
  static double key(const nngs::point&, const nngs::point&);
};
auto graph = nngs::build_graph(Eigen::MatrixXd::Random(5, 2), 1, half_a_metric{});
