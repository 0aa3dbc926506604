// SPDX-License-Identifier: MIT
#include <nngs/nngs.hpp>
#include <string>
#include <utility>
#include <vector>

#include "../catch.hpp"
#include "reference.hpp"

using Eigen::Index;

static const Index n = 211;
static const auto graph_x = nngs::build_graph(reference::lattice(1, n, 2, 12), 30);
static const auto graph_y = nngs::build_graph(reference::normal_matrix(2, n, 2), 25);

/// [0, n) cut at random places, empty pieces among them, in random order.
static std::vector<std::pair<Index, Index>> pieces(std::uint64_t seed) {
  std::mt19937_64 random(seed);
  std::vector<Index> cuts{0, n};
  for (int i = 0; i < 15; ++i) cuts.push_back(reference::below(random, n + 1));
  std::sort(cuts.begin(), cuts.end());
  std::vector<std::pair<Index, Index>> ordered, mixed;
  for (std::size_t i = 1; i < cuts.size(); ++i) ordered.emplace_back(cuts[i - 1], cuts[i]);
  for (const Index i : reference::shuffled(seed, static_cast<Index>(ordered.size())))
    mixed.push_back(ordered[static_cast<std::size_t>(i)]);
  return mixed;
}

TEST_CASE("tallies of pieces add up to the tally of the whole, in any order") {
  const std::uint64_t seed = GENERATE(1U, 2U, 3U, 4U, 5U);
  const Index k = GENERATE(1, 3, 7, 25);
  nngs::overlap_tally sum(k);
  for (const auto& [first, last] : pieces(seed)) sum += nngs::tally(graph_x, graph_y, {first, last}, k);
  CHECK(sum == nngs::tally(graph_x, graph_y, {0, n}, k));
  const nngs::score score = nngs::compare(graph_x, graph_y, k);
  CHECK(score ==
        nngs::score{sum.k(), sum.mean_jaccard(), sum.mean_overlap(), sum.tied_items(), sum.tied_in_both()});
  CHECK(score == nngs::to_score(sum));
  CHECK(sum.items() == n);
}

TEST_CASE("tallies at every k of pieces add up to those of the whole, in any order") {
  const std::uint64_t seed = GENERATE(6U, 7U, 8U);
  std::vector<nngs::overlap_tally> sum = nngs::empty_tallies(25);
  for (const auto& [first, last] : pieces(seed)) {
    const auto part = nngs::tally_curve(graph_x, graph_y, {first, last});
    REQUIRE(part.size() == sum.size());
    for (std::size_t i = 0; i < sum.size(); ++i) sum[i] += part[i];
  }
  CHECK((sum == nngs::tally_curve(graph_x, graph_y, {0, n})));
  CHECK((nngs::to_score_curve(sum) == nngs::similarity_curve(graph_x, graph_y)));
  for (const nngs::overlap_tally& tally : sum)
    CHECK(tally == nngs::tally(graph_x, graph_y, {0, n}, tally.k()));
}

TEST_CASE("a tally counts what the sets of neighbours share") {
  std::uint64_t shared = 0;
  Index tied = 0;
  for (Index item = 0; item < n; ++item) {
    for (const auto a : graph_x.neighbors(item).first(10))
      for (const auto b : graph_y.neighbors(item).first(10)) shared += a == b;
    tied += graph_x.tied(item, 10) || graph_y.tied(item, 10);
  }
  const auto tally = nngs::tally(graph_x, graph_y, {0, n}, 10);
  CHECK(tally.shared() == shared);
  CHECK(tally.tied_items() == tied);
  CHECK(tied > 0);
  CHECK(tally.mean_overlap() == static_cast<double>(shared) / (10 * static_cast<double>(n)));
}

TEST_CASE("an empty tally changes nothing and has no mean") {
  auto tally = nngs::tally(graph_x, graph_y, {0, 50}, 4);
  const auto before = tally;
  tally += nngs::tally(graph_x, graph_y, {50, 50}, 4);
  CHECK(tally == before);
  CHECK(std::isnan(nngs::overlap_tally(4).mean_jaccard()));
  CHECK(std::isnan(nngs::overlap_tally(4).mean_overlap()));
}

TEST_CASE("tallies at different k are refused with both, and nothing is added") {
  auto tally = nngs::tally(graph_x, graph_y, {0, 50}, 4);
  const auto before = tally;
  const std::string message = reference::complaint([&] {
    tally += nngs::tally(graph_x, graph_y, {50, n}, 9);
  });
  CHECK(message.find("k = 4") != std::string::npos);
  CHECK(message.find("k = 9") != std::string::npos);
  CHECK(tally == before);
}
