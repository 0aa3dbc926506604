// SPDX-License-Identifier: MIT
// The exact builder scores pairs by products of floats. Whatever these lose, the lists are those of the
// reference: on data made to mislead them, for every instruction set that this processor has, for few
// neighbours (each pair scored once, short lists of candidates) and for many (whole rows of scores).
#include <cmath>
#include <functional>
#include <nngs/nngs.hpp>
#include <vector>

#include "../catch.hpp"
#include "exact_with.hpp"
#include "reference.hpp"

using Eigen::Index;
using reference::matrix;

template <class Metric>
static std::string difference_of_metric(const matrix& rows, const Metric& metric,
                                        const reference::ranking& expected) {
  for (const instruction_set set : available_instruction_sets())
    for (const Index k : std::vector<Index>{1, 8, rows.rows() / 20, rows.rows() / 3, rows.rows() - 1}) {
      const auto graph = nngs::build_graph(rows, k, exact_with{metric, set}, nngs::threads{2});
      const std::string found = reference::difference(graph, expected, k);
      if (!found.empty())
        return "instruction set " + std::to_string(static_cast<int>(set)) + ", k = " + std::to_string(k) +
               ": " + found;
    }
  return "";
}

/// Large enough to score each pair once.
static const Index n = 620;

static void check(const matrix& rows) {
  CHECK(difference_of_metric(rows, nngs::euclidean{}, reference::rank_all(rows, reference::euclidean_key)) ==
        "");
}

TEST_CASE("normal data of any width") {
  const Index d = GENERATE(1, 2, 7, 48, 63, 64, 65, 130, 300);
  check(reference::normal_matrix(1, n, d));
}

TEST_CASE("a mean that floats would drown in") {
  check((reference::normal_matrix(2, n, 20).array() + 100).matrix());
  check((reference::normal_matrix(3, n, 20).array() + 1e9).matrix());
}

TEST_CASE("two clusters so far apart that each is a point to the floats") {
  matrix rows = reference::normal_matrix(4, n, 12);
  rows.topRows(n / 2).array() += 1e7;
  check(rows);
}

TEST_CASE("near ties, one part in ten million and closer") {
  const double apart = GENERATE(1e-7, 1e-12, 1e-15);
  // Points on a sphere about the first, their distances to it a shade apart.
  matrix rows = reference::unit_rows(reference::normal_matrix(5, n, 30));
  for (Index i = 0; i < n; ++i) rows.row(i) *= 1 + apart * static_cast<double>(i % 37);
  rows.row(0).setZero();
  check(rows);
}

TEST_CASE("lattices, full of ties") {
  check(reference::lattice(6, n, 3, 5));
  check(reference::lattice(7, n, 16, 2));
  check(reference::lattice(8, n, 4, 3, 0.1, 1e6));
}

TEST_CASE("duplicates, so many that lists of candidates overflow") {
  check(reference::duplicated_rows(9, n, 20, 5));
  check(reference::duplicated_rows(10, n, 20, 200));
  check(matrix::Constant(n, 3, 0.1));
  check(matrix::Zero(n, 3));
}

TEST_CASE("one row far from all others") {
  matrix rows = reference::normal_matrix(11, n, 15);
  rows.row(17) *= 1e12;
  check(rows);
}

TEST_CASE("one row so far from all others, in so fine a cluster, that intervals do not reach it") {
  matrix rows = 1e-6 * reference::normal_matrix(23, n, 3);
  rows.row(0).setConstant(1);
  check(rows);
}

#ifdef __SSE2__
TEST_CASE("a processor that flushes subnormal numbers to zero changes nothing") {
  const unsigned before = __builtin_ia32_stmxcsr();
  const matrix duplicates = reference::duplicated_rows(24, n, 2, 20),
               tiny = reference::normal_matrix(25, n, 3) * 1e-150;
  const auto of_duplicates = reference::rank_all(duplicates, reference::euclidean_key);
  const auto of_tiny = reference::rank_all(tiny, reference::euclidean_key);
  const auto compare = [&](const matrix& rows, const reference::ranking& expected) {
    __builtin_ia32_ldmxcsr(before | 0x8040);
    const auto by_products = nngs::build_graph(rows, 10, nngs::exact{}, nngs::serial{});
    const auto by_tree = nngs::build_graph(rows, 10, nngs::kd_tree{}, nngs::serial{});
    __builtin_ia32_ldmxcsr(before);
    CHECK(reference::difference(by_products, expected, 10) == "");
    CHECK(reference::difference(by_tree, expected, 10) == "");
  };
  compare(duplicates, of_duplicates);
  compare(tiny, of_tiny);
}
#endif

/// Rows whose norms are log-normal: most are near the origin, some far from everything.
static matrix heavy_tailed_rows(std::uint64_t seed, double spread) {
  matrix rows = reference::normal_matrix(seed, n, 8);
  rows.array().colwise() *= (spread * reference::normal_matrix(seed + 1, n, 1).array().col(0)).exp();
  return rows;
}

TEST_CASE("norms with a heavy tail") {
  check(heavy_tailed_rows(27, 3));
  check((heavy_tailed_rows(28, 3).array() + 10).matrix());
  check(heavy_tailed_rows(29, 8));
}

TEST_CASE("rows on scales from 1e-12 to 1e12") {
  matrix rows = reference::normal_matrix(12, n, 10);
  for (Index i = 0; i < n; ++i) rows.row(i) *= std::pow(10.0, static_cast<double>(i % 25) - 12);
  check(rows);
}

TEST_CASE("numbers near the ends of what keys can hold") {
  const matrix rows = reference::normal_matrix(13, n, 6);
  check(rows * 1e150);
  check(rows * 1e-150);
  check(rows * 1e-160);  // keys of few digits: ties that the floats do not see
  check(reference::lattice(14, n, 2, 4, 1e-161));
}

TEST_CASE("columns on scales from 1e-30 to 1e30") {
  matrix rows = reference::normal_matrix(15, n, 7);
  for (Index j = 0; j < 7; ++j) rows.col(j) *= std::pow(10.0, 10 * static_cast<double>(j) - 30);
  check(rows);
}

TEST_CASE("inner products of any kind of data") {
  const auto check_products = [](const matrix& rows) {
    const auto expected = reference::rank_all(rows, reference::inner_product_key);
    CHECK(difference_of_metric(rows, nngs::inner_product{}, expected) == "");
  };
  check_products(reference::normal_matrix(16, n, 33));
  check_products((reference::normal_matrix(17, n, 10).array() + 100).matrix());
  check_products(reference::lattice(18, n, 3, 4, 1, -2));
  matrix outlier = reference::normal_matrix(19, n, 8);
  outlier.row(5) *= 1e9;
  check_products(outlier);
  check_products(heavy_tailed_rows(26, 3));
}

TEST_CASE("cosines of near duplicates") {
  matrix rows = reference::duplicated_rows(20, n, 24, 30);
  for (Index i = 0; i < n; ++i) rows.row(i) *= 1 + 1e-3 * static_cast<double>(i);
  rows += 1e-9 * reference::normal_matrix(21, n, 24);
  const auto expected = reference::rank_all(reference::unit_rows(rows), reference::euclidean_key, rows);
  CHECK(difference_of_metric(rows, nngs::cosine{}, expected) == "");
}

// The bound on the error, by itself: it holds, and not by a mile.

using nngs::detail::search::product_form;

static long double exact_score(const matrix& rows, Index i, Index j, product_form form) {
  long double sum = 0;
  for (Index c = 0; c < rows.cols(); ++c) {
    const auto a = static_cast<long double>(rows(i, c)), b = static_cast<long double>(rows(j, c));
    sum += form == product_form::distance ? -(a - b) * (a - b) / 2 : a * b;
  }
  return sum;
}

TEST_CASE("scores stand for the exact ones, as far off as their bound says") {
  const auto form = GENERATE(product_form::distance, product_form::inner_product);
  const Index d = GENERATE(1, 30, 500);
  const double offset = GENERATE(0.0, 1e3);
  matrix rows = (reference::normal_matrix(22, 96, d).array() + offset).matrix();
  rows.row(50) *= 1e5;
  const nngs::points<double> given(rows);
  for (const instruction_set set : available_instruction_sets()) {
    const nngs::detail::search::float_screen screen(given, rows.cwiseAbs().maxCoeff(), form, set,
                                                    nngs::serial{});
    std::vector<float> scores(48 * 48);
    screen.score(0, screen.panel(1), screen.offsets(1), 48, scores.data(), 48);
    double widest = 0;
    for (Index i = 0; i < 48; ++i)
      for (Index j = 48; j < 96; ++j) {
        const float score = scores[static_cast<std::size_t>((j - 48) * 48 + i)];
        const auto exact = static_cast<double>(
            exact_score(rows, i, j, form) * std::exp2(-2.0L * static_cast<long double>(screen.exponent())));
        const nngs::detail::search::score_bound bound = screen.bound(i);
        const double least = bound.least(score, static_cast<std::uint32_t>(j)),
                     most = bound.most(double{score});
        CHECK(least <= exact);
        CHECK(exact <= most);
        CHECK(double{bound.accept(exact)} <= double{score});
        // However far away some other row is.
        if (form == product_form::inner_product)
          CHECK(std::ldexp(most - least, 2 * screen.exponent()) <=
                1e-3 * rows.row(i).norm() * rows.row(j).norm());
        widest = std::max(widest, std::abs(double{score} - exact) / (most - least));
      }
    CHECK(widest > 1e-3);
  }
}
