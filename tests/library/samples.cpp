// SPDX-License-Identifier: MIT
// Scores from some of the rows: unbiased, with an honest interval, and exact where shards make up the whole.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <functional>
#include <limits>
#include <nngs/nngs.hpp>
#include <string>
#include <utility>
#include <vector>

#include "../catch.hpp"
#include "random_graph.hpp"
#include "reference.hpp"

using Eigen::Index;
using Eigen::MatrixXd;
using nngs::sample_rows;
using nngs::sample_similarity;
using reference::complaint;

namespace {

nngs::overlap_tally tally_of(const std::vector<Index>& shared, Index k, const std::vector<Index>& rows) {
  nngs::overlap_tally tally(k);
  for (const Index row : rows) tally.add(shared[static_cast<std::size_t>(row)], false, false);
  return tally;
}

std::vector<nngs::overlap_tally> tally_of(const nngs::neighbor_graph& x, const nngs::neighbor_graph& y,
                                          const std::vector<Index>& rows) {
  std::vector<nngs::overlap_tally> sum = nngs::tally_curve(x, y, {0, 0});
  for (const Index row : rows) {
    const auto one = nngs::tally_curve(x, y, {row, row + 1});
    for (std::size_t i = 0; i < sum.size(); ++i) sum[i] += one[i];
  }
  return sum;
}

template <class Metric>
void rows_are_searched_as_in_the_graph(const MatrixXd& x, const MatrixXd& y, const Metric& metric) {
  const Index depth = 9;
  const auto gx = nngs::build_graph(x, depth, metric), gy = nngs::build_graph(y, depth, metric);
  std::vector<Index> rows = reference::shuffled(3, x.rows());
  rows.resize(rows.size() / 2);
  const auto expected = tally_of(gx, gy, rows);
  CHECK((nngs::tally_curve(x, y, rows, depth, metric) == expected));
  CHECK((nngs::tally_curve(x, y, rows, depth, metric, nngs::threads{7}) == expected));
  CHECK((nngs::tally_curve(x, y, rows, depth, metric, reference::backwards{}) == expected));
}

/// Distance of the largest coordinate difference: a metric that sees whole rows.
struct by_rows {
  static double key(const nngs::point& x, const nngs::point& y) { return (x - y).cwiseAbs().maxCoeff(); }
  static double distance(double key) { return key; }
};

bool holds(const nngs::estimate& one, double score) {
  return one.lower <= score + 1e-12 && score <= one.upper + 1e-12;
}

/// n items at k = 20 of which `some` share a number of neighbours and the others another number.
std::vector<Index> some_sharing(Index n, Index some, Index shared, Index otherwise) {
  std::vector<Index> population(static_cast<std::size_t>(n), otherwise);
  std::fill(population.begin(), population.begin() + some, shared);
  return population;
}

std::vector<Index> shared_under_noise(Index n, Index k, double noise) {
  const MatrixXd x = reference::normal_matrix(5, n, 6), y = x + noise * reference::normal_matrix(6, n, 6);
  return nngs::shared_neighbors(nngs::build_graph(x, k), nngs::build_graph(y, k), {0, n}, k);
}

/// The share of the samples of `size` whose interval holds the score of n items, of which `ones` score 1 and
/// the others 0.
double exact_coverage(Index n, Index ones, Index size, double confidence) {
  const auto logarithm_of_choices = [](Index all, Index some) {
    return std::lgamma(static_cast<double>(all + 1)) - std::lgamma(static_cast<double>(some + 1)) -
           std::lgamma(static_cast<double>(all - some + 1));
  };
  std::vector<nngs::overlap_tally> tallies;
  std::vector<double> probabilities;
  for (Index seen = std::max<Index>(0, size - (n - ones)); seen <= std::min(size, ones); ++seen) {
    const double probability =
        std::exp(logarithm_of_choices(ones, seen) + logarithm_of_choices(n - ones, size - seen) -
                 logarithm_of_choices(n, size));
    if (probability < 1e-9) continue;
    nngs::overlap_tally tally(1);
    for (Index item = 0; item < size; ++item) tally.add(item < seen, false, false);
    tallies.push_back(tally);
    probabilities.push_back(probability);
  }
  const auto scores = nngs::estimate_score_curve(tallies, n, confidence);
  double held = 0;
  for (std::size_t i = 0; i < scores.size(); ++i)
    if (holds(scores[i].jaccard, static_cast<double>(ones) / static_cast<double>(n)))
      held += probabilities[i];
  return held;
}

}  // namespace

TEST_CASE("sampled rows share what their lists in the whole graphs share") {
  const MatrixXd x = reference::duplicated_rows(1, 700, 3, 90), y = x + reference::normal_matrix(2, 700, 3);
  rows_are_searched_as_in_the_graph(x, y, nngs::euclidean{});
  rows_are_searched_as_in_the_graph(x, y, nngs::correlation{});
  rows_are_searched_as_in_the_graph(x, y, nngs::chebyshev{});
  rows_are_searched_as_in_the_graph(x, y, by_rows{});
}

TEST_CASE("shards of rows add up to exactly the whole curve, in any order") {
  const MatrixXd x = reference::normal_matrix(3, 150, 4), y = x + reference::normal_matrix(4, 150, 4);
  const std::vector<Index> order = reference::shuffled(1, 150);
  const Index depth = GENERATE(5, 149);
  std::vector<nngs::overlap_tally> sum = nngs::tally_curve(x, y, {}, depth);
  for (const auto& [first, last] : {std::pair{70, 150}, std::pair{0, 1}, std::pair{1, 70}}) {
    const std::vector<Index> shard(order.begin() + first, order.begin() + last);
    const auto part = nngs::tally_curve(x, y, shard, depth, nngs::cosine{}, nngs::euclidean{});
    for (std::size_t i = 0; i < sum.size(); ++i) sum[i] += part[i];
  }
  const auto gx = nngs::build_graph(x, depth, nngs::cosine{}), gy = nngs::build_graph(y, depth);
  CHECK((sum == nngs::tally_curve(gx, gy, {0, 150})));
  const auto whole = nngs::similarity_curve(gx, gy);
  const auto scores = nngs::estimate_score_curve(sum, 150);
  REQUIRE(scores.size() == whole.size());
  for (std::size_t i = 0; i < scores.size(); ++i) {
    const nngs::estimate exact{whole[i].jaccard, 0, whole[i].jaccard, whole[i].jaccard};
    CHECK(scores[i].jaccard == exact);
    CHECK(scores[i].overlap.value == whole[i].overlap);
    CHECK(scores[i].tied_items == whole[i].tied_items);
  }
}

TEST_CASE("over all samples the estimate is the score and its squared error the variance") {
  const auto x = reference::random_graph(1, 9, 3), y = reference::random_graph(2, 9, 3);
  const auto shared = nngs::shared_neighbors(x, y, {0, 9}, 3);
  const nngs::score score = nngs::compare(x, y, 3);
  for (const Index size : {2, 3, 5, 8}) {
    std::vector<bool> chosen(9, false);
    std::fill(chosen.begin(), chosen.begin() + size, true);
    double count = 0, jaccards = 0, squares = 0, squared_errors = 0, overlaps = 0, overlap_squares = 0,
           overlap_errors = 0;
    do {
      std::vector<Index> rows;
      for (Index row = 0; row < 9; ++row)
        if (chosen[static_cast<std::size_t>(row)]) rows.push_back(row);
      const nngs::sampled_score one = nngs::estimate_score_curve({tally_of(shared, 3, rows)}, 9)[0];
      CHECK(one.items == size);
      ++count;
      jaccards += one.jaccard.value;
      squares += one.jaccard.value * one.jaccard.value;
      squared_errors += one.jaccard.standard_error * one.jaccard.standard_error;
      overlaps += one.overlap.value;
      overlap_squares += one.overlap.value * one.overlap.value;
      overlap_errors += one.overlap.standard_error * one.overlap.standard_error;
    } while (std::prev_permutation(chosen.begin(), chosen.end()));
    CHECK_THAT(jaccards / count, WithinAbs(score.jaccard, 1e-14));
    CHECK_THAT(overlaps / count, WithinAbs(score.overlap, 1e-14));
    CHECK_THAT(squared_errors / count, WithinAbs(squares / count - score.jaccard * score.jaccard, 1e-14));
    CHECK_THAT(overlap_errors / count,
               WithinAbs(overlap_squares / count - score.overlap * score.overlap, 1e-14));
  }
}

TEST_CASE("the interval of scores of 0 and 1 holds the score of all items as often as it says") {
  // At k = 1. The number of ones in a sample is hypergeometric: no draws, the exact share of samples.
  const Index n = 2000;
  const auto [confidence, share] = GENERATE(std::pair{0.8, 0.76}, std::pair{0.9, 0.87}, std::pair{0.95, 0.93},
                                            std::pair{0.99, 0.98}, std::pair{0.999, 0.995});
  for (const Index size : {2, 5, 10, 20, 50, 100, 200, 500, 1000, 1500, 1900, 1990, 1999})
    for (const Index ones :
         {1, 2, 5, 10, 20, 60, 100, 200, 380, 700, 1000, 1300, 1620, 1900, 1940, 1990, 1999}) {
      CAPTURE(confidence, size, ones);
      CHECK(exact_coverage(n, ones, size, confidence) >= share);
    }
}

TEST_CASE("the 95 % interval holds the score of all items in 93 % of samples, near 0 and 1 too", "[slow]") {
  const Index n = 2000, k = 20, draws = 1000;
  const std::vector<std::vector<Index>> populations = {
      some_sharing(n, 1, 1, 0),     // one item shares one neighbour: 0.00001
      some_sharing(n, 200, 1, 0),   // 0.0026
      some_sharing(n, 40, 20, 0),   // 0.02
      some_sharing(n, 380, 20, 0),  // 0.19
      some_sharing(n, 60, 0, 20),   // 0.97
      some_sharing(n, 30, 3, 19),   // 0.89, few of them changed
      shared_under_noise(n, k, 0.01), shared_under_noise(n, k, 0.1),
      shared_under_noise(n, k, 0.4),  shared_under_noise(n, k, 3)};
  std::vector<nngs::overlap_tally> whole;
  for (const auto& population : populations) whole.push_back(tally_of(population, k, reference::in_order(n)));
  for (const Index size : {5, 10, 20, 50, 100, 200, 500, 1000}) {
    std::vector<Index> held(populations.size(), 0), held_of_overlap = held;
    for (Index draw = 0; draw < draws; ++draw) {
      const auto rows = sample_rows(n, size, static_cast<std::uint64_t>(draw));
      for (std::size_t i = 0; i < populations.size(); ++i) {
        const auto one = nngs::estimate_score(tally_of(populations[i], k, rows), n);
        held[i] += holds(one.jaccard, whole[i].mean_jaccard());
        held_of_overlap[i] += holds(one.overlap, whole[i].mean_overlap());
      }
    }
    for (std::size_t i = 0; i < populations.size(); ++i) {
      CAPTURE(size, i);
      // Three standard errors of a share of 0.95 in so many draws are 0.02.
      CHECK(held[i] >= draws * 93 / 100 - 10);
      CHECK(held_of_overlap[i] >= draws * 93 / 100 - 10);
    }
  }
}

TEST_CASE("from 100 items on an interval well inside is within 10 % of Student's") {
  const Index n = 2000, k = 1000;
  for (const Index size : {100, 300, 1000, 1900})
    for (const double score : {0.2, 0.35, 0.5, 0.7, 0.8})
      for (const Index apart : {3, 40, 200}) {
        // Some share a few more than the middle, some as many fewer.
        const auto middle = static_cast<Index>(2 * k * score / (1 + score));
        nngs::overlap_tally tally(k);
        for (Index item = 0; item < size; ++item)
          tally.add(middle + (item % 3 - 1) * std::min(apart, k - middle), false, false);
        const nngs::estimate one = nngs::estimate_score(tally, n).jaccard;
        const double student = 2 * nngs::detail::student_quantile(0.95, size - 1) * one.standard_error;
        CAPTURE(size, score, apart);
        CHECK(one.upper - one.lower > student);
        CHECK(one.upper - one.lower < 1.1 * student);
      }
}

TEST_CASE("a sample that scores all alike has an interval that says what it can have missed") {
  const Index k = 10;
  for (const Index size : {2, 3, 10, 100, 1000})
    for (const Index shared : {0, 5, 10}) {
      nngs::overlap_tally tally(k);
      for (Index item = 0; item < size; ++item) tally.add(shared, false, false);
      for (const Index n : {size + 1, 2 * size, 1000 * size}) {
        const nngs::sampled_score one = nngs::estimate_score(tally, n);
        CAPTURE(size, shared, n);
        CHECK(one.jaccard.standard_error < 1e-8);
        CHECK(one.jaccard.lower < one.jaccard.upper);
        CHECK(holds(one.jaccard, one.jaccard.value));
        CHECK(holds(one.overlap, one.overlap.value));
        // A share so small at the other end is missed by 7 samples of 100.
        const double missed = 1 - std::pow(0.07, 1 / static_cast<double>(size));
        if (n == 1000 * size && shared == 0) CHECK(one.jaccard.upper > missed);
        if (n == 1000 * size && shared == 10) CHECK(one.jaccard.lower < 1 - missed);
      }
      const nngs::estimate whole = nngs::estimate_score(tally, size).jaccard;
      CHECK(whole.lower == whole.value);
      CHECK(whole.upper == whole.value);
    }
}

TEST_CASE("no interval reaches beyond what the items left out can change") {
  for (const Index left : {1, 2, 10})
    for (const Index ones : {0, 1, 30, 60}) {
      nngs::overlap_tally tally(1);
      for (Index item = 0; item < 60; ++item) tally.add(item < ones, false, false);
      const double n = static_cast<double>(60 + left);
      for (const double confidence : {0.5, 0.95, 0.999999}) {
        const nngs::estimate one = nngs::estimate_score(tally, 60 + left, confidence).jaccard;
        CHECK(one.lower >= static_cast<double>(ones) / n - 1e-15);
        CHECK(one.upper <= static_cast<double>(ones + left) / n + 1e-15);
        CHECK(holds(one, one.value));
      }
    }
}

TEST_CASE("an interval goes with its range, and is its own mirror image") {
  for (const Index size : {2, 20, 300}) {
    const nngs::detail::sample_interval interval(size, 500, 0.95);
    for (const double mean : {0.0, 0.01, 0.3, 0.5, 0.97})
      for (const double variance : {0.0, 0.0001, 0.009}) {
        if (variance > mean * (1 - mean)) continue;
        const auto unit = interval(mean, variance, 0, 1), mirrored = interval(1 - mean, variance, 0, 1),
                   wide = interval(2 * mean - 1, 4 * variance, -1, 1);
        CAPTURE(size, mean, variance);
        CHECK_THAT(1 - mirrored.upper, WithinAbs(unit.lower, 1e-12));
        CHECK_THAT(1 - mirrored.lower, WithinAbs(unit.upper, 1e-12));
        CHECK_THAT(wide.lower, WithinAbs(2 * unit.lower - 1, 1e-12));
        CHECK_THAT(wide.upper, WithinAbs(2 * unit.upper - 1, 1e-12));
      }
  }
}

TEST_CASE("a sample of two matrices is the estimate from its rows") {
  const MatrixXd x = reference::normal_matrix(7, 200, 3);
  const Eigen::MatrixXf y = (x + reference::normal_matrix(8, 200, 3)).cast<float>();
  const auto sampled =
      nngs::sample_similarity_curve(x, y, 7, nngs::manhattan{}, nngs::cosine{}, {.rows = 60, .seed = 4});
  const auto rows = sample_rows(200, 60, 4);
  CHECK((sampled == nngs::estimate_score_curve(
                        nngs::tally_curve(x, y, rows, 7, nngs::manhattan{}, nngs::cosine{}), 200)));
  CHECK(sampled.size() == 7);
  CHECK(sampled[6] == sample_similarity(x, y, 7, nngs::manhattan{}, nngs::cosine{}, {.rows = 60, .seed = 4}));
  CHECK(sampled[6] ==
        nngs::estimate_score(nngs::tally(x, y, rows, 7, nngs::manhattan{}, nngs::cosine{}, nngs::serial{}),
                             200));
  CHECK(sample_similarity(x, y, 7, nngs::manhattan{}, {.rows = 60, .seed = 4}) ==
        sample_similarity(x, y, 7, nngs::manhattan{}, nngs::manhattan{}, {.rows = 60, .seed = 4}));
  CHECK(sample_similarity(x, y, 7, {.rows = 60, .seed = 4}) ==
        sample_similarity(x, y, 7, nngs::euclidean{}, {.rows = 60, .seed = 4}));
  CHECK(sampled[6].k == 7);
  CHECK(sampled[6].jaccard.standard_error > 0);
  CHECK(sampled[6].jaccard.lower >= 0);
  // Wider for more confidence; the same value and error.
  const auto wide =
      nngs::sample_similarity_curve(x, y, 7, nngs::manhattan{}, nngs::cosine{},
                                    {.rows = 60, .seed = 4, .confidence = 0.99}, nngs::threads{7});
  CHECK(wide[6].jaccard.standard_error == sampled[6].jaccard.standard_error);
  CHECK(wide[6].jaccard.upper > sampled[6].jaccard.upper);
}

TEST_CASE("every sample of rows is as likely as another") {
  std::array<int, 64> times{};
  const int draws = 40000;
  for (int seed = 0; seed < draws; ++seed) {
    std::size_t set = 0;
    for (const Index row : sample_rows(6, 3, static_cast<std::uint64_t>(seed))) set |= std::size_t{1} << row;
    ++times[set];
  }
  double chi_squared = 0;
  int sets = 0;
  for (const int count : times) {
    if (count == 0) continue;
    ++sets;
    chi_squared += (count - draws / 20.0) * (count - draws / 20.0) / (draws / 20.0);
  }
  CHECK(sets == 20);
  CHECK(chi_squared < 57);  // 19 degrees of freedom: 1 in 100,000
}

TEST_CASE("sampled rows are different, ascending and told by the seed") {
  for (const Index size : {0, 1, 17, 99, 100}) {
    const auto rows = sample_rows(100, size, 1);
    CHECK(static_cast<Index>(rows.size()) == size);
    CHECK((std::adjacent_find(rows.begin(), rows.end(), std::greater_equal<>()) == rows.end()));
    CHECK((rows.empty() || (rows.front() >= 0 && rows.back() < 100)));
  }
  CHECK((sample_rows(100, 100, 1) == reference::in_order(100)));
  CHECK((sample_rows(100, 20, 1) == sample_rows(100, 20, 1)));
  CHECK((sample_rows(100, 20, 1) != sample_rows(100, 20, 2)));
}

TEST_CASE("quantiles of Student's t are those of the tables") {
  const auto quantile = nngs::detail::student_quantile;
  CHECK_THAT(quantile(0.95, 1), WithinAbs(12.706205, 1e-5));
  CHECK_THAT(quantile(0.95, 2), WithinAbs(4.302653, 1e-5));
  CHECK_THAT(quantile(0.95, 5), WithinAbs(2.570582, 1e-5));
  CHECK_THAT(quantile(0.95, 10), WithinAbs(2.228139, 1e-5));
  CHECK_THAT(quantile(0.99, 5), WithinAbs(4.032143, 1e-5));
  CHECK_THAT(quantile(0.9, 30), WithinAbs(1.697261, 1e-5));
  CHECK_THAT(quantile(0.95, 100), WithinAbs(1.983972, 1e-5));
  CHECK_THAT(quantile(0.95, 50000000), WithinAbs(1.959964, 3e-4));
}

TEST_CASE("samples that tell nothing are refused with their values") {
  const MatrixXd x = reference::normal_matrix(9, 20, 2);
  const auto says = [](const std::string& message, const std::string& words) {
    CAPTURE(message);
    CHECK(message.find(words) != std::string::npos);
  };
  for (const Index size : {-1, 0, 1, 21})
    says(complaint([&] { sample_similarity(x, x, 3, {.rows = size}); }),
         "a sample of " + std::to_string(size) + " of 20 items");
  for (const double confidence : {0.0, 1.0, -2.0, std::numeric_limits<double>::quiet_NaN()})
    says(complaint([&] { sample_similarity(x, x, 3, {.rows = 9, .confidence = confidence}); }),
         "a confidence of");
  says(complaint([&] { sample_rows(20, 21, 0); }), "21 rows is not in [0, n] = [0, 20]");
  says(complaint([&] { sample_rows(1, 1, 0); }), "1 items");
  const auto tally = [&](std::vector<Index> rows, Index depth) {
    return complaint([&] { nngs::tally_curve(x, x, rows, depth); });
  };
  says(tally({3, 20}, 4), "row 20 is not in [0, 20)");
  says(tally({3, -1}, 4), "row -1 is not in [0, 20)");
  says(tally({3, 5, 3}, 4), "row 3 is given twice");
  says(tally({3}, 20), "k = 20");
  says(tally({3}, 0), "k = 0");
  MatrixXd broken = x;
  broken(4, 1) = std::numeric_limits<double>::infinity();
  says(complaint([&] { sample_similarity(x, broken, 3, {.rows = 5}); }), "y: row 4, column 1");
  says(complaint([&] { sample_similarity(x, x.topRows(8), 3, {.rows = 5}); }), "x is 20 x 2 and y is 8 x 2");
}
