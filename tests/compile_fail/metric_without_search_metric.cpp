// SPDX-License-Identifier: MIT
#include <nngs/nngs.hpp>

struct half_a_metric {
  static std::string_view prepare(Eigen::Ref<Eigen::RowVectorXd>);
  static double distance(double key);
};
auto graph = nngs::build_graph(Eigen::MatrixXd::Random(5, 2), 1, half_a_metric{});
