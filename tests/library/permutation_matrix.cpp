// SPDX-License-Identifier: MIT
// Permutation tests of many spaces: p of each pair and of the best, by all permutations and under the null.
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <nngs/nngs.hpp>
#include <span>
#include <string>
#include <vector>

#include "../catch.hpp"
#include "random_graph.hpp"
#include "reference.hpp"

using Eigen::Index;
using nngs::neighbor_graph;
using nngs::permutation_test;
using reference::random_graph;

namespace {

using names = std::vector<Index>;

bool as_high(double a, double b) { return a >= b - 1e-12; }

/// Every permutation of the items that stay within their groups.
std::vector<names> all_moves(const std::vector<Index>& groups) {
  std::vector<names> moves;
  names move = reference::in_order(static_cast<Index>(groups.size()));
  do {
    bool within = true;
    for (std::size_t item = 0; item < move.size(); ++item)
      within = within && groups[item] == groups[static_cast<std::size_t>(move[item])];
    if (within) moves.push_back(move);
  } while (std::next_permutation(move.begin(), move.end()));
  return moves;
}

/// NNGS at k of every tested pair, one after the other.
using scores = std::vector<double>;

/// What the scores as given are worth among those of all permutations.
struct exact_matrix_test {
  scores observed;
  std::vector<scores> permuted;

  double p(std::size_t pair) const {
    double high = 0;
    for (const scores& one : permuted) high += as_high(one[pair], observed[pair]);
    return high / static_cast<double>(permuted.size());
  }
  /// Of the highest z over all pairs, by the mean and the standard deviation of all permutations.
  double best_p() const {
    std::vector<double> mean(observed.size()), sd(observed.size());
    const auto count = static_cast<double>(permuted.size());
    for (std::size_t pair = 0; pair < observed.size(); ++pair) {
      for (const scores& one : permuted) mean[pair] += one[pair] / count;
      for (const scores& one : permuted)
        sd[pair] += (one[pair] - mean[pair]) * (one[pair] - mean[pair]) / count;
      sd[pair] = std::sqrt(sd[pair]);
    }
    const auto highest = [&](const scores& one) {
      double z = -1e300;
      for (std::size_t pair = 0; pair < one.size(); ++pair)
        if (sd[pair] > 1e-12) z = std::max(z, (one[pair] - mean[pair]) / sd[pair]);
      return z;
    };
    double high = 0;
    for (const scores& one : permuted) high += as_high(highest(one), highest(observed));
    return high / count;
  }
};

double share_up_to(const std::vector<double>& sample, double limit) {
  return static_cast<double>(
             std::count_if(sample.begin(), sample.end(), [&](double one) { return one <= limit; })) /
         static_cast<double>(sample.size());
}

/// The distance of p-values from the uniform distribution over 1 / (count + 1), .., 1.
double distance_from_uniform(const std::vector<double>& sample, Index count) {
  double distance = share_up_to(sample, 0.5 / static_cast<double>(count + 1));
  for (Index step = 1; step <= count + 1; ++step) {
    const double p = static_cast<double>(step) / static_cast<double>(count + 1);
    distance = std::max(distance, std::abs(share_up_to(sample, p + 1e-9) - p));
  }
  return distance;
}

/// What the Kolmogorov-Smirnov distance of so many draws exceeds once in a million.
double bound(const std::vector<double>& sample) {
  return std::sqrt(std::log(2e6) / 2 / static_cast<double>(sample.size()));
}

const std::vector<std::vector<Index>> groupings{{0, 0, 0, 0, 0}, {1, 2, 1, 2, 1}};

}  // namespace

TEST_CASE("p of a square matrix is that of every space permuted in its own way") {
  const std::vector<Index> groups = GENERATE(from_range(groupings));
  const std::vector<neighbor_graph> graphs{random_graph(1, 5, 3), random_graph(2, 5, 2),
                                           random_graph(6, 5, 2)};
  const Index k = 2;
  const auto score = [&](const neighbor_graph& a, const neighbor_graph& b, const neighbor_graph& c) {
    return scores{nngs::similarity(a, b, k, nngs::serial{}), nngs::similarity(a, c, k, nngs::serial{}),
                  nngs::similarity(b, c, k, nngs::serial{})};
  };
  exact_matrix_test exact{score(graphs[0], graphs[1], graphs[2]), {}};
  // The first may stay: only how the spaces lie to each other counts.
  for (const names& second : all_moves(groups))
    for (const names& third : all_moves(groups))
      exact.permuted.push_back(
          score(graphs[0], reference::renamed(graphs[1], second), reference::renamed(graphs[2], third)));

  const Index count = 8000;
  const auto test = permutation_test(graphs, {.count = count, .seed = 3, .k = {k}, .groups = groups});
  const double five_sd = 5 * std::sqrt(0.25 / static_cast<double>(count));
  std::size_t pair = 0;
  for (Index row = 0; row < 3; ++row)
    for (Index column = row + 1; column < 3; ++column, ++pair) {
      CAPTURE(row, column, groups);
      const nngs::permuted_score& one = test.jaccard.at(row, column, k);
      CHECK_THAT(one.observed, WithinAbs(exact.observed[pair], 1e-15));
      CHECK_THAT(one.p, WithinAbs(exact.p(pair), five_sd));
      CHECK(test.jaccard.p(k)(column, row) == one.p);
      CHECK(test.jaccard.z(k)(row, column) == one.z);
      CHECK(&test.jaccard.at(column, row, k) == &one);
      CHECK(one.z <= test.jaccard.at(test.jaccard.best().row, test.jaccard.best().column, k).z);
    }
  CHECK_THAT(test.jaccard.best_p(), WithinAbs(exact.best_p(), five_sd));
  CHECK(std::isnan(test.jaccard.p(k)(1, 1)));
}

TEST_CASE("p of a rectangular matrix is that of all columns permuted in one way") {
  const std::vector<Index> groups = GENERATE(from_range(groupings));
  // The columns are related to each other, so that it makes a difference.
  const std::vector<neighbor_graph> rows{random_graph(1, 5, 2)},
      columns{random_graph(2, 5, 2), random_graph(2, 5, 3), random_graph(3, 5, 2)};
  const Index k = 2;
  exact_matrix_test exact;
  for (const names& move : all_moves(groups)) {
    scores& one = exact.permuted.emplace_back();
    for (const neighbor_graph& column : columns)
      one.push_back(nngs::similarity(rows[0], reference::renamed(column, move), k, nngs::serial{}));
  }
  for (const neighbor_graph& column : columns) exact.observed.push_back(nngs::similarity(rows[0], column, k));

  const Index count = 8000;
  const auto test = permutation_test(rows, columns, {.count = count, .seed = 3, .k = {k}, .groups = groups});
  const double five_sd = 5 * std::sqrt(0.25 / static_cast<double>(count));
  for (std::size_t pair = 0; pair < 3; ++pair)
    CHECK_THAT(test.jaccard.at(0, static_cast<Index>(pair), k).p, WithinAbs(exact.p(pair), five_sd));
  CHECK_THAT(test.jaccard.best_p(), WithinAbs(exact.best_p(), five_sd));
}

TEST_CASE("every pair of a rectangular matrix is tested as the pair alone") {
  const Index n = 60;
  std::vector<neighbor_graph> graphs;
  for (std::uint64_t seed = 0; seed < 5; ++seed) graphs.push_back(random_graph(seed, n, 12));
  std::vector<Index> groups;
  if (GENERATE(false, true))
    for (Index item = 0; item < n; ++item) groups.push_back(item % 3);
  const std::span<const neighbor_graph> all(graphs);
  const nngs::permutations options{.count = 49, .seed = 5, .k = {10, 3}, .groups = groups};
  const auto test = permutation_test(all.first(2), all.subspan(2), options);
  for (Index row = 0; row < 2; ++row)
    for (Index column = 0; column < 3; ++column) {
      const auto alone = permutation_test(graphs[static_cast<std::size_t>(row)],
                                          graphs[static_cast<std::size_t>(2 + column)], options);
      for (std::size_t at = 0; at < 2; ++at) {
        const Index k = alone.jaccard.scores[at].k;
        CHECK(test.jaccard.at(row, column, k) == alone.jaccard.scores[at]);
        CHECK(test.overlap.at(row, column, k).p == alone.overlap.scores[at].p);
        CHECK_THAT(test.overlap.at(row, column, k).z, WithinAbs(alone.overlap.scores[at].z, 1e-12));
      }
    }
}

TEST_CASE("without groups z of the overlap is that of the similarity matrix") {
  std::vector<neighbor_graph> graphs;
  for (std::uint64_t seed = 0; seed < 4; ++seed) graphs.push_back(random_graph(seed, 40, 6, seed == 2));
  const auto test = permutation_test(graphs, {.count = 9, .k = {4}});
  const Eigen::MatrixXd z = nngs::similarity_matrix(graphs, {4}).z(4);
  for (Index row = 0; row < 4; ++row)
    for (Index column = 0; column < row; ++column)
      CHECK_THAT(test.overlap.at(row, column, 4).z, WithinAbs(z(row, column), 1e-12));
  CHECK(permutation_test(graphs, {.count = 9}).jaccard.p(6)(0, 1) > 0);  // no k: all of them
}

TEST_CASE("p of pairs and of the best pair are uniform under the null") {
  // So few permutations that a missing + 1 would show.
  const Index count = 4, n = 40;
  const bool square = GENERATE(true, false), in_groups = GENERATE(false, true);
  CAPTURE(square, in_groups);
  std::vector<Index> groups;
  if (in_groups)
    for (Index item = 0; item < n; ++item) groups.push_back(item % 2);
  // Two layers each of two models, related within the model.
  std::vector<neighbor_graph> graphs;
  for (const std::uint64_t model : {1U, 2U}) {
    const Eigen::MatrixXd layer = reference::normal_matrix(model, n, 6);
    graphs.push_back(nngs::build_graph(layer, 8));
    graphs.push_back(nngs::build_graph(layer + 0.3 * reference::normal_matrix(10 + model, n, 6), 8));
  }
  std::vector<double> pair, best, best_of_overlap;
  for (std::uint64_t draw = 0; draw < 1500; ++draw) {
    const names move = reference::shuffled(2000 + draw, n), other = reference::shuffled(7000 + draw, n);
    const nngs::permutations options{.count = count, .seed = draw, .k = {4, 8}, .groups = groups};
    if (square) {
      // No two are related: one layer of each model, and the other layer of the second in a way of its own.
      const std::vector<neighbor_graph> null{graphs[0], reference::renamed(graphs[2], move),
                                             reference::renamed(graphs[3], other)};
      const auto test = permutation_test(null, options, nngs::serial{});
      pair.push_back(test.jaccard.at(0, 2, 4).p);
      best.push_back(test.jaccard.best_p());
      best_of_overlap.push_back(test.overlap.best_p());
    } else {
      const std::vector<neighbor_graph> rows{graphs[0], graphs[1]},
          null{reference::renamed(graphs[2], move), reference::renamed(graphs[3], move)};
      const auto test = permutation_test(rows, null, options, nngs::serial{});
      pair.push_back(test.jaccard.at(1, 1, 8).p);
      best.push_back(test.jaccard.best_p());
      best_of_overlap.push_back(test.overlap.best_p());
    }
  }
  CHECK(distance_from_uniform(best, count) < bound(best));
  CHECK(distance_from_uniform(pair, count) < bound(pair));
  CHECK(distance_from_uniform(best_of_overlap, count) < bound(best_of_overlap));
}

TEST_CASE("the best pair of a matrix is found, and any executor permutes to the same bits") {
  const Index n = 300;
  std::vector<neighbor_graph> graphs;
  for (std::uint64_t seed = 1; seed < 5; ++seed)
    graphs.push_back(nngs::build_graph(reference::normal_matrix(seed, n, 5), 40));
  graphs.push_back(
      nngs::build_graph(reference::normal_matrix(2, n, 5) + reference::normal_matrix(9, n, 5), 40));
  const nngs::permutations options{.count = 40, .seed = 1, .k = {5, 40}};
  const auto expected = permutation_test(graphs, options, nngs::serial{});
  CHECK(expected.jaccard.best().row == 1);
  CHECK(expected.jaccard.best().column == 4);
  CHECK(expected.jaccard.best_p() == 1.0 / 41);
  const auto same = [&](const auto& test) {
    for (const Index k : {5, 40})
      for (Index row = 0; row < 5; ++row)
        for (Index column = 0; column < row; ++column) {
          CHECK(test.jaccard.at(row, column, k) == expected.jaccard.at(row, column, k));
          CHECK(test.overlap.at(row, column, k) == expected.overlap.at(row, column, k));
        }
    CHECK(test.jaccard.best() == expected.jaccard.best());
    CHECK(test.overlap.best_p() == expected.overlap.best_p());
  };
  same(permutation_test(graphs, options));
  same(permutation_test(graphs, options, nngs::threads{3}));
  same(permutation_test(graphs, options, reference::backwards{}));
}

TEST_CASE("what cannot be tested among many spaces is refused with the values") {
  const std::vector<neighbor_graph> none, one{random_graph(1, 9, 4)},
      two{random_graph(1, 9, 4), random_graph(2, 9, 6)};
  const auto says = [](const std::string& message, const std::string& words) {
    CAPTURE(message);
    CHECK(message.find(words) != std::string::npos);
  };
  using reference::complaint;
  says(complaint([&] { permutation_test(none); }), "0 x 0 spaces");
  says(complaint([&] { permutation_test(one); }), "one space has no pair");
  says(complaint([&] { permutation_test(one, none); }), "1 x 0 spaces");
  says(complaint([&] { permutation_test(two, {.count = 0}); }), "0 permutations");
  says(complaint([&] { permutation_test(two, {.k = {5}}); }), "k = 5 is not in [1, depth] for graph 0");
  says(complaint([&] { permutation_test(two, {.groups = {1, 1}}); }), "2 group labels for 9 items");
  says(complaint([&] { permutation_test(two, {.count = 1}).jaccard.at(1, 1, 1); }),
       "space 1 is not tested against itself");
  says(complaint([&] { permutation_test(two, {.count = 1, .k = {2}}).jaccard.at(0, 1, 1); }),
       "made for k = 2");
}
