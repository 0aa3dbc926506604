// SPDX-License-Identifier: MIT
#include <nngs/nngs.hpp>

template <int Door>
struct half_a_metric {
  static double key(const nngs::point&, const nngs::point&);
};
const Eigen::MatrixXd x = Eigen::MatrixXd::Random(5, 2);

auto a = nngs::build_graph(x, 1, half_a_metric<0>{});
auto b = nngs::similarity(x, x, 1, half_a_metric<1>{});
auto c = nngs::overlap(x, x, 1, nngs::cosine{}, half_a_metric<2>{}, nngs::serial{});
auto d = nngs::compare(x, x, 1, half_a_metric<3>{}, nngs::serial{});
auto e = nngs::similarity_curve(x, x, nngs::cosine{}, half_a_metric<4>{});
auto f = nngs::sample_similarity(x, x, 1, half_a_metric<5>{}, {.rows = 2});
auto g = nngs::tally_curve(x, x, {}, 1, half_a_metric<6>{});
auto h = nngs::distance(x.row(0), x.row(1), half_a_metric<7>{});
auto i = nngs::exact{half_a_metric<8>{}};
auto j = nngs::kd_tree{half_a_metric<9>{}};
auto k = nngs::automatic{half_a_metric<10>{}};
