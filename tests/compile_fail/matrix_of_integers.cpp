// SPDX-License-Identifier: MIT
#include <nngs/nngs.hpp>

auto graph = nngs::build_graph(Eigen::MatrixXi::Random(5, 2), 1);
