// SPDX-License-Identifier: MIT
// Scores as the number of items grows: each is that of its items alone, whatever the pieces, and unbiased
// over seeds.
#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <map>
#include <nngs/nngs.hpp>
#include <string>
#include <vector>

#include "../catch.hpp"
#include "reference.hpp"

namespace grown {

using Eigen::Index;
using nngs::growth_levels;
using nngs::growth_lists;
using nngs::growth_scale;
using nngs::item_range;
using reference::complaint;
using reference::matrix;

template <class Metric = nngs::euclidean>
growth_lists searched(const matrix& values, const std::vector<Index>& rows, Index depth, growth_levels levels,
                      nngs::tie_order ties, const std::vector<item_range>& some, const Metric& metric = {}) {
  growth_lists lists(rows, values.rows(), depth, ties, levels);
  const matrix queries = values(rows, Eigen::all);
  for (const item_range& piece : some)
    nngs::search_piece(lists, queries, values.middleRows(piece.first, piece.last - piece.first), piece.first,
                       metric);
  return lists;
}

/// The items of one level, ascending, by what is said of levels.
std::vector<Index> items_of(const growth_levels& levels, Index level, Index n,
                            const std::vector<Index>& rows) {
  std::vector<Index> items;
  for (Index row = 0; row < n; ++row)
    if (levels.of(row) >= level || std::binary_search(rows.begin(), rows.end(), row)) items.push_back(row);
  return items;
}

std::vector<Index> places_in(const std::vector<Index>& items, const std::vector<Index>& rows) {
  std::vector<Index> places;
  for (const Index row : rows)
    places.push_back(std::lower_bound(items.begin(), items.end(), row) - items.begin());
  return places;
}

Index k_at(growth_scale scale, Index k, Index items, Index n) {
  return scale == growth_scale::neighbors ? k : std::max<Index>(1, k * items / n);
}

template <class Metric>
void every_level_is_that_of_its_items(const matrix& x, const matrix& y, Index k, const Metric& metric) {
  const Index n = x.rows();
  const nngs::exact search{metric, nngs::tie_order::by_index()};
  for (const std::uint64_t seed : {1U, 2U}) {
    const auto rows = nngs::sample_rows(n, 9, seed);
    const growth_levels levels{6, seed};
    const auto lists_of = [&](const matrix& values) {
      return searched(values, rows, k, levels, search.ties, {{0, n}}, metric);
    };
    const growth_lists lists_x = lists_of(x), lists_y = lists_of(y);
    for (const growth_scale scale : {growth_scale::neighbors, growth_scale::share}) {
      const auto scores = nngs::growth(lists_x, lists_y, k, scale);
      for (Index level = 0; level < levels.count; ++level) {
        const auto items = items_of(levels, level, n, rows);
        const auto count = static_cast<Index>(items.size()), here = k_at(scale, k, count, n);
        if (here >= count) {
          CHECK(static_cast<Index>(scores.size()) == level);
          break;
        }
        CAPTURE(level, count, here);
        REQUIRE(static_cast<Index>(scores.size()) > level);
        const nngs::grown_score& found = scores[static_cast<std::size_t>(level)];
        const auto alone = nngs::tally(matrix(x(items, Eigen::all)), matrix(y(items, Eigen::all)),
                                       places_in(items, rows), here, search);
        CHECK(found.items == count);
        CHECK(found.observed == nngs::estimate_score(alone, count));
        const auto chance = nngs::chance(count, here);
        CHECK(found.expected.jaccard == chance.jaccard);
        CHECK(found.adjusted.value == nngs::adjusted(found.observed.jaccard.value, chance.jaccard));
        CHECK_THAT(found.adjusted.standard_error * (1 - chance.jaccard),
                   WithinAbs(found.observed.jaccard.standard_error, 1e-15));
        CHECK(found.adjusted.lower <= found.adjusted.value);
        CHECK(found.adjusted.value <= found.adjusted.upper);
      }
    }
  }
}

TEST_CASE("the score of every level is that of its items alone") {
  const matrix x = reference::normal_matrix(1, 150, 4), y = x + reference::normal_matrix(2, 150, 4);
  for (const Index k : {1, 7, 40}) {
    every_level_is_that_of_its_items(x, y, k, nngs::euclidean{});
    every_level_is_that_of_its_items(x, y, k, nngs::cosine{});
    every_level_is_that_of_its_items(reference::lattice(3, 150, 2, 4), reference::lattice(4, 150, 2, 4), k,
                                     nngs::manhattan{});
  }
  every_level_is_that_of_its_items(reference::lattice(3, 12, 2, 2), reference::lattice(4, 12, 2, 2), 11,
                                   nngs::euclidean{});
}

// In the graph of some items alone they have other numbers, so that ties by a seed are told by hand.
TEST_CASE("ties of every level come in the order of the whole base") {
  const Index n = 90, k = 6;
  const matrix x = reference::lattice(5, n, 2, 3), y = reference::lattice(6, n, 2, 3);
  const auto rows = nngs::sample_rows(n, 8, 1);
  const growth_levels levels{4, 3};
  const auto ties_x = nngs::tie_order::seeded(11), ties_y = nngs::tie_order::seeded(12);
  const auto scores = nngs::growth(searched(x, rows, k, levels, ties_x, {{0, n}}),
                                   searched(y, rows, k, levels, ties_y, {{0, n}}), k);
  REQUIRE(scores.size() == 4);
  for (Index level = 0; level < 4; ++level) {
    const auto items = items_of(levels, level, n, rows);
    const auto ranking_of = [&](const matrix& values, std::uint64_t seed) {
      const auto place = [&](Index j) {
        return reference::tie_place(seed, items[static_cast<std::size_t>(j)]);
      };
      return reference::rank_all_with_ties(matrix(values(items, Eigen::all)), reference::euclidean_key,
                                           place);
    };
    const auto ranked_x = ranking_of(x, 11), ranked_y = ranking_of(y, 12);
    nngs::overlap_tally expected(k);
    for (const Index place : places_in(items, rows)) {
      const auto& list_x = ranked_x[static_cast<std::size_t>(place)];
      const auto& list_y = ranked_y[static_cast<std::size_t>(place)];
      Index shared = 0;
      for (std::size_t i = 0; i < std::size_t{k}; ++i)
        for (std::size_t j = 0; j < std::size_t{k}; ++j) shared += list_x[i].second == list_y[j].second;
      const auto tied = [&](const auto& list) { return !(list[k - 1].first < list[k].first); };
      expected.add(shared, tied(list_x), tied(list_y));
    }
    CHECK(scores[static_cast<std::size_t>(level)].observed ==
          nngs::estimate_score(expected, static_cast<Index>(items.size())));
  }
}

TEST_CASE("the first level is the sample of all rows, and neither pieces nor their order matter") {
  const Index n = 2100;
  const matrix x = reference::lattice(7, n, 3, 9), y = reference::lattice(8, n, 3, 9);
  const auto rows = nngs::sample_rows(n, 60, 4);
  const growth_levels levels = growth_levels::for_rows(n, 60, 4);
  CHECK(levels.count == 6);
  const auto order_of = [](const matrix& values) {
    return nngs::tie_order_of(values(nngs::rows_of_tie_order(values.rows()), Eigen::all), values.rows());
  };
  const growth_lists whole = searched(x, rows, 12, levels, order_of(x), {{0, n}}),
                     other = searched(y, rows, 12, levels, order_of(y), {{0, n}});
  const auto scores = nngs::growth(whole, other, 12, growth_scale::neighbors, 0.9, nngs::serial{});
  CHECK(scores.size() == 6);
  CHECK(scores[0].observed ==
        nngs::sample_similarity(x, y, 12, nngs::sample{.rows = 60, .seed = 4, .confidence = 0.9}));

  CHECK(searched(x, rows, 12, levels, order_of(x),
                 {{900, 901}, {0, 900}, {901, 901}, {903, n}, {901, 903}}) == whole);
  growth_lists sum = searched(x, rows, 12, levels, order_of(x), {{1700, n}});
  growth_lists rest = searched(x, rows, 12, levels, order_of(x), {{700, 1700}});
  rest += searched(x, rows, 12, levels, order_of(x), {{0, 700}});
  sum += rest;
  CHECK(sum == whole);
  CHECK(nngs::growth(sum, other, 12).back().observed == nngs::growth(whole, other, 12).back().observed);
}

TEST_CASE("half of the rows are of each next level, whatever the sample and the ties") {
  constexpr Index n = 1 << 16;
  for (const std::uint64_t seed : {0U, 1U, 77U}) {
    const growth_levels levels{33, seed};
    const auto sample = nngs::sample_rows(n, n / 2, seed);
    double at_least[33] = {}, asking = 0, early = 0, pairs = 0;
    for (Index row = 0; row < n; ++row) {
      const Index level = levels.of(row);
      for (Index l = 0; l <= level; ++l) at_least[l] += 1;
      if (level == 0) continue;
      asking += std::binary_search(sample.begin(), sample.end(), row);
      early += reference::tie_place(seed, row) < 1U << 31;
      pairs += levels.of((row + 1) % n) > 0;
    }
    // Within five standard deviations of what is expected.
    for (int level = 0; level < 10; ++level) {
      const double expected = n * std::ldexp(1.0, -level);
      CHECK(std::abs(at_least[level] - expected) <= 5 * std::sqrt(expected));
    }
    for (const double half : {asking, early, pairs})
      CHECK(std::abs(half - at_least[1] / 2) < 5 * std::sqrt(at_least[1] / 4));
    CHECK((growth_levels{3, seed}.of(5) == std::min<Index>(2, levels.of(5))));
  }
  Index same = 0;
  for (Index row = 0; row < n; ++row) same += (growth_levels{2, 1}.of(row) == growth_levels{2, 2}.of(row));
  CHECK(std::abs(static_cast<double>(same) - n / 2) < 5 * std::sqrt(n / 4));
}

/// NNGS of some items, given as bits, by hand.
double score_of(const matrix& x, const matrix& y, unsigned items, Index k) {
  double sum = 0;
  const auto nearest = [&](const matrix& values, Index i) {
    std::vector<std::pair<double, Index>> others;
    for (Index j = 0; j < values.rows(); ++j)
      if (j != i && (items >> j & 1U) != 0)
        others.emplace_back((values.row(i) - values.row(j)).squaredNorm(), j);
    std::sort(others.begin(), others.end());
    unsigned set = 0;
    for (Index rank = 0; rank < k; ++rank) set |= 1U << others[static_cast<std::size_t>(rank)].second;
    return set;
  };
  for (Index i = 0; i < x.rows(); ++i)
    if ((items >> i & 1U) != 0) sum += nngs::jaccard(std::popcount(nearest(x, i) & nearest(y, i)), k);
  return sum / std::popcount(items);
}

// The mean over all subsets of a size is what the estimates of levels of that size are to hit on average.
TEST_CASE("over many seeds the scores of a level are right on average") {
  const Index n = 13, k = 2;
  const matrix x = reference::normal_matrix(9, n, 2), y = x + reference::normal_matrix(10, n, 2);
  std::map<Index, std::pair<double, double>> subsets;  // sum and number of scores, by size
  for (unsigned items = 0; items < 1U << n; ++items) {
    if (std::popcount(items) <= k) continue;
    auto& [sum, count] = subsets[std::popcount(items)];
    sum += score_of(x, y, items, k);
    ++count;
  }
  double off[3] = {}, squares[3] = {};
  for (std::uint64_t seed = 0; seed < 2000; ++seed) {
    const auto rows = nngs::sample_rows(n, 4, seed);
    const auto ties = nngs::tie_order::by_index();
    const auto scores = nngs::growth(searched(x, rows, k, {3, seed}, ties, {{0, n}}),
                                     searched(y, rows, k, {3, seed}, ties, {{0, n}}), k);
    for (std::size_t level = 0; level < scores.size(); ++level) {
      const auto& [sum, count] = subsets[scores[level].items];
      const double error = scores[level].observed.jaccard.value - sum / count;
      off[level] += error;
      squares[level] += error * error;
    }
  }
  for (int level = 0; level < 3; ++level) {
    CHECK(squares[level] > 1);  // each is a draw
    CHECK(std::abs(off[level]) < 4 * std::sqrt(squares[level]));
  }
}

TEST_CASE("levels that do not fit are refused") {
  const matrix x = reference::normal_matrix(11, 50, 3);
  const auto ties = nngs::tie_order::by_index();
  const std::vector<Index> rows{3, 20, 41};
  const growth_levels levels{4, 1};
  const growth_lists whole = searched(x, rows, 5, levels, ties, {{0, 50}});
  const auto contains = [](const std::string& text, const std::string& words) {
    INFO(text);
    return text.find(words) != std::string::npos;
  };
  for (const Index count : {-1, 0, 34})
    CHECK(contains(complaint([&] {
                     growth_lists(rows, 50, 5, ties, {count, 1});
                   }),
                   "levels are not in [1, 33]"));
  CHECK(contains(complaint([&] { growth_lists(rows, 5, 5, ties, levels); }), "k = 5"));
  CHECK(contains(complaint([&] { growth_lists(rows, 50, 5, {}, levels); }), "tie_order_of"));

  growth_lists lists = searched(x, rows, 5, levels, ties, {{0, 20}});
  const growth_lists before = lists;
  CHECK(contains(complaint([&] {
                   lists += searched(x, rows, 5, {4, 2}, ties, {{20, 50}});
                 }),
                 "4 levels of seed 1 and of 4 levels of seed 2"));
  CHECK(contains(complaint([&] { lists += whole; }), "rows [0, 20) of the base were searched already"));
  const matrix queries = x(rows, Eigen::all);
  CHECK(contains(complaint([&] { nngs::search_piece(lists, queries, x.bottomRows(30), 20, nngs::cosine{}); }),
                 "another metric"));
  CHECK(contains(complaint([&] { nngs::search_piece(lists, queries, x.bottomRows(30), 21); }), "base of 50"));
  matrix broken = x;
  broken(44, 1) = std::nan("");
  CHECK(
      contains(complaint([&] { nngs::search_piece(lists, queries, broken.bottomRows(30), 20); }), "row 44"));
  CHECK(lists == before);

  CHECK(contains(complaint([&] { nngs::growth(whole, lists, 5); }), "y: rows [20, 50) of the base of 50"));
  const growth_lists none(rows, 50, 5, ties, levels);
  CHECK(contains(complaint([&] { nngs::growth(none, whole, 5); }), "x: rows [0, 50)"));
  CHECK(contains(complaint([&] { nngs::growth(whole, whole, 6); }), "k = 6"));
  CHECK(contains(complaint([&] { nngs::growth(whole, whole, 0); }), "k = 0"));
  CHECK(contains(complaint([&] {
                   nngs::growth(whole, searched(x, rows, 5, {3, 1}, ties, {{0, 50}}), 5);
                 }),
                 "the same levels"));
  CHECK(
      contains(complaint([&] { nngs::growth(whole, whole, 5, growth_scale::share, 1); }), "confidence of 1"));
  const growth_lists one = searched(x, {3}, 5, levels, ties, {{0, 50}});
  CHECK(contains(complaint([&] { nngs::growth(one, one, 5); }), "sample of 1"));
}

TEST_CASE("keys may vanish among the items of a level, not among all") {
  matrix x = 1e-200 * reference::normal_matrix(12, 60, 3);
  const growth_levels levels{3, 1};
  Index large = 0;  // of the first part alone
  while (levels.of(large) > 0) ++large;
  const std::vector<Index> rows{large + 1, large + 2, large + 3};
  const auto lists_of = [&] { return searched(x, rows, 5, levels, nngs::tie_order::by_index(), {{0, 60}}); };
  CHECK(complaint([&] { nngs::growth(lists_of(), lists_of(), 5); }).find("vanish") != std::string::npos);
  x.row(large).setConstant(1);
  CHECK(nngs::growth(lists_of(), lists_of(), 5).size() == 3);
}

}  // namespace grown
