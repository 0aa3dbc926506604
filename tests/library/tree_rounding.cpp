// SPDX-License-Identifier: MIT
// The k-d tree skips a branch by a lower bound that is itself a rounded sum, and may lie above the key of a
// point behind it. It must leave room for that. Only ties at the k-th neighbour show it: lattices of numbers
// that binary fractions cannot hold.
#include <nngs/nngs.hpp>

#include "../catch.hpp"
#include "reference.hpp"

using Eigen::Index;
using nngs::build_graph;
using reference::lattice;
using reference::matrix;

template <class Metric>
static bool tree_is_exact(const matrix& rows, Index k, const Metric& metric) {
  return build_graph(rows, k, nngs::kd_tree{metric}) == build_graph(rows, k, nngs::exact{metric});
}

// Each of these differs from `exact` when the limit is one unit in the last place above the worst key.

TEST_CASE("the tree keeps a tied neighbour that one unit in the last place would lose: tenths, manhattan") {
  CHECK(tree_is_exact(lattice(151, 468, 5, 9, 0.1, -0.3), 18, nngs::manhattan{}));
  CHECK(tree_is_exact(lattice(802, 576, 5, 5, 0.1, -0.3), 21, nngs::manhattan{}));
}

TEST_CASE("the tree keeps a tied neighbour that one unit in the last place would lose: sevenths, manhattan") {
  CHECK(tree_is_exact(lattice(652, 521, 4, 6, 0.7, -0.3), 29, nngs::manhattan{}));
}

TEST_CASE(
    "the tree keeps a tied neighbour that one unit in the last place would lose: elevenths, manhattan") {
  CHECK(tree_is_exact(lattice(712, 497, 5, 4, 1.1, 0.05), 21, nngs::manhattan{}));
  CHECK(tree_is_exact(lattice(1189, 356, 5, 6, 1.1, 0.1), 28, nngs::manhattan{}));
}

TEST_CASE("the tree keeps a tied neighbour that one unit in the last place would lose: euclidean") {
  CHECK(tree_is_exact(lattice(1003279, 433, 8, 3, 1.1, 0.05), 30, nngs::euclidean{}));
  CHECK(tree_is_exact(lattice(1003762, 506, 2, 10, 1 / 3.0, 0.1), 29, nngs::euclidean{}));
  CHECK(tree_is_exact(lattice(1011088, 389, 5, 5, 1.1, 0.1), 24, nngs::euclidean{}));
  CHECK(tree_is_exact(lattice(1025640, 581, 6, 4, 1.1, 0), 25, nngs::euclidean{}));
}

TEST_CASE("the tree and the exact search agree on lattices that rounding bends") {
  const double step = GENERATE(0.1, 1 / 3.0, 0.7, 1.1);
  const double offset = GENERATE(0.0, -0.3, 1e4 / 3, 1e8 + 0.1);
  std::uint64_t seed = 0;
  for (Index d = 2; d <= 8; ++d) {
    const Index n = 300 + 17 * d, levels = 2 + (d * 5) % 7;
    const matrix rows = lattice(++seed, n, d, levels, step, offset);
    INFO("n = " << n << ", d = " << d << ", levels = " << levels);
    CHECK(tree_is_exact(rows, 3 * d, nngs::euclidean{}));
    CHECK(tree_is_exact(rows, 5 * d, nngs::manhattan{}));
  }
}

TEST_CASE("the tree and the exact search agree on larger lattices") {
  const Index k = GENERATE(1, 7, 40);
  CHECK(tree_is_exact(lattice(1, 2000, 2, 13, 0.1), k, nngs::euclidean{}));
  CHECK(tree_is_exact(lattice(2, 1500, 4, 5, 1 / 3.0, 0.1), k, nngs::euclidean{}));
  CHECK(tree_is_exact(lattice(3, 1200, 6, 3, 0.1, -0.3), k, nngs::manhattan{}));
  CHECK(tree_is_exact(lattice(4, 900, 8, 3, 1.1, 0.05), k, nngs::manhattan{}));
  CHECK(tree_is_exact(lattice(5, 400, 3, 4, 0.1, 0.7), k, nngs::minkowski{2.5}));
}

TEST_CASE("the tree and the exact search agree on lattices of directions") {
  const Index k = GENERATE(2, 15);
  CHECK(tree_is_exact(lattice(6, 700, 3, 5, 0.1, 0.1), k, nngs::cosine{}));
  CHECK(tree_is_exact(lattice(7, 500, 6, 4, 0.1, -0.15), k, nngs::cosine{}));
}

TEST_CASE("the tree and the exact search agree at the edge of the normal range") {
  const matrix rows = lattice(8, 600, 3, 6, 0.1);
  CHECK(tree_is_exact(rows * 1e-153, 9, nngs::euclidean{}));
  CHECK(tree_is_exact(rows * 1e153, 9, nngs::euclidean{}));
  CHECK(tree_is_exact(rows * 1e-307, 9, nngs::manhattan{}));
}
