// SPDX-License-Identifier: MIT
// Scores from approximate lists and an exact search of some rows: unbiased whatever the lists are, with an
// interval that holds the score of exact lists.
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <nngs/nngs.hpp>
#include <random>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "../catch.hpp"
#include "random_graph.hpp"
#include "reference.hpp"

using Eigen::Index;
using Eigen::MatrixXd;
using nngs::corrected_score;
using nngs::corrected_similarity;
using nngs::corrected_similarity_curve;
using reference::complaint;

namespace {

/// The lists of a search that misses each neighbour with some probability, and goes on to the next. `deep`:
/// the exact graph, deep enough to have them.
nngs::neighbor_graph with_misses(const nngs::neighbor_graph& deep, Index depth, double missed,
                                 std::uint64_t seed) {
  std::mt19937_64 random(seed);
  Eigen::Matrix<Index, -1, -1> lists(deep.size(), depth);
  for (Index item = 0; item < deep.size(); ++item) {
    const auto near = deep.neighbors(item);
    Index kept = 0;
    for (std::size_t rank = 0; kept < depth; ++rank) {
      const Index ranks_left = deep.depth() - static_cast<Index>(rank);
      if (ranks_left > depth - kept && reference::uniform(random) < missed) continue;
      lists(item, kept++) = near[rank];
    }
  }
  return nngs::neighbor_graph(lists);
}

/// The lists of a search that loses its way for some items, whose neighbours are then any others, and is
/// right for all else.
nngs::neighbor_graph with_lost_items(const nngs::neighbor_graph& exact, double lost, std::uint64_t seed) {
  const nngs::neighbor_graph any = reference::random_graph(seed, exact.size(), exact.depth());
  std::mt19937_64 random(seed);
  Eigen::Matrix<Index, -1, -1> lists(exact.size(), exact.depth());
  for (Index item = 0; item < exact.size(); ++item) {
    const auto near = (reference::uniform(random) < lost ? any : exact).neighbors(item);
    for (Index rank = 0; rank < exact.depth(); ++rank)
      lists(item, rank) = near[static_cast<std::size_t>(rank)];
  }
  return nngs::neighbor_graph(lists);
}

/// The items farthest from each: lists that name no neighbour while there are others.
nngs::neighbor_graph farthest(const MatrixXd& x, Index depth) {
  const nngs::neighbor_graph all = nngs::build_graph(x, x.rows() - 1);
  Eigen::Matrix<Index, -1, -1> lists(x.rows(), depth);
  for (Index item = 0; item < x.rows(); ++item)
    for (Index rank = 0; rank < depth; ++rank)
      lists(item, rank) = all.neighbors(item)[static_cast<std::size_t>(x.rows() - 2 - rank)];
  return nngs::neighbor_graph(lists);
}

bool encloses(const nngs::estimate& one, double truth) {
  return one.lower <= truth + 1e-12 && truth <= one.upper + 1e-12;
}

/// What the lists of each item share at k: all that a correction is made of.
struct population {
  std::vector<Index> found, exact, both_x, both_y;
  nngs::overlap_tally all;
  double score, recall_x;
  Index k;

  population(const nngs::neighbor_graph& found_x, const nngs::neighbor_graph& found_y,
             const nngs::neighbor_graph& exact_x, const nngs::neighbor_graph& exact_y, Index at)
      : found(nngs::shared_neighbors(found_x, found_y, {0, found_x.size()}, at)),
        exact(nngs::shared_neighbors(exact_x, exact_y, {0, found_x.size()}, at)),
        both_x(nngs::shared_neighbors(found_x, exact_x, {0, found_x.size()}, at)),
        both_y(nngs::shared_neighbors(found_y, exact_y, {0, found_x.size()}, at)),
        all(nngs::tally(found_x, found_y, {0, found_x.size()}, at)),
        score(nngs::similarity(exact_x, exact_y, at)),
        recall_x(nngs::overlap(found_x, exact_x, at)),
        k(at) {}

  Index size() const { return static_cast<Index>(found.size()); }

  corrected_score sampled(const std::vector<Index>& rows, double confidence = 0.95) const {
    nngs::detail::correction sum(k);
    for (const Index row : rows) {
      const auto at = static_cast<std::size_t>(row);
      sum.add(found[at], exact[at], both_x[at], both_y[at], false, false);
    }
    return sum.correct(all, size(),
                       nngs::detail::sample_interval(static_cast<Index>(rows.size()), size(), confidence));
  }
};

/// Noisy copies of clusters: items whose neighbourhoods differ in how well they agree.
std::pair<MatrixXd, MatrixXd> noisy_pair(Index n) {
  const MatrixXd x = reference::normal_matrix(31, n, 5);
  return {x, x + 0.3 * reference::normal_matrix(32, n, 5)};
}

}  // namespace

TEST_CASE("an exact search of all rows is the exact score, whatever the lists are") {
  const MatrixXd x = reference::duplicated_rows(1, 120, 3, 70), y = x + reference::normal_matrix(2, 120, 3);
  const auto gx = nngs::build_graph(x, 7, nngs::manhattan{}), gy = nngs::build_graph(y, 7, nngs::cosine{});
  const auto whole = nngs::similarity_curve(gx, gy);
  const auto random_x = reference::random_graph(1, 120, 9), random_y = reference::random_graph(2, 120, 8);
  const auto far_x = farthest(x, 7), far_y = farthest(y, 7);
  for (const auto& [found_x, found_y] : {std::pair{&gx, &gy},
                                         {&random_x, &random_y},
                                         {&gx, &random_y},
                                         {&random_x, &random_x},
                                         {&far_x, &far_y}}) {
    const auto curve = corrected_similarity_curve(x, y, *found_x, *found_y, 7, nngs::manhattan{},
                                                  nngs::cosine{}, {.rows = 120});
    REQUIRE(curve.size() == 7);
    for (std::size_t i = 0; i < curve.size(); ++i) {
      const Index k = static_cast<Index>(i) + 1;
      const corrected_score& one = curve[i];
      CHECK(one.k == k);
      CHECK(one.rows == 120);
      CHECK_THAT(one.jaccard.value, WithinAbs(whole[i].jaccard, 1e-14));
      CHECK_THAT(one.overlap.value, WithinAbs(whole[i].overlap, 1e-14));
      for (const nngs::estimate& estimate :
           {one.jaccard, one.overlap, one.recall_x, one.recall_y, one.changed}) {
        CHECK(estimate.standard_error == 0);
        CHECK(estimate.lower == estimate.value);
        CHECK(estimate.upper == estimate.value);
      }
      CHECK(one.uncorrected == nngs::compare(*found_x, *found_y, k));
      CHECK(one.recall_x.value == nngs::overlap(*found_x, gx, k));
      CHECK(one.recall_y.value == nngs::overlap(*found_y, gy, k));
      CHECK(one.tied_items == whole[i].tied_items);
      CHECK(one.tied_in_both == whole[i].tied_in_both);
    }
    CHECK(whole[0].tied_items > 0);
  }
}

TEST_CASE("exact lists need no correction, and a sample says how many it can have missed") {
  const auto [x, y] = noisy_pair(400);
  const auto gx = nngs::build_graph(x, 10), gy = nngs::build_graph(y, 10);
  for (const Index rows : {2, 50, 399})
    for (const auto& [confidence, missed] : {std::pair{0.95, 3.0}, {0.99, 4.6}}) {
      const corrected_score one =
          corrected_similarity(x, y, gx, gy, 10, {.rows = rows, .seed = 5, .confidence = confidence});
      CAPTURE(rows, confidence);
      CHECK(one.jaccard.value == nngs::similarity(gx, gy, 10));
      CHECK(one.overlap.value == nngs::overlap(gx, gy, 10));
      CHECK(one.jaccard.standard_error == 0);
      CHECK(one.jaccard.lower < one.jaccard.value);
      CHECK(one.jaccard.upper > one.jaccard.value);
      CHECK(one.recall_x.value == 1);
      CHECK(one.recall_x.upper == 1);
      CHECK(one.recall_y.lower < 1);
      CHECK(one.changed.value == 0);
      CHECK(one.changed.lower == 0);
      // As many of all items can have another score, each by 1 at most.
      if (rows == 50) CHECK(std::abs(one.changed.upper * 50 - missed) < 0.5);
      CHECK(one.jaccard.upper - one.jaccard.value < 1.01 * one.changed.upper);
    }
}

TEST_CASE("over all samples the corrected score is the exact one and its squared error the variance") {
  const MatrixXd x = reference::normal_matrix(1, 9, 2), y = x + reference::normal_matrix(2, 9, 2);
  const auto gx = nngs::build_graph(x, 3), gy = nngs::build_graph(y, 3);
  const auto found_x = with_misses(nngs::build_graph(x, 8), 4, 0.4, 3),
             found_y = reference::random_graph(4, 9, 3);
  const nngs::score exact = nngs::compare(gx, gy, 3);
  CHECK(nngs::similarity(found_x, found_y, 3) < exact.jaccard);
  const auto moments = [](const std::vector<double>& values) {
    double sum = 0, squares = 0;
    for (const double value : values) {
      sum += value;
      squares += value * value;
    }
    const double mean = sum / static_cast<double>(values.size());
    return std::pair{mean, squares / static_cast<double>(values.size()) - mean * mean};
  };
  for (const Index size : {2, 3, 5, 8}) {
    std::vector<bool> chosen(9, false);
    std::fill(chosen.begin(), chosen.begin() + size, true);
    std::vector<double> jaccards, overlaps, recalls, jaccard_errors, overlap_errors;
    do {
      std::vector<Index> rows;
      for (Index row = 0; row < 9; ++row)
        if (chosen[static_cast<std::size_t>(row)]) rows.push_back(row);
      const corrected_score one =
          nngs::detail::correct_by_rows(x, y, found_x, found_y, rows, 3, nngs::euclidean{}, nngs::euclidean{},
                                        0.95, nngs::serial{})
              .back();
      jaccards.push_back(one.jaccard.value);
      overlaps.push_back(one.overlap.value);
      recalls.push_back(one.recall_x.value);
      jaccard_errors.push_back(one.jaccard.standard_error * one.jaccard.standard_error);
      overlap_errors.push_back(one.overlap.standard_error * one.overlap.standard_error);
    } while (std::prev_permutation(chosen.begin(), chosen.end()));
    const auto [jaccard, jaccard_variance] = moments(jaccards);
    const auto [overlap, overlap_variance] = moments(overlaps);
    CHECK_THAT(jaccard, WithinAbs(exact.jaccard, 1e-14));
    CHECK_THAT(overlap, WithinAbs(exact.overlap, 1e-14));
    CHECK_THAT(moments(recalls).first, WithinAbs(nngs::overlap(found_x, gx, 3), 1e-14));
    CHECK_THAT(moments(jaccard_errors).first, WithinAbs(jaccard_variance, 1e-14));
    CHECK_THAT(moments(overlap_errors).first, WithinAbs(overlap_variance, 1e-14));
    CHECK(jaccard_variance > 1e-6);
  }
}

TEST_CASE("the 95 % interval of corrected scores holds the exact score in 93 % of samples", "[slow]") {
  const Index n = 2000, k = 10, draws = 1000;
  const auto [x, y] = noisy_pair(n);
  const auto deep_x = nngs::build_graph(x, 60), deep_y = nngs::build_graph(y, 60);
  const auto exact_x = deep_x.first(k), exact_y = deep_y.first(k);
  std::vector<population> populations;
  for (const double missed : {0.01, 0.05, 0.2})
    populations.emplace_back(with_misses(deep_x, k, missed, 1), with_misses(deep_y, k, missed, 2), exact_x,
                             exact_y, k);
  for (const double lost : {0.002, 0.01, 0.05})
    populations.emplace_back(with_lost_items(exact_x, lost, 3), with_lost_items(exact_y, lost, 4), exact_x,
                             exact_y, k);
  // Nothing is exact, and everything is found though the score is 1.
  populations.emplace_back(reference::random_graph(5, n, k), exact_y, exact_x, exact_y, k);
  populations.emplace_back(with_lost_items(exact_x, 0.01, 6), exact_x, exact_x, exact_x, k);
  for (const Index size : {5, 20, 50, 100, 200, 500, 1000}) {
    std::vector<Index> held(populations.size(), 0), held_of_recall = held;
    for (Index draw = 0; draw < draws; ++draw) {
      const auto rows = nngs::sample_rows(n, size, static_cast<std::uint64_t>(draw));
      for (std::size_t i = 0; i < populations.size(); ++i) {
        const corrected_score one = populations[i].sampled(rows);
        held[i] += encloses(one.jaccard, populations[i].score);
        held_of_recall[i] += encloses(one.recall_x, populations[i].recall_x);
      }
    }
    for (std::size_t i = 0; i < populations.size(); ++i) {
      CAPTURE(size, i);
      // Three standard errors of a share of 0.95 in so many draws are 0.02.
      CHECK(held[i] >= draws * 93 / 100 - 10);
      CHECK(held_of_recall[i] >= draws * 93 / 100 - 10);
    }
  }
}

TEST_CASE("good lists make the error several times smaller than a sample alone") {
  const Index n = 2000, k = 10;
  const auto [x, y] = noisy_pair(n);
  const auto deep_x = nngs::build_graph(x, 60), deep_y = nngs::build_graph(y, 60);
  const auto rows = nngs::sample_rows(n, 500, 1);
  const double alone = nngs::sample_similarity(x, y, k, {.rows = 500, .seed = 1}).jaccard.standard_error;
  double before = 0;
  for (const auto& [missed, times] : {std::pair{0.01, 4.0}, {0.05, 2.0}, {0.1, 1.4}}) {
    const population one(with_misses(deep_x, k, missed, 1), with_misses(deep_y, k, missed, 2), deep_x, deep_y,
                         k);
    const corrected_score corrected = one.sampled(rows);
    CAPTURE(missed, alone, corrected.jaccard.standard_error);
    CHECK(corrected.jaccard.standard_error * times < alone);
    CHECK(corrected.jaccard.standard_error > before);
    CHECK(corrected.uncorrected.jaccard < one.score);
    // Where many rows are changed the interval is Student's, or 7 % wider.
    const double student = 2 * nngs::detail::student_quantile(0.95, 499) * corrected.jaccard.standard_error;
    CHECK(corrected.jaccard.upper - corrected.jaccard.lower > student);
    CHECK(corrected.jaccard.upper - corrected.jaccard.lower < 1.1 * student);
    before = corrected.jaccard.standard_error;
  }
}

TEST_CASE("no corrected interval reaches beyond what the rows left out can change") {
  const Index n = 60, k = 4;
  const MatrixXd x = reference::normal_matrix(3, n, 2);
  const auto gx = nngs::build_graph(x, k);
  const population same(reference::random_graph(1, n, k), gx, gx, gx, k);  // exact lists score 1
  for (const Index size : {2, 10, 50, 59}) {
    const auto rows = nngs::sample_rows(n, size, 3);
    for (const double confidence : {0.5, 0.95, 0.999999}) {
      const nngs::estimate one = same.sampled(rows, confidence).jaccard;
      CAPTURE(size, confidence);
      CHECK(one.lower >= std::min(one.value, static_cast<double>(size) / 60 - 1e-15));
      CHECK(one.upper <= std::max(one.value, 1 + 1e-15));
      CHECK(encloses(one, one.value));
    }
  }
}

TEST_CASE("corrected scores are the same bits for any executor, and deeper lists count as far as asked") {
  const auto [x, y] = noisy_pair(300);
  const auto found_x = reference::random_graph(1, 300, 12),
             found_y = with_misses(nngs::build_graph(y, 20), 9, 0.2, 2);
  const nngs::sample which{.rows = 40, .seed = 3};
  const auto curve =
      corrected_similarity_curve(x, y, found_x, found_y, 6, nngs::cosine{}, which, nngs::serial{});
  CHECK((corrected_similarity_curve(x, y, found_x, found_y, 6, nngs::cosine{}, which, nngs::threads{7}) ==
         curve));
  CHECK((corrected_similarity_curve(x, y, found_x, found_y, 6, nngs::cosine{}, nngs::cosine{}, which,
                                    reference::backwards{}) == curve));
  CHECK((corrected_similarity_curve(x, y, found_x.first(6), found_y.first(6), 6, nngs::cosine{}, which) ==
         curve));
  for (Index k = 1; k <= 6; ++k)
    CHECK(corrected_similarity(x, y, found_x, found_y, k, nngs::cosine{}, which) ==
          curve[static_cast<std::size_t>(k - 1)]);
  CHECK(corrected_similarity(x, y, found_x, found_y, 6, which) ==
        corrected_similarity(x, y, found_x, found_y, 6, nngs::euclidean{}, nngs::euclidean{}, which));
  CHECK(curve[5].recall_y.value > 2 * curve[5].recall_x.value);
}

TEST_CASE("the tie order of a corrected score is the one asked for") {
  const MatrixXd x = reference::lattice(1, 90, 2, 3), y = reference::lattice(2, 90, 2, 3);
  const auto by_index = nngs::exact{nngs::euclidean{}, nngs::tie_order::by_index()};
  const auto gx = nngs::build_graph(x, 5, by_index), gy = nngs::build_graph(y, 5, by_index);
  const nngs::sample which{.rows = 60};
  const corrected_score right = corrected_similarity(x, y, gx, gy, 5, by_index, which);
  CHECK(right.changed.value == 0);
  CHECK(right.recall_x.value == 1);
  CHECK(right.tied_items > 30);
  CHECK(corrected_similarity(x, y, gx, gy, 5, which).recall_x.value < 0.9);
}

TEST_CASE("lists that do not fit the matrices, and samples that are none, are refused with the numbers") {
  const auto [x, y] = noisy_pair(30);
  const auto gx = nngs::build_graph(x, 5), other = reference::random_graph(1, 31, 5);
  const auto says = [](const std::string& message, const std::string& part) {
    CAPTURE(message, part);
    CHECK(message.find(part) != std::string::npos);
  };
  const auto refusal = [&x = x, &y = y](const auto& a, const auto& b, Index k, const nngs::sample& which) {
    return complaint([&] { corrected_similarity(x, y, a, b, k, which); });
  };
  says(refusal(gx, other, 5, {.rows = 10}), "30 and 31 items");
  says(refusal(other, other, 5, {.rows = 10}), "the lists are of 31 items and the matrices of 30");
  says(refusal(gx, gx, 6, {.rows = 10}), "k = 6 is not in [1, depth] for graphs of depth 5 and 5");
  says(refusal(gx, gx, 0, {.rows = 10}), "k = 0 ");
  says(refusal(gx, gx, 30, {.rows = 10}), "k = 30 is not in [1, n - 1]");
  says(refusal(gx, gx, 5, {.rows = 1}), "a sample of 1 of 30 items");
  says(refusal(gx, gx, 5, {.rows = 31}), "a sample of 31 of 30 items");
  says(refusal(gx, gx, 5, {.rows = 10, .confidence = 1}), "a confidence of 1 ");
  MatrixXd wrong = y;
  wrong(7, 1) = std::nan("");
  says(complaint([&x = x, &wrong, &gx] { corrected_similarity(x, wrong, gx, gx, 5, {.rows = 10}); }),
       "y: row 7, column 1");
}
