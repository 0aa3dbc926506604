// SPDX-License-Identifier: MIT
#include <nngs/nngs.hpp>

// Functions of two anythings: were they tried as executors, their own bodies would be to blame for not
// compiling.
const Eigen::MatrixXd x = Eigen::MatrixXd::Random(5, 2);

auto a = nngs::build_graph(x, 1, [](const auto& p, const auto& q) { return (p - q).norm(); });
auto b = nngs::similarity(x, x, 1, [](auto&& p, auto&& q) { return (p - q).norm(); });
auto c = nngs::similarity(x, x, 1, nngs::cosine{}, [](auto p, auto q) { return (p - q).norm(); });
auto d = nngs::similarity_curve(x, x, [](const auto& p, auto q) { return (p - q).norm(); });
auto e = nngs::similarity_curve(
    x, x, nngs::cosine{}, [](const auto& p, const auto& q) { return (p - q).norm(); }, nngs::serial{});
auto f = nngs::sample_similarity(x, x, 1, [](const auto& p, const auto& q) { return (p - q).norm(); },
                                 {.rows = 2});
