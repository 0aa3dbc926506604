// SPDX-License-Identifier: MIT
// Many spaces at once: every entry is that of the pair alone, and the matrices are those of a metric and of a
// kernel.
#include <Eigen/Eigenvalues>
#include <algorithm>
#include <cmath>
#include <nngs/nngs.hpp>
#include <vector>

#include "../catch.hpp"
#include "random_graph.hpp"
#include "reference.hpp"

using Eigen::Index;
using Eigen::MatrixXd;
using nngs::neighbor_graph;
using nngs::similarity_matrix;
using reference::complaint;

namespace {

/// Layers of two networks: each is the one before it, and something new. The last one is of another kind.
std::vector<neighbor_graph> layers(Index n, Index depth) {
  std::vector<neighbor_graph> graphs;
  for (const std::uint64_t network : {1U, 2U}) {
    MatrixXd layer = reference::normal_matrix(network, n, 6);
    for (std::uint64_t number = 0; number < 3; ++number) {
      graphs.push_back(nngs::build_graph(layer, depth + static_cast<Index>(number)));
      layer += 0.5 * reference::normal_matrix(10 * network + number, n, 6);
    }
  }
  graphs.push_back(nngs::build_graph(reference::normal_matrix(3, n, 2).array().round().matrix(), depth));
  return graphs;
}

void check_pair(const nngs::tested_score& one, const neighbor_graph& x, const neighbor_graph& y, Index k) {
  const nngs::tested_score alone = nngs::judge(x, y, k);
  CHECK(one.observed == alone.observed);  // scores and ties, to the bit
  CHECK(one.adjusted == alone.adjusted);
  CHECK(one.r_nx == alone.r_nx);
  CHECK(one.expected.jaccard == alone.expected.jaccard);
  CHECK_THAT(one.overlap_sd, WithinAbs(alone.overlap_sd, 1e-12 * alone.overlap_sd));
  CHECK_THAT(one.overlap_z, WithinAbs(alone.overlap_z, 1e-12 * std::abs(alone.overlap_z)));
}

double smallest_eigenvalue(const MatrixXd& matrix) {
  return Eigen::SelfAdjointEigenSolver<MatrixXd>(matrix).eigenvalues().minCoeff();
}

}  // namespace

TEST_CASE("every entry of a similarity matrix is that of the pair alone") {
  const std::vector<neighbor_graph> graphs = layers(90, 20);
  const std::vector<Index> ks =
      GENERATE(std::vector<Index>{1}, std::vector<Index>{10}, std::vector<Index>{20, 3, 20, 11});
  const similarity_matrix all(graphs, ks);
  REQUIRE(all.rows() == 7);
  REQUIRE(all.cols() == 7);
  CHECK(all.square());
  for (const Index k : ks)
    for (Index row = 0; row < 7; ++row)
      for (Index column = 0; column < 7; ++column) {
        CAPTURE(k, row, column);
        const nngs::tested_score& one = all.at(row, column, k);
        check_pair(one, graphs[static_cast<std::size_t>(row)], graphs[static_cast<std::size_t>(column)], k);
        CHECK(all.jaccard(k)(row, column) == one.observed.jaccard);
        CHECK(all.overlap(k)(row, column) == one.observed.overlap);
        CHECK(all.adjusted(k)(row, column) == one.adjusted);
        CHECK(all.z(k)(row, column) == one.overlap_z);
        CHECK(all.tied_items(k)(row, column) == one.observed.tied_items);
      }
  CHECK(all.tied_items(ks.back())(6, 0) > 0);
  CHECK(all.tied_items(ks.back())(1, 0) == 0);
}

TEST_CASE(
    "a rectangular similarity matrix has a row for each space of one set and a column for each of the "
    "other") {
  const std::vector<neighbor_graph> graphs = layers(70, 12);
  const std::span<const neighbor_graph> all(graphs), rows = all.first(2), columns = all.subspan(2);
  const std::vector<Index> ks = GENERATE(std::vector<Index>{5}, std::vector<Index>{2, 12});
  const similarity_matrix matrix(rows, columns, ks);
  REQUIRE(matrix.rows() == 2);
  REQUIRE(matrix.cols() == 5);
  CHECK(!matrix.square());
  for (const Index k : ks)
    for (Index row = 0; row < 2; ++row)
      for (Index column = 0; column < 5; ++column)
        check_pair(matrix.at(row, column, k), rows[static_cast<std::size_t>(row)],
                   columns[static_cast<std::size_t>(column)], k);
  CHECK(matrix.ks() == ks);
  CHECK(similarity_matrix(columns, rows, ks).jaccard(ks[0]) == matrix.jaccard(ks[0]).transpose());
}

TEST_CASE("1 - NNGS is a metric and NNGS a kernel, adjusted for chance too") {
  // Lists at random are the worst case: nothing but the definition holds them together.
  std::vector<neighbor_graph> graphs = layers(40, 8);
  for (std::uint64_t seed = 0; seed < 30; ++seed)
    graphs.push_back(reference::random_graph(seed, 40, 8, seed % 2 == 1));
  const auto count = static_cast<Index>(graphs.size());
  const similarity_matrix all(graphs, {1, 3, 8});
  for (const Index k : all.ks()) {
    CAPTURE(k);
    const MatrixXd near = all.jaccard(k);
    CHECK(near == near.transpose());
    CHECK(near.diagonal() == Eigen::VectorXd::Ones(count));
    CHECK(all.adjusted(k).diagonal() == Eigen::VectorXd::Ones(count));
    double least_saving = 0;  // of the direct way over one by another space
    for (Index a = 0; a < count; ++a)
      for (Index b = 0; b < count; ++b)
        for (Index c = 0; c < count; ++c)
          least_saving = std::min(least_saving, 1 - near(a, b) - near(b, c) + near(a, c));
    CHECK(least_saving > -1e-12);
    CHECK(smallest_eigenvalue(near) > -1e-12);
    CHECK(smallest_eigenvalue(all.adjusted(k)) > -1e-12);
  }
}

TEST_CASE("a similarity matrix has the same bits for any executor") {
  // Several blocks, whose ends lie within rows: 2^19 list entries are one.
  const std::vector<neighbor_graph> graphs = layers(3000, 30);
  const similarity_matrix expected(graphs, {7, 30}, nngs::serial{});
  const auto same = [&](const similarity_matrix& other) {
    for (const Index k : expected.ks()) {
      CHECK(other.jaccard(k) == expected.jaccard(k));
      CHECK(other.overlap(k) == expected.overlap(k));
      CHECK(other.adjusted(k) == expected.adjusted(k));
      CHECK(other.z(k) == expected.z(k));
      CHECK(other.tied_items(k) == expected.tied_items(k));
    }
  };
  same(similarity_matrix(graphs, {7, 30}));
  same(similarity_matrix(graphs, {7, 30}, nngs::threads{3}));
  same(similarity_matrix(graphs, {7, 30}, reference::backwards{}));
  CHECK(expected.at(2, 5, 30).observed == nngs::compare(graphs[2], graphs[5], 30));
  CHECK(similarity_matrix(graphs, {30}).jaccard(30) ==
        expected.jaccard(30));  // alone, it is counted in another way
}

TEST_CASE("one space alone is a matrix too") {
  const std::vector<neighbor_graph> graphs{reference::random_graph(1, 9, 8)};
  const similarity_matrix one(graphs, {8});
  CHECK(one.jaccard(8)(0, 0) == 1);
  CHECK(one.adjusted(8)(0, 0) == 1);
  CHECK(one.z(8)(0, 0) == 0);  // at k = n - 1 every pairing scores the same
}

TEST_CASE("what no similarity matrix can be made of is refused with the values") {
  const std::vector<neighbor_graph> none,
      graphs = layers(30, 5), others{reference::random_graph(1, 30, 4), reference::random_graph(1, 31, 9)};
  const auto says = [](const std::string& message, const std::string& words) {
    CAPTURE(message);
    CHECK(message.find(words) != std::string::npos);
  };
  says(complaint([&] { similarity_matrix(none, {1}); }), "0 x 0 spaces");
  says(complaint([&] { similarity_matrix(graphs, none, {1}); }), "7 x 0 spaces");
  says(complaint([&] { similarity_matrix(graphs, std::vector<Index>{}); }), "give one k or more");
  says(complaint([&] { similarity_matrix(graphs, {1, 6}); }), "k = 6 is not in [1, depth] for graph 0");
  says(complaint([&] { similarity_matrix(graphs, {0, 1}); }), "k = 0 is not in");
  says(complaint([&] { similarity_matrix(graphs, others, {1}); }),
       "graph 8 (counted from 0, the rows first) is of 31");
  says(complaint([&] { similarity_matrix(others, {1}); }),
       "graph 1 (counted from 0) is of 31 items, the first of 30");
  says(complaint([&] { similarity_matrix(graphs, {1, 3}).jaccard(2); }), "made for k = 1, 3");
  says(complaint([&] { similarity_matrix(graphs, {1}).at(0, 7, 1); }),
       "no pair (0, 7), counted from 0: the matrix is 7 x 7");
  says(complaint([&] { similarity_matrix(graphs, {1}).at(-1, 0, 1); }), "no pair (-1, 0)");
}
