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
  for (const Index row : rows) tally.add(shared[static_cast<std::size_t>(row)], false);
  return tally;
}

std::vector<nngs::overlap_tally> tally_of(const nngs::neighbor_graph& x, const nngs::neighbor_graph& y,
                                          const std::vector<Index>& rows) {
  std::vector<nngs::overlap_tally> sum = nngs::tally_overlaps(x, y, 0, 0);
  for (const Index row : rows) {
    const auto one = nngs::tally_overlaps(x, y, row, row + 1);
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
  CHECK((nngs::tally_overlaps(x, y, rows, depth, metric) == expected));
  CHECK((nngs::tally_overlaps(x, y, rows, depth, metric, nngs::threads{7}) == expected));
  CHECK((nngs::tally_overlaps(x, y, rows, depth, metric, reference::backwards{}) == expected));
}

/// Distance of the largest coordinate difference: a metric that sees whole rows.
struct by_rows {
  static double key(const nngs::point& x, const nngs::point& y) { return (x - y).cwiseAbs().maxCoeff(); }
  static double distance(double key) { return key; }
};

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
  std::vector<nngs::overlap_tally> sum = nngs::tally_overlaps(x, y, {}, depth);
  for (const auto& [first, last] : {std::pair{70, 150}, std::pair{0, 1}, std::pair{1, 70}}) {
    const std::vector<Index> shard(order.begin() + first, order.begin() + last);
    const auto part = nngs::tally_overlaps(x, y, shard, depth, nngs::cosine{}, nngs::euclidean{});
    for (std::size_t i = 0; i < sum.size(); ++i) sum[i] += part[i];
  }
  const auto gx = nngs::build_graph(x, depth, nngs::cosine{}), gy = nngs::build_graph(y, depth);
  CHECK((sum == nngs::tally_overlaps(gx, gy, 0, 150)));
  const auto whole = nngs::similarity_curve(gx, gy);
  const auto scores = nngs::estimate_scores(sum, 150);
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
  const auto shared = nngs::shared_neighbors(x, y, 3, 0, 9);
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
      const nngs::sampled_score one = nngs::estimate_scores({tally_of(shared, 3, rows)}, 9)[0];
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

TEST_CASE("the 95 % interval holds the score of all items in 95 % of samples") {
  const Index n = 400, k = 20;
  const MatrixXd values = reference::normal_matrix(5, n, 6);
  const auto x = nngs::build_graph(values, k);
  const auto y = nngs::build_graph(values + 0.5 * reference::normal_matrix(6, n, 6), k);
  const auto shared = nngs::shared_neighbors(x, y, k, 0, n);
  const nngs::score score = nngs::compare(x, y, k);
  // Small, where Student's t matters, and half of all, where the finite population does.
  for (const Index size : {5, 30, 200, 360}) {
    const std::uint64_t seeds = 4000;
    double jaccard = 0, overlap = 0;
    for (std::uint64_t seed = 0; seed < seeds; ++seed) {
      const auto one = nngs::estimate_scores({tally_of(shared, k, sample_rows(n, size, seed))}, n)[0];
      jaccard += one.jaccard.lower <= score.jaccard && score.jaccard <= one.jaccard.upper;
      overlap += one.overlap.lower <= score.overlap && score.overlap <= one.overlap.upper;
    }
    CAPTURE(size);
    // Five standard errors of a share of 0.95 are 0.017.
    CHECK_THAT(jaccard / static_cast<double>(seeds), WithinAbs(0.95, 0.017));
    CHECK_THAT(overlap / static_cast<double>(seeds), WithinAbs(0.95, 0.017));
  }
}

TEST_CASE("a sample of two matrices is the estimate from its rows") {
  const MatrixXd x = reference::normal_matrix(7, 200, 3);
  const Eigen::MatrixXf y = (x + reference::normal_matrix(8, 200, 3)).cast<float>();
  const auto sampled = sample_similarity(x, y, 7, {.rows = 60, .seed = 4}, nngs::manhattan{}, nngs::cosine{});
  const auto rows = sample_rows(200, 60, 4);
  CHECK((sampled ==
         nngs::estimate_scores(nngs::tally_overlaps(x, y, rows, 7, nngs::manhattan{}, nngs::cosine{}), 200)));
  CHECK(sampled.size() == 7);
  CHECK(sampled[6].k == 7);
  CHECK(sampled[6].jaccard.standard_error > 0);
  CHECK(sampled[6].jaccard.lower >= 0);
  // Wider for more confidence; the same value and error.
  const auto wide = sample_similarity(x, y, 7, {.rows = 60, .seed = 4, .confidence = 0.99}, nngs::manhattan{},
                                      nngs::cosine{}, nngs::threads{7});
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
    return complaint([&] { nngs::tally_overlaps(x, x, rows, depth); });
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
