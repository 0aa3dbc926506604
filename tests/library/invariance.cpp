// SPDX-License-Identifier: MIT
#include <nngs/nngs.hpp>
#include <vector>

#include "../catch.hpp"
#include "reference.hpp"

using Eigen::Index;
using Eigen::MatrixXd;
using nngs::similarity;

static const Index n = 60;
static const MatrixXd x = reference::normal_matrix(1, n, 3);
static const MatrixXd y = x + reference::normal_matrix(2, n, 3);

TEST_CASE("x and y may change places") {
  const MatrixXd grid = reference::lattice(3, n, 2, 5);
  for (const Index k : {1, 5, 30}) {
    CHECK(similarity(x, y, k) == similarity(y, x, k));
    CHECK(nngs::overlap(x, grid, k) == nngs::overlap(grid, x, k));
    CHECK(similarity(x, grid, k, nngs::cosine{}, nngs::manhattan{}) ==
          similarity(grid, x, k, nngs::manhattan{}, nngs::cosine{}));
  }
  CHECK((nngs::similarity_curve(x, grid) == nngs::similarity_curve(grid, x)));
}

TEST_CASE("the items of both may be permuted together") {
  const std::vector<Index> order = reference::shuffled(4, n);
  // Eigen 3.4 calls it all, Eigen 5 placeholders::all.
  const MatrixXd px = x(order, Eigen::seqN(0, x.cols())), py = y(order, Eigen::seqN(0, y.cols()));
  CHECK((nngs::similarity_curve(px, py) == nngs::similarity_curve(x, y)));
  CHECK(similarity(px, py, 7) == similarity(x, y, 7));
  CHECK(similarity(px, y, 7) != similarity(x, y, 7));
}

TEST_CASE("a power of two scales no neighbour away, nor a tie by index") {
  const MatrixXd grid = reference::lattice(5, n, 3, 4, 0.1);
  const auto by_index = nngs::exact{nngs::euclidean{}, nngs::tie_order::by_index()};
  for (const double factor : {0x1p-100, 0.5, 8.0, 0x1p200}) {
    CHECK(nngs::build_graph(factor * grid, 9, by_index) == nngs::build_graph(grid, 9, by_index));
    CHECK(similarity(factor * x, y, 9) == similarity(x, y, 9));
  }
}

TEST_CASE("translated integers keep their neighbours, and their ties for a given seed") {
  const nngs::tie_order seven = nngs::tie_order::seeded(7);
  const auto search = nngs::exact{nngs::euclidean{}, seven};
  const MatrixXd grid = reference::lattice(6, n, 3, 6);
  const MatrixXd moved = (grid.array() + 0x1p40).matrix();
  CHECK(nngs::build_graph(moved, 9, search) == nngs::build_graph(grid, 9, search));
  CHECK(nngs::build_graph(moved, 9, nngs::kd_tree{nngs::euclidean{}, seven}) ==
        nngs::build_graph(grid, 9, search));
  const auto manhattan = nngs::exact{nngs::manhattan{}, seven};
  CHECK(nngs::build_graph((grid.array() - 1e6).matrix().cast<float>(), 9, manhattan) ==
        nngs::build_graph(grid, 9, manhattan));
}

TEST_CASE("a rotation keeps the euclidean neighbours") {
  Eigen::Matrix3d turn;
  turn << 0.6, -0.8, 0, 0.8, 0.6, 0, 0, 0, -1;
  CHECK(nngs::build_graph(x * turn, n - 1) == nngs::build_graph(x, n - 1));
  CHECK(similarity(x * turn, y, 5) == similarity(x, y, 5));
}

TEST_CASE("scaling each row keeps the cosine neighbours") {
  MatrixXd scaled = x;
  for (Index row = 0; row < n; ++row) scaled.row(row) *= static_cast<double>(row * row + 1) / 7;
  CHECK(nngs::build_graph(scaled, 9, nngs::cosine{}) == nngs::build_graph(x, 9, nngs::cosine{}));
  CHECK(nngs::build_graph(scaled, 9) != nngs::build_graph(x, 9));
}

TEST_CASE("a gain and an offset of each row keep the correlation neighbours") {
  const MatrixXd wide = reference::normal_matrix(7, n, 12);
  MatrixXd moved = wide;
  for (Index row = 0; row < n; ++row)
    moved.row(row) =
        (moved.row(row).array() * static_cast<double>(row + 1) - static_cast<double>(row)).matrix();
  CHECK(nngs::build_graph(moved, 9, nngs::correlation{}) == nngs::build_graph(wide, 9, nngs::correlation{}));
}

TEST_CASE("at k = n - 1 every score is exactly 1") {
  for (const Index items : {2, 3, 10, 49, 60}) {
    const MatrixXd a = x.topRows(items), b = reference::normal_matrix(8, items, 5);
    CHECK(similarity(a, b, items - 1) == 1);
    CHECK(nngs::overlap(a, b, items - 1) == 1);
    CHECK(nngs::similarity_curve(a, b).back().jaccard == 1);
    CHECK(nngs::similarity_curve(a, b).back().overlap == 1);
  }
}

TEST_CASE("a matrix and itself score exactly 1 at every k") {
  for (const MatrixXd& a : {x, MatrixXd(reference::lattice(9, 49, 2, 3)), MatrixXd(MatrixXd::Zero(7, 1))})
    for (const nngs::score& score : nngs::similarity_curve(a, a)) {
      CHECK(score.jaccard == 1);
      CHECK(score.overlap == 1);
    }
}

TEST_CASE("scores lie in [0, 1], the overlap at or above the Jaccard") {
  for (const nngs::score& score : nngs::similarity_curve(x, reference::normal_matrix(10, n, 2))) {
    CHECK(score.jaccard >= 0);
    CHECK(score.overlap >= score.jaccard);
    CHECK(score.overlap <= 1);
  }
}

TEST_CASE("neighbourhoods with nothing in common score 0") {
  const Eigen::Matrix<int, 6, 2> lists_x{{1, 2}, {0, 2}, {0, 1}, {4, 5}, {3, 5}, {3, 4}};
  const Eigen::Matrix<int, 6, 2> lists_y{{3, 4}, {3, 4}, {3, 4}, {0, 1}, {0, 1}, {0, 1}};
  const nngs::neighbor_graph a(lists_x), b(lists_y);
  CHECK(nngs::compare(a, b, 2) == nngs::score{2, 0, 0, 0, 0});
}

TEST_CASE("the items' similarities average to the score") {
  const auto a = nngs::build_graph(x, 8), b = nngs::build_graph(y, 8);
  CHECK_THAT(nngs::item_similarity(a, b, 8).mean(), WithinAbs(similarity(a, b, 8), 1e-14));
}

TEST_CASE("tied items are those tied in either graph") {
  // The ends of 0 1 2 3 have one nearest, the inner ones two; in y item 0 alone is tied.
  const Eigen::Vector4d line(0, 1, 2, 3), other(1, 2, 0, 10);
  const auto a = nngs::build_graph(line, 1), b = nngs::build_graph(other, 1);
  CHECK(a.tied_items(1) == 2);
  CHECK(b.tied_items(1) == 1);
  CHECK((b.tied(0, 1) && !b.tied(1, 1)));
  CHECK(nngs::compare(a, b, 1).tied_items == 3);
}
