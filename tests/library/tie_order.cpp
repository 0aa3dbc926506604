// SPDX-License-Identifier: MIT
// Equally near neighbours come in an order that belongs to the matrix: what it depends on, and what not.
#include <cstdint>
#include <nngs/nngs.hpp>
#include <set>
#include <vector>

#include "../catch.hpp"
#include "reference.hpp"

using Eigen::Index;
using Eigen::MatrixXd;
using nngs::build_graph;
using nngs::exact;
using nngs::kd_tree;
using nngs::tie_order;

static const MatrixXd grid = reference::lattice(1, 600, 3, 6);

TEST_CASE("a matrix orders its ties alike for every builder, scalar, storage order and number of threads") {
  const auto expected = build_graph(grid, 9, exact{}, nngs::serial{});
  CHECK(expected.tied_items(9) > 300);
  CHECK(build_graph(grid, 9, kd_tree{}) == expected);
  CHECK(build_graph(grid, 9) == expected);
  CHECK(build_graph(grid, 9, exact{}, nngs::threads{7}) == expected);
  CHECK(build_graph(grid, 9, exact{}, reference::backwards{}) == expected);
  CHECK(build_graph(grid.cast<float>(), 9) == expected);
  CHECK(build_graph(reference::matrix(grid), 9) == expected);
  CHECK(build_graph(2 * grid - grid, 9) == expected);
}

TEST_CASE("minus zero orders ties as zero does") {
  CHECK(build_graph(-1 * MatrixXd::Zero(30, 2), 5) == build_graph(MatrixXd::Zero(30, 2), 5));
}

TEST_CASE("lists at every k, sets and sampled rows order ties alike") {
  const auto graph = build_graph(grid, 599);
  for (const Index k : {1, 9, 300}) {
    CHECK(nngs::compare(grid, grid, k).jaccard == 1);
    CHECK(nngs::compare(grid, -grid, k) == nngs::compare(graph, build_graph(-grid, k), k));
  }
  CHECK((nngs::similarity_curve(grid, -grid) == nngs::similarity_curve(graph, build_graph(-grid, 599))));
}

TEST_CASE("another matrix orders its ties anew") {
  MatrixXd changed = grid;
  changed(599, 0) += 100;
  const auto before = build_graph(grid, 5), after = build_graph(changed, 5);
  Index same = 0;
  for (Index item = 0; item < 599; ++item) same += before.neighbors(item)[0] == after.neighbors(item)[0];
  CHECK(same < 400);
  CHECK(nngs::similarity(2 * grid, grid, 5) < 1);
}

TEST_CASE("the order by index is there by name, and the order of a seed") {
  const auto key = reference::euclidean_key;
  const auto by_index = tie_order::by_index();
  CHECK(reference::difference(build_graph(grid, 20, exact{nngs::euclidean{}, by_index}),
                              reference::rank_all_by_index(grid, key), 20) == "");
  CHECK(reference::difference(build_graph(grid, 20, kd_tree{nngs::euclidean{}, by_index}),
                              reference::rank_all_by_index(grid, key), 20) == "");
  const auto seven = exact{nngs::euclidean{}, tie_order::seeded(7)};
  CHECK(build_graph(grid, 9, seven) ==
        build_graph(grid, 9, kd_tree{nngs::euclidean{}, tie_order::seeded(7)}));
  CHECK(build_graph(grid, 9, seven) != build_graph(grid, 9));
  CHECK(build_graph(grid, 9, seven) != build_graph(grid, 9, exact{nngs::euclidean{}, tie_order::seeded(8)}));
}

TEST_CASE("with a given seed, and by index, scaling and moving keep the ties") {
  for (const tie_order order : {tie_order::seeded(7), tie_order::by_index()}) {
    const auto search = exact{nngs::euclidean{}, order};
    const auto expected = build_graph(grid, 9, search);
    CHECK(build_graph(8 * grid, 9, search) == expected);
    CHECK(build_graph((grid.array() + 0x1p40).matrix(), 9, search) == expected);
    CHECK(build_graph(grid.rowwise().reverse(), 9, search) == expected);
  }
}

TEST_CASE("of equal items everyone has the same order but for itself") {
  const auto graph = build_graph(MatrixXd::Zero(200, 2), 199);
  const auto first = graph.neighbors(0);
  CHECK(std::set<std::uint32_t>(first.begin(), first.end()).size() == 199);
  for (Index item = 1; item < 200; ++item) {
    std::vector<std::uint32_t> list(graph.neighbors(item).begin(), graph.neighbors(item).end());
    std::vector<std::uint32_t> expected(first.begin(), first.end());
    std::erase(list, 0U);
    std::erase(expected, static_cast<std::uint32_t>(item));
    CHECK(list == expected);
  }
}
