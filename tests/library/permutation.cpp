// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cmath>
#include <limits>
#include <nngs/nngs.hpp>
#include <string>
#include <vector>

#include "../catch.hpp"
#include "random_graph.hpp"
#include "reference.hpp"

using Eigen::Index;
using nngs::permutation_test;
using reference::complaint;
using reference::random_graph;

namespace {

struct exact_test {
  std::vector<nngs::score> observed;
  std::vector<std::vector<nngs::score>> pairings;

  static bool as_high(double a, double b) { return a >= b - 1e-12; }
  double jaccard_p(std::size_t at) const {
    double high = 0;
    for (const auto& scores : pairings) high += as_high(scores[at].jaccard, observed[at].jaccard);
    return high / static_cast<double>(pairings.size());
  }
  double overlap_p(std::size_t at) const {
    double high = 0;
    for (const auto& scores : pairings) high += as_high(scores[at].overlap, observed[at].overlap);
    return high / static_cast<double>(pairings.size());
  }
  double jaccard_mean(std::size_t at) const {
    double sum = 0;
    for (const auto& scores : pairings) sum += scores[at].jaccard;
    return sum / static_cast<double>(pairings.size());
  }
  /// For the highest z over all k, with the expectation and sd given.
  double curve_p(const nngs::permuted_curve& moments) const {
    const auto highest = [&](const std::vector<nngs::score>& scores) {
      double z = -std::numeric_limits<double>::infinity();
      for (std::size_t at = 0; at < scores.size(); ++at)
        if (moments.scores[at].sd > 0)
          z = std::max(z, (scores[at].jaccard - moments.scores[at].expected) / moments.scores[at].sd);
      return z;
    };
    double high = 0;
    for (const auto& scores : pairings) high += as_high(highest(scores), highest(observed));
    return high / static_cast<double>(pairings.size());
  }
};

/// Every pairing that keeps items within their groups.
exact_test over_all_pairings(const nngs::neighbor_graph& x, const nngs::neighbor_graph& y,
                             const std::vector<Index>& groups) {
  exact_test all{nngs::similarity_curve(x, y), {}};
  std::vector<Index> names = reference::in_order(x.size());
  do {
    bool within = true;
    for (std::size_t item = 0; item < names.size(); ++item)
      within = within && groups[item] == groups[static_cast<std::size_t>(names[item])];
    if (within)
      all.pairings.push_back(nngs::similarity_curve(x, reference::renamed(y, names), nngs::serial{}));
  } while (std::next_permutation(names.begin(), names.end()));
  return all;
}

}  // namespace

TEST_CASE("p-values are those of all pairings, within groups too") {
  const std::vector<Index> groups =
      GENERATE(std::vector<Index>{0, 0, 0, 0, 0, 0, 0}, std::vector<Index>{5, -2, 5, 5, -2, 5, 5},
               std::vector<Index>{1, 2, 1, 3, 2, 1, 2});
  const auto x = random_graph(3, 7, 6), y = random_graph(4, 7, 5);
  const exact_test exact = over_all_pairings(x, y, groups);
  REQUIRE(exact.pairings.size() > 2);
  const Index count = 8000;
  const auto test = permutation_test(x, y, {.count = count, .seed = 9, .groups = groups});
  REQUIRE(test.jaccard.scores.size() == 5);
  const double five_sd = 5 * std::sqrt(0.25 / static_cast<double>(count));
  for (std::size_t at = 0; at < 5; ++at) {
    const nngs::permuted_score &jaccard = test.jaccard.scores[at], &overlap = test.overlap.scores[at];
    CAPTURE(at, groups);
    CHECK_THAT(jaccard.observed, WithinAbs(exact.observed[at].jaccard, 1e-15));
    CHECK(overlap.observed == exact.observed[at].overlap);
    CHECK_THAT(jaccard.p, WithinAbs(exact.jaccard_p(at), five_sd));
    CHECK_THAT(overlap.p, WithinAbs(exact.overlap_p(at), five_sd));
    CHECK_THAT(jaccard.expected, WithinAbs(exact.jaccard_mean(at), 0.02));
  }
  CHECK_THAT(test.jaccard.p, WithinAbs(exact.curve_p(test.jaccard), five_sd));
}

TEST_CASE("with no groups expectation, spread and z of the overlap are those of the judged curve") {
  const auto x = random_graph(1, 50, 49), y = random_graph(2, 50, 49);
  const auto judged = nngs::judge_curve(x, y);
  const std::vector<Index> none, one_group(50, 7);
  const Index count = 2000;
  const auto test = permutation_test(x, y, {.count = count, .groups = none});
  CHECK(test == permutation_test(x, y, {.count = count, .groups = one_group}));
  for (std::size_t at = 0; at < judged.size(); ++at) {
    const nngs::permuted_score &jaccard = test.jaccard.scores[at], &overlap = test.overlap.scores[at];
    CAPTURE(at);
    CHECK(overlap.expected == judged[at].expected.overlap);
    CHECK(overlap.sd == judged[at].overlap_sd);
    CHECK_THAT(overlap.z, WithinAbs(judged[at].overlap_z, 1e-9));
    // Those of the Jaccard are of the permutations.
    CHECK(jaccard.k == judged[at].observed.k);
    CHECK_THAT(jaccard.expected, WithinAbs(judged[at].expected.jaccard,
                                           1e-14 + 5 * jaccard.sd / std::sqrt(static_cast<double>(count))));
    if (jaccard.sd > 0)
      CHECK_THAT(jaccard.z, WithinAbs((jaccard.observed - jaccard.expected) / jaccard.sd, 1e-9));
  }
  CHECK(test.jaccard.scores.back().p == 1);  // at k = n - 1 every pairing is the same
  CHECK(test.jaccard.scores.back().z == 0);
}

TEST_CASE("equal graphs are as significant as the number of permutations allows") {
  const auto x = nngs::build_graph(reference::normal_matrix(1, 100, 5), 20);
  for (const Index count : {1, 9, 99}) {
    const auto test = permutation_test(x, x, {.count = count, .k = {5}});
    CHECK(test.jaccard.scores[0].p == 1 / static_cast<double>(count + 1));
    CHECK(test.overlap.scores[0].p == 1 / static_cast<double>(count + 1));
    CHECK(test.jaccard.p == 1 / static_cast<double>(count + 1));
  }
}

TEST_CASE("where every pairing scores alike p is 1") {
  const auto x = random_graph(1, 8, 7), y = random_graph(2, 8, 7);
  const std::vector<Index> groups{0, 0, 0, 0, 1, 1, 1, 1};
  for (const auto& test : {permutation_test(x, y, {.count = 19, .k = {7}}),
                           permutation_test(x, y, {.count = 19, .k = {7}, .groups = groups})}) {
    CHECK(test.jaccard.scores[0].p == 1);
    CHECK(test.jaccard.scores[0].z == 0);
    CHECK(test.jaccard.p == 1);
    CHECK(test.overlap.p == 1);
  }
}

TEST_CASE("agreement that groups explain is not significant within them") {
  // Neighbours are of the item's own group, and otherwise at random.
  const Index n = 120;
  std::vector<Index> groups;
  Eigen::MatrixXd centres(n, 8);
  for (Index item = 0; item < n; ++item) {
    groups.push_back(item % 4);
    for (Index j = 0; j < 8; ++j) centres(item, j) = item % 4 == j ? 20 : 0;
  }
  const auto x = nngs::build_graph(centres + reference::normal_matrix(1, n, 8), 15);
  const auto y = nngs::build_graph(centres + reference::normal_matrix(2, n, 8), 15);
  CHECK(permutation_test(x, y, {.count = 199}).jaccard.p == 0.005);
  const auto within = permutation_test(x, y, {.count = 199, .groups = groups});
  CHECK(within.jaccard.p > 0.05);
  CHECK(std::abs(within.jaccard.scores[9].z) < 4);
  // A pair that agrees within the groups too is told apart, by a z that more permutations only make surer.
  const auto close = nngs::build_graph(
      centres + reference::normal_matrix(1, n, 8) + 0.5 * reference::normal_matrix(3, n, 8), 15);
  const auto many = permutation_test(x, close, {.count = 199, .groups = groups}).jaccard;
  CHECK(many.p == 0.005);
  for (const Index count : {19, 60}) {
    const nngs::permuted_score few =
        permutation_test(x, close, {.count = count, .groups = groups}).jaccard.scores[9];
    const nngs::permuted_score& sure = many.scores[9];
    CAPTURE(count, few.z, sure.z);
    CHECK(sure.z > 15);  // more than the square root of 199, which no z reaches that counts its own score in
    CHECK_THAT(few.z / sure.z, WithinAbs(1, 0.5));
    CHECK_THAT(few.expected, WithinAbs(sure.expected, sure.sd));
  }
}

TEST_CASE("each k is tested alike in any company") {
  const auto x = random_graph(1, 60, 30), y = random_graph(2, 60, 40);
  const auto all = permutation_test(x, y, {.count = 50, .seed = 3});
  REQUIRE(all.jaccard.scores.size() == 30);
  const auto some = permutation_test(x, y, {.count = 50, .seed = 3, .k = {20, 1, 20, 7}});
  REQUIRE(some.jaccard.scores.size() == 3);
  CHECK(some.jaccard.scores[0] == all.jaccard.scores[0]);
  CHECK(some.jaccard.scores[1] == all.jaccard.scores[6]);
  CHECK(some.overlap.scores[2] == all.overlap.scores[19]);
  const auto one = permutation_test(x, y, {.count = 50, .seed = 3, .k = {7}});
  CHECK(one.jaccard.p == one.jaccard.scores[0].p);
  CHECK(!(permutation_test(x, y, {.count = 50, .seed = 4}) == all));
}

TEST_CASE("any executor permutes to the same bits") {
  // Several blocks: 2^20 neighbours are one.
  const auto x = random_graph(1, 300, 100), y = random_graph(2, 300, 100);
  std::vector<Index> groups;
  for (Index item = 0; item < 300; ++item) groups.push_back(item % 3);
  for (const auto& options : {nngs::permutations{.count = 150, .seed = 5},
                              nngs::permutations{.count = 150, .seed = 5, .groups = groups}}) {
    const auto expected = permutation_test(x, y, options, nngs::serial{});
    CHECK(permutation_test(x, y, options) == expected);
    CHECK(permutation_test(x, y, options, nngs::threads{1}) == expected);
    CHECK(permutation_test(x, y, options, nngs::threads{2}) == expected);
    CHECK(permutation_test(x, y, options, nngs::threads{7}) == expected);
    CHECK(permutation_test(x, y, options, reference::backwards{}) == expected);
  }
}

TEST_CASE("each permutation scores what the relabelled graph scores") {
  // Several blocks again: no permutation may come twice because two blocks share it.
  const Index n = 300, count = 120;
  const auto x = random_graph(1, n, 100), y = random_graph(2, n, 100);
  const auto test = permutation_test(x, y, {.count = count, .seed = 8, .k = {10, 30, 100}});
  const nngs::detail::pairing all(n, {});
  std::vector<Index> high(3, 1);
  for (Index number = 0; number < count; ++number) {
    const auto partner = all.permuted(8, number);
    std::vector<Index> names(partner.size());
    for (std::size_t item = 0; item < partner.size(); ++item) names[partner[item]] = static_cast<Index>(item);
    const auto permuted = reference::renamed(y, names);
    for (std::size_t at = 0; at < 3; ++at)
      high[at] += nngs::overlap(x, permuted, test.overlap.scores[at].k) >= test.overlap.scores[at].observed;
  }
  for (std::size_t at = 0; at < 3; ++at)
    CHECK(test.overlap.scores[at].p == static_cast<double>(high[at]) / static_cast<double>(count + 1));
}

TEST_CASE("a permutation is the same in any run of several") {
  const auto x = random_graph(1, 30, 5), y = random_graph(2, 30, 5);
  // What 60 permutations count, 30 and the next 30 count: a longer run starts with the shorter.
  const auto high = [&](Index count) {
    const auto p = permutation_test(x, y, {.count = count, .seed = 2, .k = {5}}).jaccard.scores[0].p;
    return std::lround(p * static_cast<double>(count + 1)) - 1;
  };
  for (Index count = 1; count < 60; ++count) {
    CHECK(high(count + 1) >= high(count));
    CHECK(high(count + 1) <= high(count) + 1);
  }
}

TEST_CASE("what cannot be permuted is refused with the values") {
  const auto x = random_graph(1, 9, 4), y = random_graph(2, 9, 6), z = random_graph(1, 11, 4);
  const auto says = [](const std::string& message, const std::string& words) {
    CAPTURE(message);
    CHECK(message.find(words) != std::string::npos);
  };
  says(complaint([&] { permutation_test(x, z); }), "9 and 11 items");
  says(complaint([&] { permutation_test(x, y, {.k = {1, 5}}); }), "k = 5 is not in [1, depth]");
  says(complaint([&] { permutation_test(x, y, {.k = {0}}); }), "k = 0");
  says(complaint([&] { permutation_test(x, y, {.count = 0}); }), "0 permutations");
  says(complaint([&] { permutation_test(x, y, {.count = -5}); }), "-5 permutations");
  says(complaint([&] { permutation_test(x, y, {.groups = {1, 1, 2}}); }), "3 group labels for 9 items");
  says(complaint([&] { permutation_test(x, y, {.groups = reference::in_order(9)}); }), "group of its own");
}
