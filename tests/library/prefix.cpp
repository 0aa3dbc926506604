// SPDX-License-Identifier: MIT
#include <algorithm>
#include <nngs/nngs.hpp>
#include <vector>

#include "../catch.hpp"
#include "reference.hpp"

using Eigen::Index;
using Eigen::MatrixXd;

template <class Search>
static void check_prefixes(const MatrixXd& rows, const Search& search) {
  const Index depth = rows.rows() - 1;
  const auto deep = nngs::build_graph(rows, depth, search);
  for (const Index k : {Index{1}, Index{2}, Index{5}, depth / 2, depth - 1}) {
    const auto flat = nngs::build_graph(rows, k, search);
    bool same = true;
    for (Index item = 0; item < rows.rows(); ++item) {
      const auto expected = flat.neighbors(item);
      same = same && std::equal(expected.begin(), expected.end(), deep.neighbors(item).begin());
      for (Index rank = 1; rank <= k; ++rank) same = same && flat.tied(item, rank) == deep.tied(item, rank);
    }
    INFO("k = " << k);
    CHECK(same);
    CHECK(flat.tied_items(k) == deep.tied_items(k));
  }
}

TEST_CASE("the first k of a deep graph are the graph at k, ties too") {
  check_prefixes(reference::normal_matrix(1, 70, 3), nngs::exact{});
  check_prefixes(reference::lattice(2, 80, 2, 4), nngs::exact{});
  check_prefixes(reference::lattice(2, 80, 2, 4), nngs::kd_tree{});
  check_prefixes(reference::duplicated_rows(3, 60, 2, 9), nngs::kd_tree{});
}

TEST_CASE("at k = n - 1 nothing is tied") {
  const auto graph = nngs::build_graph(MatrixXd::Zero(9, 2), 8);
  CHECK(graph.tied_items(8) == 0);
  CHECK(graph.tied_items(7) == 9);
}

TEST_CASE("the score at k does not depend on how deep the graphs are") {
  const MatrixXd x = reference::lattice(4, 90, 2, 6), y = reference::normal_matrix(5, 90, 3);
  const auto deep_x = nngs::build_graph(x, 89), deep_y = nngs::build_graph(y, 50);
  for (const Index k : {1, 3, 20, 50}) {
    const auto flat_x = nngs::build_graph(x, k), flat_y = nngs::build_graph(y, k);
    CHECK(nngs::compare(deep_x, deep_y, k) == nngs::compare(flat_x, flat_y, k));
    CHECK(nngs::similarity(deep_x, flat_y, k) == nngs::similarity(x, y, k));
    CHECK(nngs::item_similarity(deep_x, deep_y, k) == nngs::item_similarity(flat_x, flat_y, k));
  }
}

TEST_CASE("element k - 1 of the curve is the score at k") {
  const MatrixXd x = reference::lattice(6, 75, 2, 6), y = x + reference::normal_matrix(7, 75, 2);
  const auto graph_x = nngs::build_graph(x, 74), graph_y = nngs::build_graph(y, 60);
  const auto curve = nngs::similarity_curve(graph_x, graph_y);
  REQUIRE(curve.size() == 60);
  for (Index k = 1; k <= 60; ++k) {
    CHECK(curve[static_cast<std::size_t>(k - 1)] == nngs::compare(graph_x, graph_y, k));
    CHECK(curve[static_cast<std::size_t>(k - 1)].k == k);
  }
}

template <class X, class Y, class MetricX, class MetricY>
static void check_streamed(const X& x, const Y& y, const MetricX& metric_x, const MetricY& metric_y) {
  const Index depth = x.rows() - 1;
  const auto kept =
      nngs::similarity_curve(nngs::build_graph(x, depth, metric_x), nngs::build_graph(y, depth, metric_y));
  const auto streamed = nngs::similarity_curve(x, y, metric_x, metric_y);
  REQUIRE(streamed.size() == static_cast<std::size_t>(depth));
  CHECK((streamed == kept));
}

TEST_CASE("the streamed curve is the curve of the graphs") {
  const MatrixXd x = reference::lattice(8, 150, 2, 6, 0.1, 0.1), y = reference::normal_matrix(9, 150, 5);
  check_streamed(x, y, nngs::euclidean{}, nngs::euclidean{});
  check_streamed(x, y, nngs::manhattan{}, nngs::cosine{});
  check_streamed(y, x, nngs::correlation{}, nngs::chebyshev{});
  check_streamed(x.cast<float>(), y, nngs::minkowski{3}, nngs::inner_product{});
  check_streamed(x.topRows(2), y.topRows(2), nngs::euclidean{}, nngs::euclidean{});
  check_streamed(x.topRows(33), y.topRows(33), nngs::euclidean{}, nngs::euclidean{});
  CHECK((nngs::similarity_curve(x, y) == nngs::similarity_curve(x, y, nngs::euclidean{}, nngs::euclidean{})));
}

TEST_CASE("the streamed curve of many blocks is the curve of the graphs") {
  check_streamed(reference::lattice(10, 400, 2, 12), reference::normal_matrix(11, 400, 9), nngs::euclidean{},
                 nngs::euclidean{});
}
