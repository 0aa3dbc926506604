// SPDX-License-Identifier: MIT
// One score of two matrices at a large k comes from sets of neighbours without their order. It has the bits,
// and the ties, of the score of two graphs.
#include <cmath>
#include <limits>
#include <nngs/nngs.hpp>
#include <vector>

#include "../catch.hpp"
#include "reference.hpp"

using Eigen::Index;
using reference::matrix;

template <class MetricX, class MetricY>
static void check(const matrix& x, const matrix& y, const MetricX& metric_x, const MetricY& metric_y) {
  const Index n = x.rows();
  const auto gx = nngs::build_graph(x, n - 1, metric_x), gy = nngs::build_graph(y, n - 1, metric_y);
  for (const Index k : std::vector<Index>{1, 2, n / 7 + 1, n / 2, n - 2, n - 1}) {
    if (k < 1 || k > n - 1) continue;
    INFO("n = " << n << ", k = " << k);
    CHECK(nngs::compare(x, y, k, metric_x, metric_y, nngs::serial{}) == nngs::compare(gx, gy, k));
    CHECK(nngs::compare(x, y, k, metric_x, metric_y, nngs::threads{3}) == nngs::compare(gx, gy, k));
  }
}

TEST_CASE("scores from sets are those from lists on normal data") {
  for (const Index n : {2, 3, 30, 64, 65, 130, 490, 700}) {
    const matrix x = reference::normal_matrix(1, n, 20), y = x + reference::normal_matrix(2, n, 20);
    check(x, y, nngs::euclidean{}, nngs::euclidean{});
  }
}

TEST_CASE("scores from sets are those from lists where many are equally near") {
  check(reference::lattice(3, 200, 9, 2), reference::lattice(4, 200, 2, 6), nngs::euclidean{},
        nngs::euclidean{});
  check(reference::duplicated_rows(5, 150, 12, 4), reference::duplicated_rows(6, 150, 9, 90),
        nngs::euclidean{}, nngs::cosine{});
  check(matrix::Zero(70, 9), reference::lattice(7, 70, 9, 3, 1, 1), nngs::euclidean{}, nngs::inner_product{});
}

TEST_CASE("scores from sets are those from lists for metrics without products") {
  const matrix x = reference::lattice(8, 90, 9, 3), y = reference::normal_matrix(9, 90, 10);
  check(x, y, nngs::manhattan{}, nngs::chebyshev{});
  check(x, y, nngs::minkowski{3}, nngs::correlation{});
}

TEST_CASE("scores from sets are those from lists with an outlier and a large offset") {
  matrix x = (reference::normal_matrix(10, 160, 11).array() + 1e4).matrix();
  const matrix y = reference::normal_matrix(11, 160, 11);
  x.row(3) *= 1e6;
  check(x, y, nngs::euclidean{}, nngs::euclidean{});
}

TEST_CASE("every instruction set splits scores alike") {
  std::vector<float> scores;
  std::mt19937_64 random(12);
  for (int i = 0; i < 64; ++i) scores.push_back(static_cast<float>(reference::below(random, 7)) - 3);
  const float infinity = std::numeric_limits<float>::infinity();
  for (const auto set :
       {nngs::detail::base::instruction_set::portable, nngs::detail::base::instruction_set::avx2, nngs::detail::base::instruction_set::avx512}) {
    if (set > nngs::detail::base::best_instruction_set()) continue;
    const auto split = nngs::detail::search::tile_functions_for(set).split_scores;
    for (const float accept : {-infinity, -3.0F, 0.0F, 1.0F, 2.5F})
      for (const float certain : {0.0F, 1.0F, 3.0F, infinity}) {
        const auto expected = nngs::detail::search::split_some_scores(scores.data(), 64, accept, certain);
        const auto found = split(scores.data(), accept, certain);
        CHECK(found.above == expected.above);
        CHECK(found.between == expected.between);
      }
  }
}
