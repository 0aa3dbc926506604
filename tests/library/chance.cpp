// SPDX-License-Identifier: MIT
// What random pairing gives at each k: against full summation, against published values, and at the edges.
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>
#include <nngs/nngs.hpp>
#include <string>
#include <vector>

#include "../catch.hpp"
#include "../golden.hpp"
#include "reference.hpp"

using Eigen::Index;
using reference::complaint;

namespace {

double relative_error(double ours, long double expected) {
  return static_cast<double>(std::fabs(static_cast<long double>(ours) - expected) / expected);
}

/// Every term of Hypergeometric(n - 1, k, k), from the least overlap up, over their sum.
std::vector<long double> all_probabilities(Index n, Index k) {
  std::vector<long double> weights(static_cast<std::size_t>(k) + 1, 0);
  const Index least = std::max<Index>(0, 2 * k - (n - 1));
  long double weight = 1, total = 0;
  for (Index o = least; o <= k; ++o) {
    total += weights[static_cast<std::size_t>(o)] = weight;
    weight *= static_cast<long double>(k - o) * static_cast<long double>(k - o) /
              (static_cast<long double>(o + 1) * static_cast<long double>(n - 2 * k + o));
  }
  for (long double& one : weights) one /= total;
  return weights;
}

/// The largest relative error of `chance` and `overlap_tail` at one (n, k).
double error_at(Index n, Index k) {
  const std::vector<long double> probabilities = all_probabilities(n, k);
  const auto two_k = static_cast<long double>(2 * k);
  long double mean = 0, variance = 0, tail = 0;
  for (std::size_t o = 0; o < probabilities.size(); ++o)
    mean += probabilities[o] * static_cast<long double>(o) / (two_k - static_cast<long double>(o));
  for (std::size_t o = 0; o < probabilities.size(); ++o) {
    const long double deviation = static_cast<long double>(o) / (two_k - static_cast<long double>(o)) - mean;
    variance += probabilities[o] * deviation * deviation;
  }
  const nngs::baseline ours = nngs::chance(n, k);
  double worst = relative_error(ours.jaccard, mean);
  if (k < n - 1) worst = std::max(worst, relative_error(ours.jaccard_variance, variance));
  const std::vector<double> our_tail = nngs::overlap_tail(n, k);
  for (std::size_t o = probabilities.size(); o-- > 0;) {
    tail += probabilities[o];
    if (tail > 1e-290L) worst = std::max(worst, relative_error(our_tail[o], tail));
  }
  return worst;
}

}  // namespace

TEST_CASE("expected Jaccard, its variance and the tail agree with full summation") {
  double worst = 0;
  for (Index n = 2; n <= 130; ++n)
    for (Index k = 1; k < n; ++k) worst = std::max(worst, error_at(n, k));
  CHECK(worst < 1e-13);
  // Weights from the least overlap up exceed double: only a wider type can sum them all.
  if (std::numeric_limits<long double>::max_exponent > 10000) {
    for (Index k = 1; k < 1000; k += 7) worst = std::max(worst, error_at(1000, k));
    for (const Index k : {1, 2, 10, 99, 100, 101, 3333, 5000, 7500, 9900, 9997, 9998, 9999})
      worst = std::max(worst, error_at(10000, k));
    CHECK(worst < 1e-12);
  }
}

TEST_CASE("expectations at millions of items keep their digits") {
  // Summed with 60 decimal digits.
  struct known {
    Index n, k;
    double jaccard, variance;
  };
  for (const auto& [n, k, jaccard, variance] :
       {known{10000000, 1, 1.00000010000001e-07, 9.9999999999999e-08},
        known{10000000, 10, 5.263160789475339e-07, 2.7700832409959215e-08},
        known{10000000, 3162, 0.00015815001537937672, 2.5007908264108352e-08},
        known{10000000, 100000, 0.005025151007049093, 2.4998988666914707e-08},
        known{10000000, 5000000, 0.3333333925926005, 1.975309080932852e-08},
        known{10000000, 9000000, 0.8181819684448035, 2.7320507155987488e-09},
        known{10000000, 9999998, 0.9999998, 4.00000080000008e-21},
        known{4000000000, 1000000, 0.0001250156894768438, 6.250006055424505e-11}}) {
    CAPTURE(n, k);
    const nngs::baseline ours = nngs::chance(n, k);
    CHECK(relative_error(ours.jaccard, jaccard) < 1e-12);
    CHECK(relative_error(ours.jaccard_variance, variance) < 1e-12);
  }
}

TEST_CASE("expected overlap and its variance are the hypergeometric ones") {
  for (const Index n : {2, 3, 4, 5, 17, 40})
    for (Index k = 1; k < n; ++k) {
      const std::vector<long double> probabilities = all_probabilities(n, k);
      long double mean = 0, squares = 0;
      for (std::size_t o = 0; o < probabilities.size(); ++o) {
        const long double share = static_cast<long double>(o) / static_cast<long double>(k);
        mean += probabilities[o] * share;
        squares += probabilities[o] * share * share;
      }
      const nngs::baseline ours = nngs::chance(n, k);
      CHECK_THAT(ours.overlap, WithinAbs(static_cast<double>(mean), 1e-15));
      CHECK_THAT(ours.overlap_variance, WithinAbs(static_cast<double>(squares - mean * mean), 1e-15));
    }
}

TEST_CASE("a curve of chance is chance at every k") {
  const auto curve = nngs::chance_curve(60, 59);
  REQUIRE(curve.size() == 59);
  for (Index k = 1; k <= 59; ++k) {
    const nngs::baseline &one = curve[static_cast<std::size_t>(k - 1)], expected = nngs::chance(60, k);
    CHECK(one.n == 60);
    CHECK(one.k == k);
    CHECK(one.jaccard == expected.jaccard);
    CHECK(one.overlap_variance == expected.overlap_variance);
  }
}

TEST_CASE("at k = n - 1 chance is perfect, and so is every score") {
  for (const Index n : {2, 3, 50, 10000, 10000000}) {
    const nngs::baseline last = nngs::chance(n, n - 1);
    CHECK(last.jaccard == 1);
    CHECK(last.overlap == 1);
    CHECK(last.jaccard_variance == 0);
    CHECK(last.overlap_variance == 0);
    CHECK(nngs::paper_baseline(n, n - 1) == 1);
    CHECK(nngs::adjusted(1, last.jaccard) == 1);
    CHECK(nngs::r_nx(1, n, n - 1) == 1);
    CHECK(nngs::alignment_spectrum(1, n, n - 1) == 1);
  }
}

TEST_CASE("the paper's baseline lies below the expectation, by half at k = 1 and by 5 % at k = 10") {
  CHECK_THAT(nngs::paper_baseline(100000, 1) / nngs::chance(100000, 1).jaccard, WithinAbs(0.5, 1e-4));
  CHECK_THAT(nngs::paper_baseline(100000, 10) / nngs::chance(100000, 10).jaccard, WithinAbs(0.95, 1e-3));
  for (Index k = 1; k < 49; ++k) CHECK(nngs::paper_baseline(50, k) < nngs::chance(50, k).jaccard);
}

TEST_CASE("adjusted scores are 0 at chance, 1 when perfect and below 0 under chance") {
  CHECK(nngs::adjusted(0.25, 0.25) == 0);
  CHECK(nngs::adjusted(1, 0.25) == 1);
  CHECK(nngs::adjusted(0, 0.2) == -0.25);
  CHECK_THAT(nngs::r_nx(10.0 / 99, 100, 10), WithinAbs(0, 1e-15));
  CHECK(nngs::r_nx(1, 100, 10) == 1);
  CHECK_THAT(nngs::r_nx(0.3, 100, 10), WithinAbs((99 * 0.3 - 10) / (99 - 10), 1e-15));
  CHECK(nngs::alignment_spectrum(nngs::paper_baseline(100, 10), 100, 10) == 0);
}

TEST_CASE("areas and peaks of a judged curve leave k = n - 1 out") {
  std::vector<nngs::score> scores;
  for (Index k = 1; k <= 5; ++k) scores.push_back({k, 0.5, 0.6, 0});
  scores[4] = {5, 1, 1, 0};
  const auto curve = nngs::judge(scores, 6);
  double sum = 0, weights = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    sum += curve[i].r_nx / static_cast<double>(i + 1);
    weights += 1 / static_cast<double>(i + 1);
  }
  CHECK(curve[4].r_nx == 1);
  CHECK_THAT(nngs::log_area(curve, &nngs::judged_score::r_nx), WithinAbs(sum / weights, 1e-15));
  CHECK(nngs::peak(curve, &nngs::judged_score::r_nx) == 1);
  CHECK(nngs::peak(curve, &nngs::judged_score::adjusted) == 1);

  scores[1].jaccard = scores[2].jaccard = 0.9;
  CHECK(nngs::peak(nngs::judge(scores, 6), &nngs::judged_score::adjusted) == 2);

  const std::vector<nngs::judged_score> only_last(1, curve[4]), none;
  CHECK(complaint([&] { nngs::peak(only_last, &nngs::judged_score::r_nx); }).find("1 scores") == 13);
  CHECK(complaint([&] { nngs::log_area(none, &nngs::judged_score::r_nx); }).find("0 scores") == 13);
}

TEST_CASE("chance refuses an n and a k that no graph has, with both") {
  const Index k = GENERATE(Index{0}, Index{-1}, Index{7}, std::numeric_limits<Index>::max());
  const std::string words = "k = " + std::to_string(k) + " is not in [1, n - 1] = [1, 6] for n = 7";
  for (const std::string& message :
       {complaint([&] { nngs::chance(7, k); }), complaint([&] { nngs::chance_curve(7, k); }),
        complaint([&] { nngs::overlap_tail(7, k); }), complaint([&] { nngs::paper_baseline(7, k); }),
        complaint([&] { nngs::r_nx(0.5, 7, k); }), complaint([&] { nngs::alignment_spectrum(0.5, 7, k); })})
    CHECK(message.find(words) == 0);
  CHECK(complaint([&] { nngs::chance(1, 1); }).find("1 items") == 0);
}

TEST_CASE("published: expected Jaccard for many n and k") {
  const auto table = golden::read("chance.json")["table"];
  CHECK(table.size() > 50);
  for (const auto& row : table) {
    const Index n = row["n"], k = row["k"];
    CAPTURE(n, k);
    const nngs::baseline ours = nngs::chance(n, k);
    CHECK_THAT(ours.jaccard, WithinAbs(row["exact"].get<double>(), 1e-11));
    CHECK_THAT(std::sqrt(ours.jaccard_variance), WithinAbs(row["sd_of_one_point"].get<double>(), 1e-7));
    CHECK_THAT(nngs::paper_baseline(n, k), WithinAbs(row["approx_v2"].get<double>(), 1e-15));
  }
}
