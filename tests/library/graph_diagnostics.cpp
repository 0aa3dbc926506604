// SPDX-License-Identifier: MIT
#include <cmath>
#include <nngs/nngs.hpp>
#include <string>
#include <vector>

#include "../catch.hpp"
#include "reference.hpp"

using Eigen::Index;
using reference::complaint;

namespace {

/// Whether item b is among the k nearest of a.
bool names(const nngs::neighbor_graph& graph, Index a, Index b, Index k) {
  for (Index rank = 0; rank < k; ++rank)
    if (graph.neighbors(a)[static_cast<std::size_t>(rank)] == b) return true;
  return false;
}

/// By the definitions, over all pairs of items.
nngs::graph_diagnostics by_pairs(const nngs::neighbor_graph& graph, Index k) {
  const Index n = graph.size();
  nngs::graph_diagnostics result{k, 0, 0, 0, 0, 0, 0};
  double squares = 0, cubes = 0;
  for (Index item = 0; item < n; ++item) {
    Index in_degree = 0;
    for (Index other = 0; other < n; ++other) {
      in_degree += names(graph, other, item, k);
      result.returned_edges += names(graph, other, item, k) && names(graph, item, other, k);
    }
    const auto excess = static_cast<double>(in_degree - k);
    squares += excess * excess;
    cubes += excess * excess * excess;
    result.never_listed += in_degree == 0;
    result.tied += graph.tied(item, k);
  }
  const auto items = static_cast<double>(n);
  result.in_degree_spread = squares;
  result.reciprocity = static_cast<double>(result.returned_edges) / (items * static_cast<double>(k));
  result.hubness = squares > 0 ? cubes / items / std::pow(squares / items, 1.5) : 0;
  result.never_listed /= items;
  result.tied /= items;
  return result;
}

void check_same(const nngs::graph_diagnostics& ours, const nngs::graph_diagnostics& expected) {
  CHECK(ours.k == expected.k);
  CHECK(ours.returned_edges == expected.returned_edges);
  CHECK(ours.in_degree_spread == expected.in_degree_spread);
  CHECK(ours.reciprocity == expected.reciprocity);
  CHECK_THAT(ours.hubness, WithinAbs(expected.hubness, 1e-12));
  CHECK(ours.never_listed == expected.never_listed);
  CHECK(ours.tied == expected.tied);
}

}  // namespace

TEST_CASE("diagnostics at every k are what counting over all pairs gives") {
  const auto graph = GENERATE(nngs::build_graph(reference::normal_matrix(1, 40, 6), 39),
                              nngs::build_graph(reference::lattice(2, 40, 2, 4), 39),
                              nngs::build_graph(reference::duplicated_rows(3, 40, 3, 9), 12));
  const auto curve = nngs::diagnostics_curve(graph);
  REQUIRE(static_cast<Index>(curve.size()) == graph.depth());
  for (Index k = 1; k <= graph.depth(); ++k) {
    CAPTURE(k);
    check_same(curve[static_cast<std::size_t>(k - 1)], by_pairs(graph, k));
    CHECK(nngs::diagnose(graph, k) == curve[static_cast<std::size_t>(k - 1)]);
  }
}

TEST_CASE("a star is all hub, a ring has none") {
  // Everyone lists item 0, who lists item 1.
  Eigen::MatrixXi star = Eigen::MatrixXi::Zero(10, 1), ring(10, 1);
  star(0, 0) = 1;
  for (int item = 0; item < 10; ++item) ring(item, 0) = (item + 1) % 10;
  const auto hub = nngs::diagnose(nngs::neighbor_graph(star), 1);
  CHECK(hub.returned_edges == 2);
  CHECK(hub.reciprocity == 0.2);
  CHECK(hub.never_listed == 0.8);
  CHECK(hub.in_degree_spread == 64 + 8);
  CHECK(hub.hubness > 2);
  const auto flat = nngs::diagnose(nngs::neighbor_graph(ring), 1);
  CHECK(flat.reciprocity == 0);
  CHECK(flat.never_listed == 0);
  CHECK(flat.in_degree_spread == 0);
  CHECK(flat.hubness == 0);
}

TEST_CASE("everyone lists everyone at k = n - 1") {
  const auto last = nngs::diagnose(nngs::build_graph(reference::normal_matrix(4, 30, 3), 29), 29);
  CHECK(last.reciprocity == 1);
  CHECK(last.hubness == 0);
  CHECK(last.never_listed == 0);
  CHECK(last.tied == 0);
}

TEST_CASE("diagnostics deeper than the graph are refused with k and the depth") {
  const auto graph = nngs::build_graph(reference::normal_matrix(5, 9, 2), 4);
  const Index k = GENERATE(Index{0}, Index{5}, Index{-3});
  const std::string words = "k = " + std::to_string(k) + " is not in [1, 4]";
  CHECK(complaint([&] { nngs::diagnose(graph, k); }).find(words) == 0);
  CHECK(complaint([&] { nngs::diagnostics_curve(graph, k); }).find(words) == 0);
}
