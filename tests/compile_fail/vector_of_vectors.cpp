// SPDX-License-Identifier: MIT
#include <nngs/nngs.hpp>
#include <vector>

template <int Door>
struct rows : std::vector<std::vector<double>> {};
const Eigen::MatrixXd y = Eigen::MatrixXd::Random(5, 2);

auto a = nngs::build_graph(std::vector<std::vector<double>>(5, std::vector<double>(2)), 1);
auto b = nngs::similarity(rows<1>{}, rows<1>{}, 1);
auto c = nngs::similarity(y, rows<2>{}, 1, nngs::cosine{}, nngs::serial{});
auto d = nngs::overlap(rows<3>{}, y, 1, nngs::cosine{});
auto e = nngs::compare(rows<4>{}, rows<4>{}, 1);
auto f = nngs::similarity_curve(rows<5>{}, rows<5>{});
auto g = nngs::sample_similarity(rows<6>{}, rows<6>{}, 1, nngs::sample{.rows = 2});
auto h = nngs::linear_cka(rows<7>{}, y);
auto i = nngs::cka(rows<8>{}, rows<8>{}, nngs::linear{});
auto j = nngs::distance(std::vector<double>(2), std::vector<double>(2));
