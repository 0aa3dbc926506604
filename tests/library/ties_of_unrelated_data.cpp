// SPDX-License-Identifier: MIT
// Unrelated data full of ties score what chance gives, and their p-values are uniform: each matrix orders its
// ties in its own way.
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <nngs/nngs.hpp>
#include <random>
#include <vector>

#include "../catch.hpp"
#include "reference.hpp"

using Eigen::Index;
using reference::matrix;

namespace {

constexpr Index replicates = 1000, n = 40, d = 4, k = 5;

/// n rows of d coordinates each of which is 0, .., levels - 1.
matrix whole_numbers(std::mt19937_64& random, Index levels) {
  return matrix::NullaryExpr(n, d, [&] { return static_cast<double>(reference::below(random, levels)); });
}

/// One-hot rows of so many classes.
matrix classes(std::mt19937_64& random, Index count) {
  matrix rows = matrix::Zero(n, count);
  for (Index row = 0; row < n; ++row) rows(row, reference::below(random, count)) = 1;
  return rows;
}

/// Rows of zeros but for some, which are normal.
matrix zero_rows(std::mt19937_64& random, Index others) {
  matrix rows = matrix::Zero(n, d);
  for (Index i = 0; i < others; ++i)
    rows.row(reference::below(random, n)) =
        matrix::NullaryExpr(1, d, [&] { return reference::normal(random); });
  return rows;
}

/// Normal rows, each of ten drawn several times.
matrix repeated_rows(std::mt19937_64& random) {
  const matrix few = matrix::NullaryExpr(10, d, [&] { return reference::normal(random); });
  matrix rows(n, d);
  for (Index row = 0; row < n; ++row) rows.row(row) = few.row(reference::below(random, 10));
  return rows;
}

/// Pairs of independent matrices: their mean score is that of chance, and of 19 permutations the observed
/// pairing is the best in one case of 20, and among the better half in one of two.
template <class Draw>
void check_unrelated(const char* what, std::uint64_t seed, const Draw& draw) {
  std::mt19937_64 random(seed);
  double sum = 0, squares = 0;
  Index best = 0, better_half = 0;
  for (Index replicate = 0; replicate < replicates; ++replicate) {
    const matrix x = draw(random), y = draw(random);
    const auto graph_x = nngs::build_graph(x, k, nngs::euclidean{}, nngs::serial{});
    const auto graph_y = nngs::build_graph(y, k, nngs::euclidean{}, nngs::serial{});
    const auto test = nngs::permutation_test(
        graph_x, graph_y, {.count = 19, .seed = static_cast<std::uint64_t>(replicate), .k = {k}},
        nngs::serial{});
    const double score = test.overlap.scores[0].observed;
    sum += score;
    squares += score * score;
    best += test.overlap.p <= .05;
    better_half += test.overlap.p <= .5;
  }
  const auto count = static_cast<double>(replicates);
  const double mean = sum / count, error = std::sqrt((squares / count - mean * mean) / count);
  INFO(what << ": mean overlap " << mean << " +- " << error << ", chance " << nngs::chance(n, k).overlap
            << "; p <= .05 in " << best << ", p <= .5 in " << better_half << " of " << replicates);
  CHECK(std::abs(mean - nngs::chance(n, k).overlap) < 4 * error);
  // Four standard deviations. Permutations that score the same as the observed pairing make p larger, never
  // smaller.
  CHECK(static_cast<double>(best) < .05 * count + 4 * std::sqrt(.05 * .95 * count));
  CHECK(static_cast<double>(better_half) < .5 * count + 4 * std::sqrt(.25 * count));
  CHECK(static_cast<double>(better_half) > .35 * count);
}

}  // namespace

TEST_CASE("ties of unrelated data are independent: scores are chance's, and p-values uniform") {
  check_unrelated("four classes", 1, [](auto& random) { return classes(random, 4); });
  check_unrelated("two classes", 2, [](auto& random) { return classes(random, 2); });
  check_unrelated("bits", 3, [](auto& random) { return whole_numbers(random, 2); });
  check_unrelated("integers", 4, [](auto& random) { return whole_numbers(random, 5); });
  check_unrelated("some 20 % zero rows", 5, [](auto& random) { return zero_rows(random, 60); });
  check_unrelated("95 % zero rows", 6, [](auto& random) { return zero_rows(random, 2); });
  check_unrelated("repeated rows", 7, [](auto& random) { return repeated_rows(random); });
}

TEST_CASE("one order of ties for both graphs makes unrelated classes look related") {
  std::mt19937_64 random(1);
  const auto by_index = nngs::exact{nngs::euclidean{}, nngs::tie_order::by_index()};
  double sum = 0;
  for (int pair = 0; pair < 20; ++pair) {
    const matrix x = classes(random, 4), y = classes(random, 4);
    sum += nngs::similarity(x, y, k, by_index, by_index);
  }
  CHECK(sum / 20 > 1.3 * nngs::chance(n, k).jaccard);
}
