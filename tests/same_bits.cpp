// SPDX-License-Identifier: MIT
#include <nngs/nngs.hpp>
#include <vector>

#include "catch.hpp"
#include "reference.hpp"

using Eigen::Index;
using Eigen::MatrixXd;

/// Calls use(executor) with every executor but serial.
template <class Use>
static void with_each_executor(const Use& use) {
  use(nngs::threads{});
  use(nngs::threads{1});
  use(nngs::threads{2});
  use(nngs::threads{7});
  use(reference::backwards{});
  use(nngs::reporting{nngs::threads{2}, [](Index, Index) {}});
  use(nngs::reporting{reference::backwards{}, [](Index, Index) { return true; }});
}

template <class Search>
static void graphs_do_not_depend_on_the_executor(const MatrixXd& rows, const Search& search) {
  const nngs::neighbor_graph expected = nngs::build_graph(rows, 6, search, nngs::serial{});
  with_each_executor(
      [&](const auto& execute) { CHECK(nngs::build_graph(rows, 6, search, execute) == expected); });
}

TEST_CASE("every executor gives the same graph") {
  const MatrixXd random = reference::normal_matrix(1, 1100, 3);
  const MatrixXd ties = reference::lattice(2, 1100, 3, 9, 0.1);
  graphs_do_not_depend_on_the_executor(random, nngs::exact{});
  graphs_do_not_depend_on_the_executor(ties, nngs::exact{});
  graphs_do_not_depend_on_the_executor(random, nngs::kd_tree{});
  graphs_do_not_depend_on_the_executor(ties, nngs::kd_tree{});
  graphs_do_not_depend_on_the_executor(random, nngs::kd_tree{nngs::correlation{}});
  graphs_do_not_depend_on_the_executor(random, nngs::euclidean{});
}

TEST_CASE("both builders give the same graph") {
  const MatrixXd rows = reference::lattice(3, 900, 3, 8, 0.1);
  CHECK(nngs::build_graph(rows, 12, nngs::exact{}) == nngs::build_graph(rows, 12, nngs::kd_tree{}));
  CHECK(nngs::build_graph(rows, 12) == nngs::build_graph(rows, 12, nngs::kd_tree{}));
}

TEST_CASE("every executor gives the same score of two matrices") {
  const MatrixXd x = reference::normal_matrix(4, 700, 3), y = x + reference::normal_matrix(5, 700, 3);
  const double similarity = nngs::similarity(x, y, 9, nngs::exact{}, nngs::kd_tree{}, nngs::serial{});
  const double overlap = nngs::overlap(x, y, 9, nngs::exact{}, nngs::kd_tree{}, nngs::serial{});
  with_each_executor([&](const auto& execute) {
    CHECK(nngs::similarity(x, y, 9, nngs::euclidean{}, execute) == similarity);
    CHECK(nngs::similarity(x, y, 9, nngs::kd_tree{}, nngs::exact{}, execute) == similarity);
    CHECK(nngs::overlap(x, y, 9, nngs::euclidean{}, execute) == overlap);
  });
}

TEST_CASE("every executor gives the same score and curve of two graphs of many blocks") {
  const MatrixXd x = reference::normal_matrix(6, 1300, 2), y = x + reference::normal_matrix(7, 1300, 2);
  const auto graph_x = nngs::build_graph(x, 1299), graph_y = nngs::build_graph(y, 1299);
  const nngs::score score = nngs::compare(graph_x, graph_y, 1000, nngs::serial{});
  const std::vector<nngs::score> curve = nngs::similarity_curve(graph_x, graph_y, nngs::serial{});
  CHECK(score.jaccard == nngs::tally_overlap(graph_x, graph_y, 1000, 0, 1300).mean_jaccard());
  CHECK(curve[999] == score);
  CHECK(curve.back().jaccard == 1);
  with_each_executor([&](const auto& execute) {
    CHECK(nngs::compare(graph_x, graph_y, 1000, execute) == score);
    CHECK(nngs::similarity(graph_x, graph_y, 1000, execute) == score.jaccard);
    CHECK(nngs::overlap(graph_x, graph_y, 1000, execute) == score.overlap);
    CHECK((nngs::similarity_curve(graph_x, graph_y, execute) == curve));
  });
}

TEST_CASE("every executor gives the same streamed curve") {
  const MatrixXd x = reference::lattice(8, 300, 2, 12, 0.1), y = reference::normal_matrix(9, 300, 4);
  const auto curve = nngs::similarity_curve(x, y, nngs::euclidean{}, nngs::serial{});
  with_each_executor([&](const auto& execute) {
    CHECK((nngs::similarity_curve(x, y, nngs::euclidean{}, execute) == curve));
  });
}
