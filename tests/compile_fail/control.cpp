// SPDX-License-Identifier: MIT
#include <nngs/nngs.hpp>

const auto in_turn = [](Eigen::Index blocks, const auto& body) {
  for (Eigen::Index block = 0; block < blocks; ++block) body(block);
};
const Eigen::MatrixXd x = Eigen::MatrixXd::Random(5, 2);
auto builder = nngs::kd_tree{nngs::manhattan{}};
auto graph = nngs::build_graph(x, 1, nngs::chebyshev{});
auto lists = nngs::neighbor_graph(Eigen::MatrixXi::Random(5, 2));
auto with_distances = nngs::neighbor_graph(Eigen::MatrixXi::Random(5, 2), Eigen::MatrixXd::Random(5, 3));
auto of_two = nngs::similarity(x, x.cast<float>(), 1, nngs::cosine{}, nngs::exact{}, in_turn);
auto of_one = nngs::similarity(x, x, 1, nngs::cosine{}, in_turn);
auto of_graphs = nngs::similarity(graph, graph, 1, in_turn);
auto curve = nngs::similarity_curve(x, x, nngs::cosine{}, in_turn);
auto sampled = nngs::sample_similarity(x, x, 1, nngs::cosine{}, {.rows = 2}, in_turn);
auto judged = nngs::judged_score{.observed = {}, .expected = {}, .adjusted = 1, .r_nx = 1};
