// SPDX-License-Identifier: MIT
// Expectation, variance and z under random pairing: by all pairings of few items, by many of 250, and against
// exact fractions up to a million.
#include <algorithm>
#include <cmath>
#include <nngs/nngs.hpp>
#include <vector>

#include "../catch.hpp"
#include "random_graph.hpp"
#include "reference.hpp"

using Eigen::Index;
using reference::complaint;
using reference::random_graph;

namespace {

/// Mean and variance at each k, over the pairings added.
class moments {
 public:
  explicit moments(Index depth) : sums_(Eigen::ArrayXXd::Zero(depth, 4)) {}

  void add(const std::vector<nngs::score>& scores) {
    for (const nngs::score& one : scores)
      sums_.row(one.k - 1) +=
          Eigen::Array4d(one.jaccard, one.jaccard * one.jaccard, one.overlap, one.overlap * one.overlap)
              .transpose();
    ++count_;
  }
  double jaccard(Index k) const { return mean(k, 0); }
  double jaccard_variance(Index k) const { return mean(k, 1) - mean(k, 0) * mean(k, 0); }
  double overlap(Index k) const { return mean(k, 2); }
  double overlap_variance(Index k) const { return mean(k, 3) - mean(k, 2) * mean(k, 2); }

 private:
  double mean(Index k, Index column) const { return sums_(k - 1, column) / count_; }
  Eigen::ArrayXXd sums_;
  double count_ = 0;
};

moments over_all_pairings(const nngs::neighbor_graph& x, const nngs::neighbor_graph& y) {
  moments all(std::min(x.depth(), y.depth()));
  std::vector<Index> names = reference::in_order(x.size());
  do {
    all.add(nngs::similarity_curve(x, reference::renamed(y, names), nngs::serial{}));
  } while (std::next_permutation(names.begin(), names.end()));
  return all;
}

void check_all_pairings(Index n, bool hubs) {
  const auto seed = static_cast<std::uint64_t>(n);
  const auto x = random_graph(seed, n, n - 1, hubs), y = random_graph(seed + 100, n, n - 1, hubs);
  const moments all = over_all_pairings(x, y);
  for (const nngs::tested_score& one : nngs::judge_curve(x, y)) {
    const Index k = one.observed.k;
    CAPTURE(n, k, hubs);
    CHECK_THAT(one.expected.jaccard, WithinAbs(all.jaccard(k), 1e-12));
    CHECK_THAT(one.expected.overlap, WithinAbs(all.overlap(k), 1e-12));
    CHECK_THAT(one.overlap_sd * one.overlap_sd, WithinAbs(all.overlap_variance(k), 1e-12));
    if (all.overlap_variance(k) > 1e-12) {
      CHECK_THAT(
          one.overlap_z,
          WithinAbs((one.observed.overlap - all.overlap(k)) / std::sqrt(all.overlap_variance(k)), 1e-9));
    } else {
      CHECK(one.overlap_sd == 0);
      CHECK(one.overlap_z == 0);
    }
  }
}

}  // namespace

TEST_CASE("expectation, variance and z are those over all pairings of 2 to 7 items") {
  const bool hubs = GENERATE(false, true);
  for (const Index n : {2, 3, 4, 5, 6, 7}) check_all_pairings(n, hubs);
}

TEST_CASE("a ring against a star shares one edge, and one more with probability 1 / (n - 1)") {
  // The star's items all list its hub, and so does one item of the ring. The hub's own edge may be the
  // ring's.
  const Index n = GENERATE(5, 100, 1000000);
  const auto items = static_cast<double>(n);
  const nngs::graph_diagnostics ring{1, 0, 0, 0, 0, 0, 0},
      star{1, 2, (items - 2) * (items - 2) + (items - 2), 0, 0, 0, 0};
  const double chance = 1 / static_cast<double>(n - 1);
  // What is left of terms near 1 here is 1 / n: so many digits are lost, and no more.
  CHECK_THAT(nngs::pairing_variance(ring, star, n), WithinAbs(chance * (1 - chance), 1e-15));
}

TEST_CASE("at k = n - 1 nothing spreads") {
  const nngs::tested_score last = nngs::judge(random_graph(1, 6, 5), random_graph(2, 6, 5), 5);
  CHECK(last.overlap_sd == 0);
  CHECK(last.overlap_z == 0);
  CHECK(last.adjusted == 1);
  CHECK(last.r_nx == 1);
}

TEST_CASE("the spread of 250 items with hubs is that of many random pairings", "[slow]") {
  const Index n = 250, depth = 60;
  const auto x = nngs::build_graph(reference::normal_matrix(11, n, 40), depth),
             y = nngs::build_graph(reference::normal_matrix(12, n, 40), depth);
  moments sampled(depth);
  for (std::uint64_t seed = 0; seed < 3000; ++seed)
    sampled.add(
        nngs::similarity_curve(x, reference::renamed(y, reference::shuffled(seed, n)), nngs::serial{}));
  const auto curve = nngs::judge_curve(x, y);
  // A variance of 3,000 has a standard error of 2.6 %.
  for (const Index k : {1, 2, 5, 10, 30, 60}) {
    CAPTURE(k);
    const nngs::tested_score& one = curve[static_cast<std::size_t>(k - 1)];
    CHECK(std::abs(one.overlap_sd * one.overlap_sd / sampled.overlap_variance(k) - 1) < 0.13);
    CHECK(std::abs(one.expected.jaccard - sampled.jaccard(k)) <
          5 * std::sqrt(sampled.jaccard_variance(k) / 3000));
  }
  // Independent items would spread far less: hubs matter here.
  const nngs::tested_score& ten = curve[9];
  CHECK(ten.overlap_sd * ten.overlap_sd > 1.5 * ten.expected.overlap_variance / static_cast<double>(n));
}

TEST_CASE("the spread is right for two large clusters, which share all or nothing") {
  // Of a cluster of x, a number of items that is hypergeometric pair with the first cluster of y, and each of
  // them shares all the others of them.
  const Index size = GENERATE(30, 100);
  const Eigen::MatrixXd spots = Eigen::VectorXd::LinSpaced(2 * size, 0, 1).array().round().matrix();
  const auto graph = nngs::build_graph(spots + 1e-3 * reference::normal_matrix(5, 2 * size, 1), size - 1);
  double probability = 1, total = 0, first = 0, second = 0;
  for (Index together = 0; together <= size; ++together) {
    const Index apart = size - together;
    const auto shared = static_cast<double>(2 * together * (together - 1) + 2 * apart * (apart - 1));
    total += probability;
    first += probability * shared;
    second += probability * shared * shared;
    const double growth = static_cast<double>(apart) / static_cast<double>(together + 1);
    probability *= growth * growth;
  }
  const double mean = first / total, variance = second / total - mean * mean;
  const nngs::tested_score one = nngs::judge(graph, graph, size - 1);
  const auto edges = static_cast<double>(2 * size * (size - 1));
  CAPTURE(size);
  CHECK(std::abs(one.expected.overlap * edges / mean - 1) < 1e-12);
  CHECK(std::abs(one.overlap_sd * edges / std::sqrt(variance) - 1) < 1e-9);
}

TEST_CASE("the variance keeps its digits up to a million items") {
  // The formula of definitions by raw counts, in fractions of whole numbers.
  struct known {
    Index n, k;
    std::uint64_t x_returned;
    double x_spread;
    std::uint64_t y_returned;
    double y_spread;
    double variance;
  };
  for (const known& one :
       {known{50, 7, 98, 1107, 240, 1713, 51.24184650455927},
        known{1000, 10, 2467, 1242, 3799, 4285, 107.0345416015791},
        known{1000, 10, 10, 350, 11, 2467, 98.28374573759491},
        known{1000, 500, 142259, 2494560, 248856, 1625748, 65752.36042588351},
        known{1000, 998, 997404, 410, 997745, 295, 1.3011487923724092},
        known{1000, 998, 997001, 69, 997001, 253, 1.0006955604788794},
        known{100000, 50, 3532849, 12947523, 4255062, 19261006, 3999.011771159691},
        known{1000000, 10, 9802118, 2824989, 3898798, 240420, 138.2134926450277},
        known{1000000, 10, 10, 4774019, 11, 873051, 99.99824770842763},
        known{1000000, 1000, 892932208, 1147120938, 615825678, 534443557, 1546387.3933572313},
        known{1000000, 500000, 189359743353, 246576055998, 37799269107, 4942499663, 75368014435.36432},
        known{1000000, 500000, 250000250000, 77226242531, 250000250000, 66595273423, 62500031687.498955},
        known{1000000, 999998, 999997113371, 4492755, 999997628896, 263215, 1.071295466623163}}) {
    CAPTURE(one.n, one.k);
    const nngs::graph_diagnostics x{one.k, one.x_returned, one.x_spread, 0, 0, 0, 0},
        y{one.k, one.y_returned, one.y_spread, 0, 0, 0, 0};
    CHECK(std::abs(nngs::pairing_variance(x, y, one.n) / one.variance - 1) < 1e-13);
    CHECK(nngs::pairing_variance(y, x, one.n) == nngs::pairing_variance(x, y, one.n));
  }
}

TEST_CASE("a judged curve is each k judged, for any executor") {
  const auto x = random_graph(21, 80, 40), y = random_graph(22, 80, 30);
  const auto curve = nngs::judge_curve(x, y, nngs::serial{});
  REQUIRE(curve.size() == 30);
  for (const auto& other :
       {nngs::judge_curve(x, y, nngs::threads{7}), nngs::judge_curve(x, y, reference::backwards{})})
    for (std::size_t i = 0; i < curve.size(); ++i) {
      const nngs::tested_score one = nngs::judge(x, y, curve[i].observed.k);
      CHECK(one.observed == curve[i].observed);
      CHECK(one.adjusted == curve[i].adjusted);
      CHECK(one.overlap_z == curve[i].overlap_z);
      CHECK(other[i].overlap_z == curve[i].overlap_z);
      CHECK(one.adjusted == nngs::adjusted(one.observed.jaccard, nngs::chance(80, one.observed.k).jaccard));
      CHECK(one.r_nx == nngs::r_nx(one.observed.overlap, 80, one.observed.k));
    }
  // The peak may be of what a tested score adds, too.
  CHECK(nngs::peak(curve, &nngs::tested_score::overlap_z) >= 1);
}

TEST_CASE("graphs that cannot be judged together are refused") {
  const auto x = random_graph(1, 9, 4), y = random_graph(1, 11, 4);
  CHECK(complaint([&] { nngs::judge_curve(x, y); }).find("9 and 11 items") != std::string::npos);
  CHECK(complaint([&] { nngs::judge(x, x, 5); }).find("k = 5") == 0);
  const auto one = nngs::diagnostics(x, 1), two = nngs::diagnostics(x, 2);
  CHECK(complaint([&] { nngs::pairing_variance(one, two, 9); }).find("k = 1 and k = 2") != std::string::npos);
}
