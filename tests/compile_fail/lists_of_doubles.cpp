// SPDX-License-Identifier: MIT
#include <nngs/nngs.hpp>

auto graph = nngs::neighbor_graph(Eigen::MatrixXd::Random(5, 2));
