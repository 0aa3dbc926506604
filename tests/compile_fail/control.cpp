// SPDX-License-Identifier: MIT
#include <nngs/nngs.hpp>

auto builder = nngs::kd_tree{nngs::manhattan{}};
auto graph = nngs::build_graph(Eigen::MatrixXd::Random(5, 2), 1, nngs::chebyshev{});
auto lists = nngs::neighbor_graph(Eigen::MatrixXi::Random(5, 2));
