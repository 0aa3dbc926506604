// SPDX-License-Identifier: MIT
// Under the null hypothesis, pairing at random, p-values are uniform and z is near normal.
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <nngs/nngs.hpp>
#include <vector>

#include "../catch.hpp"
#include "random_graph.hpp"
#include "reference.hpp"

using Eigen::Index;
using reference::random_graph;

namespace {

double share_up_to(const std::vector<double>& sample, double limit) {
  return static_cast<double>(
             std::count_if(sample.begin(), sample.end(), [&](double one) { return one <= limit; })) /
         static_cast<double>(sample.size());
}

/// What the Kolmogorov-Smirnov distance of so many draws exceeds once in a million.
double bound(const std::vector<double>& sample) {
  return std::sqrt(std::log(2e6) / 2 / static_cast<double>(sample.size()));
}

/// The distance of p-values from the uniform distribution over 1 / (count + 1), .., 1. Every distance below 0
/// and between these steps counts too: a p of 0 is no p-value.
double distance_from_uniform(const std::vector<double>& sample, Index count) {
  double distance = share_up_to(sample, 0.5 / static_cast<double>(count + 1));
  for (Index step = 1; step <= count + 1; ++step) {
    const double p = static_cast<double>(step) / static_cast<double>(count + 1);
    distance = std::max(distance, std::abs(share_up_to(sample, p + 1e-9) - p));
  }
  return distance;
}

double distance_from_normal(std::vector<double> sample) {
  std::sort(sample.begin(), sample.end());
  double distance = 0, below = 0;
  for (const double z : sample) {
    const double expected = std::erfc(-z / std::sqrt(2.0)) / 2;
    distance = std::max(distance, std::abs(below - expected));
    below += 1 / static_cast<double>(sample.size());
    distance = std::max(distance, std::abs(below - expected));
  }
  return distance;
}

/// Calls use(graph, randomly paired graph, draw) for many draws.
template <class Use>
void for_each_null(const nngs::neighbor_graph& x, const nngs::neighbor_graph& y, std::uint64_t draws,
                   const Use& use) {
  for (std::uint64_t draw = 0; draw < draws; ++draw)
    use(x, reference::renamed(y, reference::shuffled(1000 + draw, x.size())), draw);
}

}  // namespace

TEST_CASE("permutation p-values are uniform under the null, at each k and for the curve") {
  // So few permutations that a missing + 1 would show.
  const Index count = 4;
  const bool in_groups = GENERATE(false, true);
  CAPTURE(in_groups);
  const Index n = 60;
  std::vector<Index> groups;
  if (in_groups)
    for (Index item = 0; item < n; ++item) groups.push_back(item % 2);
  const auto x = nngs::build_graph(reference::normal_matrix(1, n, 10), 20),
             y = nngs::build_graph(reference::normal_matrix(2, n, 10), 20);
  std::vector<double> small_k, large_k, curve, curve_of_overlap;
  for_each_null(x, y, 1500, [&](const auto& graph, const auto& null, std::uint64_t draw) {
    const auto test = nngs::permutation_test(
        graph, null, {.count = count, .seed = draw, .k = {6, 10, 20}, .groups = groups}, nngs::serial{});
    small_k.push_back(test.jaccard.scores.front().p);
    large_k.push_back(test.jaccard.scores.back().p);
    curve.push_back(test.jaccard.p);
    curve_of_overlap.push_back(test.overlap.p);
  });
  for (const auto& sample : {small_k, large_k, curve, curve_of_overlap})
    CHECK(distance_from_uniform(sample, count) < bound(sample));
}

TEST_CASE("ties among permuted scores never make a p-value too small") {
  // 8 items at k = 1: the overlap is 0, 1 or 2, nearly always.
  const auto x = random_graph(1, 8, 1), y = random_graph(2, 8, 1);
  std::vector<double> jaccard, overlap;
  for_each_null(x, y, 2000, [&](const auto& graph, const auto& null, std::uint64_t draw) {
    const auto test = nngs::permutation_test(graph, null, {.count = 9, .seed = draw}, nngs::serial{});
    jaccard.push_back(test.jaccard.p);
    overlap.push_back(test.overlap.p);
  });
  for (double level = 0.1; level < 0.95; level += 0.1) {
    CHECK(share_up_to(jaccard, level + 1e-9) < level + bound(jaccard));
    CHECK(share_up_to(overlap, level + 1e-9) < level + bound(overlap));
  }
}

TEST_CASE("z is near normal under the null") {
  const Index n = 200;
  const auto x = nngs::build_graph(reference::normal_matrix(3, n, 10), 10),
             y = nngs::build_graph(reference::normal_matrix(4, n, 10), 10);
  std::vector<double> overlap;
  for_each_null(x, y, 1000, [&](const auto& graph, const auto& null, std::uint64_t) {
    overlap.push_back(nngs::judge(graph, null, 10, nngs::serial{}).overlap_z);
  });
  CHECK(distance_from_normal(overlap) < bound(overlap));
}

TEST_CASE("an item's p-value is met as often as it says under the null") {
  const Index n = 40, k = 8;
  const auto x = random_graph(5, n, k, true), y = random_graph(6, n, k, true);
  std::vector<double> sample;
  for_each_null(x, y, 2000, [&](const auto& graph, const auto& null, std::uint64_t draw) {
    sample.push_back(nngs::test_items(graph, null, k)[draw % n].p);
  });
  for (const double p : nngs::overlap_tail(n, k))
    CHECK(std::abs(share_up_to(sample, p * (1 + 1e-12)) - p) < bound(sample));
}
