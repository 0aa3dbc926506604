// SPDX-License-Identifier: MIT
// The join by whole numbers: its screen is coarse and leaves out most pairs, and its lists are those of the
// reference all the same, on data made to mislead it, for every instruction set that this processor has.
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <nngs/detail/search/by_integers.hpp>
#include <nngs/nngs.hpp>
#include <random>
#include <string>
#include <vector>

#include "../catch.hpp"
#include "exact_with.hpp"
#include "reference.hpp"

using Eigen::Index;
using reference::matrix;
namespace base = nngs::detail::base;
namespace search = nngs::detail::search;

// The products.

using bytes = std::vector<std::int8_t>;

/// A panel of whole numbers, side by side as the kernels take them.
template <class Number>
static bytes panel_of(Index groups, const Number& number) {
  bytes panel;
  for (Index i = 0; i < groups * search::panel_points * search::bytes_at_once; ++i)
    panel.push_back(static_cast<std::int8_t>(number()));
  return panel;
}

static std::vector<std::int32_t> products_of(const bytes& rows, const bytes& columns, Index groups,
                                             instruction_set set) {
  std::vector<std::int32_t> sums(search::panel_points), products(search::panel_points * search::panel_points);
  for (std::size_t i = 0; i < columns.size(); ++i)
    sums[i / search::bytes_at_once % search::panel_points] += columns[i];
  search::integer_products(set)({rows.data(), columns.data(), groups, sums.data(), products.data()});
  return products;
}

TEST_CASE("products of whole numbers are exact with every instruction set") {
  std::mt19937_64 random(1);
  const auto any = [&] { return reference::below(random, 255) - 127; };
  const auto ends = [&] { return 254 * reference::below(random, 2) - 127; };
  const auto least = [] { return -127; };
  const auto most = [] { return 127; };
  const auto check = [](Index groups, const bytes& rows, const bytes& columns) {
    const auto expected = products_of(rows, columns, groups, instruction_set::portable);
    for (const instruction_set set : available_instruction_sets())
      CHECK(products_of(rows, columns, groups, set) == expected);
    std::int64_t first = 0;
    for (Index group = 0; group < groups; ++group)
      for (Index i = 0; i < 4; ++i) {
        const auto at = static_cast<std::size_t>(group * search::panel_points * 4 + i);
        first += std::int64_t{rows[at]} * std::int64_t{columns[at]};
      }
    CHECK(std::int64_t{expected.front()} == first);
  };
  for (const Index groups : {1, 2, 3, 25, 128}) {
    check(groups, panel_of(groups, any), panel_of(groups, any));
    check(groups, panel_of(groups, ends), panel_of(groups, ends));
    check(groups, panel_of(groups, least), panel_of(groups, most));
  }
  // As many coordinates as may be: the sums come within a hundredth of what an int holds.
  const Index all = search::most_integer_coordinates / 4;
  check(all, panel_of(all, most), panel_of(all, most));
  check(all, panel_of(all, least), panel_of(all, most));
}

TEST_CASE("every instruction set finds the same hits") {
  std::mt19937_64 random(2);
  constexpr int n = search::panel_points;
  std::vector<std::int32_t> products;
  for (int i = 0; i < n * n; ++i)
    products.push_back(static_cast<std::int32_t>(reference::below(random, 2000)));
  std::vector<float> offsets_of_rows, offsets_of_columns, rows, columns;
  for (int i = 0; i < n; ++i) {
    offsets_of_rows.push_back(static_cast<float>(reference::below(random, 64)));
    offsets_of_columns.push_back(i > 40 ? INFINITY : static_cast<float>(reference::below(random, 64)));
    rows.push_back(i % 7 == 0 ? INFINITY : static_cast<float>(reference::below(random, 400) + 600));
    columns.push_back(i % 5 == 0 ? -0x1p100F : static_cast<float>(reference::below(random, 1500)));
  }
  const search::integer_scores scores{products.data(), 0.5F, offsets_of_rows.data(),
                                      offsets_of_columns.data()};
  std::vector<int> expected;
  for (int column = 0; column < n; ++column)
    for (int row = 0; row < n; ++row)
      if (scores.of(row, column) >=
          std::min(rows[static_cast<std::size_t>(row)], columns[static_cast<std::size_t>(column)]))
        expected.push_back(column * n + row);
  REQUIRE(!expected.empty());
  for (const instruction_set set : available_instruction_sets()) {
    std::vector<search::tile_hit> hits(n * n);
    const int count =
        base::compiled<search::find_integer_hits>(set)(scores, rows.data(), columns.data(), hits.data());
    std::vector<int> found;
    for (int i = 0; i < count; ++i)
      found.push_back(hits[static_cast<std::size_t>(i)].column * n + hits[static_cast<std::size_t>(i)].row);
    CHECK(found == expected);
  }
}

// Data made to mislead.

static matrix unequal_norms(std::uint64_t seed, Index n, Index d) {
  matrix rows = reference::normal_matrix(seed, n, d);
  for (Index i = 0; i < n; ++i) rows.row(i) *= std::pow(10.0, static_cast<double>(i % 13) - 6);
  return rows;
}
static matrix heavy_tails(std::uint64_t seed, Index n, Index d) {
  matrix rows = reference::normal_matrix(seed, n, d);
  rows.array().colwise() *= (3 * reference::normal_matrix(seed + 1, n, 1).array().col(0)).exp();
  return rows;
}
static matrix far_mean(std::uint64_t seed, Index n, Index d) {
  return (reference::normal_matrix(seed, n, d).array() + 1e8).matrix();
}
static matrix few_distinct(std::uint64_t seed, Index n, Index d) {
  return reference::duplicated_rows(seed, n, d, 1 + static_cast<Index>(seed % 7));
}
static matrix on_a_lattice(std::uint64_t seed, Index n, Index d) {
  return reference::lattice(seed, n, d, 2 + static_cast<Index>(seed % 4), 0.1, seed % 2 == 0 ? 0 : 1e6);
}
static matrix subnormal(std::uint64_t seed, Index n, Index d) {
  return 1e-157 * reference::normal_matrix(seed, n, d);
}
static matrix huge_coordinate(std::uint64_t seed, Index n, Index d) {
  matrix rows = reference::normal_matrix(seed, n, d);
  rows(static_cast<Index>(seed % static_cast<std::uint64_t>(n)), d - 1) = 1e15;
  return rows;
}
static matrix huge_coordinates(std::uint64_t seed, Index n, Index d) {
  matrix rows = reference::normal_matrix(seed, n, d);
  for (Index i = 0; i < n; ++i) rows(i, i % d) *= 1e4;
  return rows;
}
static matrix two_clusters(std::uint64_t seed, Index n, Index d) {
  matrix rows = reference::normal_matrix(seed, n, d);
  rows.topRows(n / 2).array() += 1e7;
  return rows;
}
static matrix near_ties(std::uint64_t seed, Index n, Index d) {
  matrix rows = reference::unit_rows(reference::normal_matrix(seed, n, d));
  for (Index i = 0; i < n; ++i) rows.row(i) *= 1 + 1e-7 * static_cast<double>(i % 17);
  rows.row(0).setZero();
  return rows;
}

struct family {
  const char* name;
  matrix (*rows)(std::uint64_t seed, Index n, Index d);
};
static const family families[] = {{"normal", reference::normal_matrix},
                                  {"norms over twelve orders", unequal_norms},
                                  {"heavy tails", heavy_tails},
                                  {"a mean of 1e8", far_mean},
                                  {"few distinct rows", few_distinct},
                                  {"a lattice", on_a_lattice},
                                  {"subnormal keys", subnormal},
                                  {"one huge coordinate", huge_coordinate},
                                  {"a huge coordinate in every row", huge_coordinates},
                                  {"two clusters far apart", two_clusters},
                                  {"near ties", near_ties}};

/// As they come, or in the order of their norms, up or down.
static matrix in_order(const matrix& rows, std::uint64_t which) {
  if (which == 0) return rows;
  std::vector<Index> order;
  for (Index i = 0; i < rows.rows(); ++i) order.push_back(i);
  std::stable_sort(order.begin(), order.end(), [&](Index a, Index b) {
    return which == 1 ? rows.row(a).stableNorm() < rows.row(b).stableNorm()
                      : rows.row(b).stableNorm() < rows.row(a).stableNorm();
  });
  matrix sorted(rows.rows(), rows.cols());
  for (Index i = 0; i < rows.rows(); ++i) sorted.row(i) = rows.row(order[static_cast<std::size_t>(i)]);
  return sorted;
}

template <class Scalar, class Executor>
static std::string difference_of_join(const matrix& rows, const reference::ranking& expected, Index k,
                                      instruction_set set, const Executor& execute) {
  const Eigen::Matrix<Scalar, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor> given = rows.cast<Scalar>();
  const nngs::points<Scalar> points(given);
  const search::search_input<nngs::euclidean> input(points, nngs::euclidean{}, nngs::tie_order{});
  search::neighbor_lists lists(rows.rows(), k);
  search::by_integers(input, set, execute)
      .join(std::min(k + 1, rows.rows() - 1), execute,
            [&](Index row, std::span<const search::ranked> nearest) { lists.set(row, nearest); });
  return reference::difference(nngs::neighbor_graph(std::move(lists)), expected, k);
}

/// Every instruction set that has another kernel.
static std::string difference_of_joins(const matrix& rows, Index k) {
  const auto expected = reference::rank_all(rows, reference::euclidean_key);
  const bool are_floats = rows.cast<float>().cast<double>() == rows;
  for (const instruction_set set : available_instruction_sets()) {
    std::string found = difference_of_join<double>(rows, expected, k, set, nngs::serial{});
    if (found.empty() && are_floats)
      found = "floats: " + difference_of_join<float>(rows, expected, k, set, nngs::serial{});
    if (!found.empty() && found != "floats: ")
      return "instruction set " + std::to_string(static_cast<int>(set)) + ", " + found;
  }
  return "";
}

TEST_CASE("the join by whole numbers matches the reference on small cases of every family") {
  std::mt19937_64 random(3);
  for (std::uint64_t round = 0; round < 60; ++round)
    for (const family& one : families) {
      const Index n = 2 + reference::below(random, 118), d = 1 + reference::below(random, 40);
      const Index k = 1 + reference::below(random, std::min<Index>(n - 1, 24));
      matrix rows = in_order(one.rows(random() % 1000, n, d), round % 3);
      // Every other round what floats hold.
      if (round % 2 == 0 && rows.cwiseAbs().maxCoeff() > 1e-30)
        rows = matrix(rows.cast<float>().cast<double>());
      INFO(one.name << ", n = " << n << ", d = " << d << ", k = " << k << ", round " << round);
      CHECK(difference_of_joins(rows, k) == "");
    }
}

TEST_CASE("the join by whole numbers matches the reference where lists fill up and are cut") {
  for (const family& one : families) {
    const matrix rows = one.rows(11, 700, 21);
    const auto expected = reference::rank_all(rows, reference::euclidean_key);
    INFO(one.name);
    for (const Index k : {1, 10, 60})
      CHECK(difference_of_join<double>(rows, expected, k, base::best_instruction_set(), nngs::threads{2}) ==
            "");
  }
}

TEST_CASE("the join by whole numbers matches the reference at the ends of what floats hold") {
  const matrix rows = reference::normal_matrix(12, 300, 9).cast<float>().cast<double>();
  for (const double scale : {0x1p-120, 0x1p-100, 0x1p-60, 0x1p-30, 0x1p20, 0x1p60, 0x1p120})
    CHECK(difference_of_joins(rows * scale, 10) == "");
  CHECK(difference_of_joins(rows * 1e150, 10) == "");
  CHECK(difference_of_joins(rows * 1e-150, 10) == "");
}

#ifdef __SSE2__
TEST_CASE("the join by whole numbers does not mind a processor that flushes subnormal numbers to zero") {
  const unsigned before = __builtin_ia32_stmxcsr();
  for (const matrix& rows :
       {reference::duplicated_rows(13, 300, 5, 40), matrix(1e-150 * reference::normal_matrix(14, 300, 5))}) {
    const auto expected = reference::rank_all(rows, reference::euclidean_key);
    __builtin_ia32_ldmxcsr(before | 0x8040);
    const std::string found =
        difference_of_join<double>(rows, expected, 10, base::best_instruction_set(), nngs::serial{});
    __builtin_ia32_ldmxcsr(before);
    CHECK(found == "");
  }
}
#endif

TEST_CASE("where the plan takes whole numbers the graph is that of every instruction set") {
  const Index n = 2500, d = 600, k = 5;
  REQUIRE(search::join_is_faster(n, d, k + 1));
  const matrix rows = reference::normal_matrix(17, n, 12) * reference::normal_matrix(18, 12, d);
  const Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor> floats = rows.cast<float>();
  const nngs::points<float> points(floats);
  const search::search_input<nngs::euclidean> input(points, nngs::euclidean{}, nngs::tie_order{});
  const double candidates =
      search::by_integers(input, base::best_instruction_set(), nngs::serial{}).candidates(k + 1);
  REQUIRE(search::integers_are_faster(n, d, k + 1, candidates, true));
  const auto expected =
      nngs::build_graph(floats, k, exact_with{nngs::euclidean{}, available_instruction_sets().front()});
  for (const instruction_set set : available_instruction_sets())
    CHECK(nngs::build_graph(floats, k, exact_with{nngs::euclidean{}, set}, nngs::threads{2}) == expected);
}

// The bounds, by themselves: they hold, and not by a mile.

/// |x - y|, scaled.
static double distance_of(const matrix& rows, Index i, Index j, int exponent) {
  long double sum = 0;
  for (Index c = 0; c < rows.cols(); ++c) {
    const auto apart =
        std::ldexp(static_cast<long double>(rows(i, c)) - static_cast<long double>(rows(j, c)), -exponent);
    sum += apart * apart;
  }
  return static_cast<double>(std::sqrt(sum));
}

TEST_CASE("the screen leaves out no pair within reach, and most of those a little beyond") {
  for (const family& one : families) {
    const Index n = 130, d = 60;
    const matrix rows = one.rows(15, n, d);
    const nngs::points<double> given(rows);
    INFO(one.name);
    for (const instruction_set set : available_instruction_sets()) {
      const search::integer_screen screen(given, rows.cwiseAbs().maxCoeff(), set, nngs::serial{});
      std::vector<std::int32_t> products(48 * 48);
      Index lost = 0, too_little = 0, far = 0, left_out = 0;
      for (Index a = 0; a < screen.panels(); ++a)
        for (Index b = 0; b < screen.panels(); ++b) {
          const search::integer_scores scores = screen.score(a, b, products.data());
          for (Index i = a * 48; i < std::min(n, a * 48 + 48); ++i)
            for (Index j = b * 48; j < std::min(n, b * 48 + 48); ++j) {
              const double apart = distance_of(rows, screen.row(i), screen.row(j), screen.exponent());
              const float score = scores.of(static_cast<int>(i - a * 48), static_cast<int>(j - b * 48));
              const auto least = [&](double distance) {
                const float reach = screen.reach(distance, i) + screen.slack(b);
                return -reach * reach * 0.5F;
              };
              lost += score < least(apart);
              too_little += double{screen.most(i, score, screen.slack(b))} < -apart * apart / 2 - 0x1p-120;
              far += i != j;
              left_out += score < least(apart * 0.5);
            }
        }
      CHECK(lost == 0);
      CHECK(too_little == 0);
      if (one.rows == reference::normal_matrix) CHECK(left_out > far * 9 / 10);
    }
  }
}

TEST_CASE("evaluated scores stand for the exact ones") {
  for (const bool as_floats : {false, true}) {
    matrix rows = (reference::normal_matrix(16, 60, 203).array() + 1e3).matrix().cast<float>().cast<double>();
    const Eigen::MatrixXf floats_by_column = rows.cast<float>();
    const Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor> floats = floats_by_column;
    const nngs::points<double> doubles_given(rows);
    const nngs::points<float> floats_given(floats);
    const search::given_points given =
        as_floats ? search::given_points(floats_given) : search::given_points(doubles_given);
    const int exponent = search::exponent_of(rows.cwiseAbs().maxCoeff(), rows.cols());
    for (const instruction_set set : available_instruction_sets()) {
      const search::exact_scores scores(given, exponent, set);
      double widest = 0;
      int missed = 0;
      for (std::uint32_t i = 0; i < 60; ++i)
        for (std::uint32_t j = 0; j < i; ++j) {
          const double apart = distance_of(rows, i, j, exponent), exact = -apart * apart / 2;
          const float score = scores(i, j);
          const double least = scores.bound().least(score, j), most = scores.bound().most(double{score});
          missed += least > exact || exact > most;
          widest = std::max(widest, std::abs(double{score} - exact) / (most - least));
        }
      CHECK(missed == 0);
      CHECK(widest > 1e-3);
    }
  }
}
