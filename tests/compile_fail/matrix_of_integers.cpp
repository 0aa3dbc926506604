// SPDX-License-Identifier: MIT
#include <cstdint>
#include <nngs/nngs.hpp>

template <class Integer>
Eigen::Matrix<Integer, Eigen::Dynamic, Eigen::Dynamic> x(5, 2);

auto a = nngs::build_graph(x<int>, 1);
auto b = nngs::similarity(x<std::uint32_t>, x<std::uint32_t>, 1);
auto c = nngs::similarity_curve(x<std::int16_t>, x<std::int16_t>);
auto d = nngs::sample_similarity(x<std::uint8_t>, x<std::uint8_t>, 1, {.rows = 2});
auto e = nngs::tally(x<bool>, x<bool>, {}, 1);
