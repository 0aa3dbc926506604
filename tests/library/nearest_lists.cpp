// SPDX-License-Identifier: MIT
// Lists of a base that comes in pieces are those of the whole, whatever the pieces, their order and how they
// are merged.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <limits>
#include <nngs/nngs.hpp>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "../catch.hpp"
#include "reference.hpp"

namespace pieces {

using Eigen::Index;
using nngs::item_range;
using nngs::nearest_lists;
using nngs::search_piece;
using reference::complaint;
using reference::matrix;

/// A row metric that sums in an order of its own.
struct canberra {
  static double key(const nngs::point& x, const nngs::point& y) {
    return ((x - y).array().abs() / (1 + x.array().abs() + y.array().abs())).sum();
  }
  static double distance(double key) { return key; }
};

/// A coordinate metric that takes only doubles, is no plain sum and ties often.
struct last_difference {
  static double term(double a, double b) { return a < b || b < a ? 1 : 0; }
  static double combine(double key, double term) { return key / 2 + term; }
  static double distance(double key) { return key; }
};

std::vector<Index> every(Index n) {
  std::vector<Index> rows;
  for (Index row = 0; row < n; ++row) rows.push_back(row);
  return rows;
}

/// [0, n) cut at random into pieces of none, one, few and many rows, in random order.
std::vector<item_range> cut(std::uint64_t seed, Index n, std::size_t cuts) {
  std::mt19937_64 random(seed);
  std::vector<Index> at{0, n};
  for (std::size_t i = 0; i < cuts; ++i) {
    const Index here = reference::below(random, n + 1);
    at.push_back(here);
    if (i % 3 == 0) at.push_back(here);                   // none
    if (i % 3 == 1) at.push_back(std::min(n, here + 1));  // one
  }
  std::sort(at.begin(), at.end());
  std::vector<item_range> some;
  for (std::size_t i = 1; i < at.size(); ++i) some.push_back({at[i - 1], at[i]});
  std::shuffle(some.begin(), some.end(), random);
  return some;
}

template <class Values>
nngs::tie_order order_of(const Values& values) {
  return nngs::tie_order_of(values(nngs::rows_of_tie_order(values.rows()), Eigen::all), values.rows());
}

template <class Values>
nearest_lists no_piece(const Values& values, const std::vector<Index>& rows, Index depth) {
  return nearest_lists(rows, values.rows(), depth, order_of(values));
}

template <class Values, class Metric, class Executor = nngs::threads>
void search(nearest_lists& lists, const Values& values, item_range piece, const Metric& metric,
            const Executor& execute = {}) {
  search_piece(lists, values(lists.rows(), Eigen::all),
               values.middleRows(piece.first, piece.last - piece.first), piece.first, metric, execute);
}

template <class Values, class Metric>
nearest_lists in_one_piece(const Values& values, const std::vector<Index>& rows, Index depth,
                           const Metric& metric) {
  nearest_lists lists = no_piece(values, rows, depth);
  search(lists, values, {0, values.rows()}, metric);
  return lists;
}

/// Each piece has lists of its own, which are added up as a random tree.
template <class Values, class Metric>
nearest_lists merged(std::uint64_t seed, const Values& values, const std::vector<Index>& rows, Index depth,
                     const Metric& metric, const std::vector<item_range>& some) {
  std::mt19937_64 random(seed);
  std::vector<nearest_lists> parts;
  for (const item_range& piece : some) {
    parts.push_back(no_piece(values, rows, depth));
    search(parts.back(), values, piece, metric, reference::backwards{});
  }
  while (parts.size() > 1) {
    const auto at = static_cast<std::ptrdiff_t>(random() % (parts.size() - 1));
    parts[static_cast<std::size_t>(at)] += parts[static_cast<std::size_t>(at) + 1];
    parts.erase(parts.begin() + at + 1);
  }
  return parts.front();
}

/// Where lists depart from the graph of the whole matrix, in words.
std::string difference(const nearest_lists& lists, const nngs::neighbor_graph& graph) {
  for (Index place = 0; place < static_cast<Index>(lists.rows().size()); ++place) {
    const Index row = lists.rows()[static_cast<std::size_t>(place)];
    const auto found = lists.neighbors(place), expected = graph.neighbors(row, lists.depth());
    if (!std::equal(found.begin(), found.end(), expected.begin(), expected.end()))
      return "row " + std::to_string(row);
    for (Index k = 1; k <= lists.depth(); ++k)
      if (lists.tied(place, k) != graph.tied(row, k)) return "tie of row " + std::to_string(row);
  }
  return "";
}

template <class Values, class Metric>
void are_those_of_the_whole(const Values& x, const Values& y, const Metric& metric) {
  const Index n = x.rows();
  for (const Index depth : std::array<Index, 4>{1, 4, n / 2, n - 1}) {
    if (depth < 1 || depth > n - 1) continue;
    for (const auto& rows : {nngs::sample_rows(n, n / 3 + 1, 5), every(n)}) {
      INFO("n = " << n << ", d = " << x.cols() << ", depth " << depth << ", " << rows.size() << " rows");
      const nearest_lists whole_x = in_one_piece(x, rows, depth, metric);
      CHECK(difference(whole_x, nngs::build_graph(x, depth, metric)) == "");
      const auto cuts = cut(static_cast<std::uint64_t>(depth), n, 5);
      nearest_lists one_after_another = no_piece(x, rows, depth);
      for (const item_range& piece : cuts) search(one_after_another, x, piece, metric);
      CHECK(one_after_another == whole_x);
      CHECK(merged(7, x, rows, depth, metric, cuts) == whole_x);
      CHECK(whole_x.searched() == std::vector<item_range>{{0, n}});

      const nearest_lists lists_y = merged(8, y, rows, depth, metric, cut(9, n, 3));
      CHECK((nngs::tally_curve(whole_x, lists_y) == nngs::tally_curve(x, y, rows, depth, metric)));
      CHECK((nngs::tally(whole_x, lists_y, depth, reference::backwards{}) ==
             nngs::tally(x, y, rows, depth, metric)));
    }
  }
}

/// Data of one scalar and storage order.
template <class Values, class Metric>
void of_all_data(const Metric& metric, bool directions = false) {
  const std::pair<matrix, matrix> data[] = {
      {reference::normal_matrix(1, 2, 3), reference::normal_matrix(2, 2, 3)},
      {reference::normal_matrix(3, 131, 5), reference::normal_matrix(4, 131, 5)},
      {reference::normal_matrix(5, 60, 70), reference::normal_matrix(6, 60, 70)},
      {reference::lattice(7, 97, 2, 3), reference::lattice(8, 97, 2, 3)},
      {reference::duplicated_rows(9, 110, 3, 6), reference::lattice(10, 110, 3, 2)},
      {matrix::Constant(12, 2, 0.1), reference::lattice(11, 12, 2, 2, 0.1, -0.1)}};
  for (auto [x, y] : data) {
    for (matrix* const one : {&x, &y}) {
      if (!directions) continue;
      one->conservativeResize(Eigen::NoChange, one->cols() + 2);  // no row is zero or constant
      one->rightCols(2).rowwise() = Eigen::RowVector2d(-20, 21);
    }
    are_those_of_the_whole(Values(x.template cast<typename Values::Scalar>()),
                           Values(y.template cast<typename Values::Scalar>()), metric);
  }
}

using floats = Eigen::MatrixXf;
using doubles = nngs::row_major<double>;

TEST_CASE("lists of pieces are those of the whole, for every metric") {
  SECTION("euclidean") {
    of_all_data<floats>(nngs::euclidean{});
    of_all_data<doubles>(nngs::euclidean{});
  }
  SECTION("inner product") { of_all_data<floats>(nngs::inner_product{}); }
  SECTION("cosine") { of_all_data<floats>(nngs::cosine{}, true); }
  SECTION("correlation") { of_all_data<doubles>(nngs::correlation{}, true); }
  SECTION("manhattan") {
    of_all_data<floats>(nngs::manhattan{});
    of_all_data<doubles>(nngs::manhattan{});
  }
  SECTION("chebyshev") { of_all_data<doubles>(nngs::chebyshev{}); }
  SECTION("minkowski") { of_all_data<doubles>(nngs::minkowski{3}); }
  SECTION("a user's row metric") { of_all_data<doubles>(canberra{}); }
  SECTION("a user's coordinate metric") { of_all_data<floats>(last_difference{}); }
}

TEST_CASE("pieces beyond a panel and a group of rows, with queries inside and outside of them") {
  const matrix x = reference::normal_matrix(1, 1500, 6), y = reference::lattice(2, 1500, 6, 3);
  const auto rows = nngs::sample_rows(1500, 130, 3);
  for (const auto& values : {x, y}) {
    for (const Index depth : {5, 20, 100}) {  // by short lists, or by ranking whole rows
      const nearest_lists whole = in_one_piece(values, rows, depth, nngs::euclidean{});
      CHECK(difference(whole, nngs::build_graph(values, depth)) == "");
      CHECK(merged(4, values, rows, depth, nngs::euclidean{}, cut(5, 1500, 9)) == whole);
      CHECK(merged(4, values, rows, depth, nngs::euclidean{}, {{700, 1500}, {0, 401}, {401, 700}}) == whole);
      CHECK(merged(4, values, rows, depth, nngs::inner_product{}, {{700, 1500}, {0, 401}, {401, 700}}) ==
            in_one_piece(values, rows, depth, nngs::inner_product{}));
    }
  }
}

TEST_CASE("the tie order of a matrix is told by its rows that tell it") {
  CHECK(nngs::rows_of_tie_order(3) == std::vector<Index>{0, 1, 2});
  CHECK(nngs::rows_of_tie_order(1024) == every(1024));
  const auto some = nngs::rows_of_tie_order(4096);
  CHECK(some.size() == 1024);
  CHECK(some[1] == 4);
  for (const Index n : {5, 1024, 1025, 3000}) {
    const matrix lattice = reference::lattice(static_cast<std::uint64_t>(n), n, 3, 3);
    CHECK(order_of(lattice) == nngs::tie_order::seeded(reference::tie_seed(lattice)));
    CHECK(order_of(lattice) == order_of(Eigen::MatrixXf(lattice.cast<float>())));
  }
  const matrix rows = reference::lattice(1, 5, 2, 2);
  CHECK(complaint([&] { nngs::tie_order_of(rows, 6); }) ==
        "5 rows do not tell the tie order of a matrix of 6: give the 6 rows that rows_of_tie_order names");
  CHECK(complaint([] { nngs::rows_of_tie_order(1); }).find("1 items") == 0);
}

TEST_CASE("other tie orders hold over pieces too") {
  const matrix x = reference::lattice(3, 80, 2, 3);
  for (const nngs::tie_order ties : {nngs::tie_order::by_index(), nngs::tie_order::seeded(7)}) {
    nearest_lists lists(every(80), 80, 12, ties);
    for (const item_range& piece : cut(1, 80, 4)) search(lists, x, piece, nngs::cosine{}.search_metric);
    CHECK(difference(lists, nngs::build_graph(x, 12, nngs::exact{nngs::euclidean{}, ties})) == "");
  }
}

TEST_CASE("a piece may have fewer rows than lists want, and lists may not be full yet") {
  const matrix x = reference::normal_matrix(4, 30, 3);
  nearest_lists lists = no_piece(x, {3, 7}, 5);
  CHECK(lists.neighbors(0).empty());
  search(lists, x, {7, 7}, nngs::euclidean{});
  CHECK(lists.searched().empty());
  search(lists, x, {7, 8}, nngs::euclidean{});  // its own row alone
  CHECK(lists.neighbors(1).empty());
  CHECK(lists.neighbors(0).size() == 1);
  CHECK(!lists.tied(0, 1));
  search(lists, x, {10, 12}, nngs::euclidean{});
  CHECK(lists.neighbors(0).size() == 3);
  CHECK((lists.searched() == std::vector<item_range>{{7, 8}, {10, 12}}));
  search(lists, x, {8, 10}, nngs::euclidean{});
  CHECK((lists.searched() == std::vector<item_range>{{7, 12}}));
  CHECK(lists.neighbors(1).size() == 4);
}

TEST_CASE("lists of no queries add up as well") {
  const matrix x = reference::normal_matrix(5, 20, 3);
  nearest_lists lists = no_piece(x, {}, 2);
  search(lists, x, {0, 20}, nngs::euclidean{});
  CHECK(nngs::tally(lists, lists, 2).items() == 0);
}

TEST_CASE("pieces whose keys vanish are taken where those of the whole do not") {
  const auto rows = every(40);
  for (const double scale : {1e-200, 1e-300, 5e-324}) {
    CAPTURE(scale);
    matrix x = scale * reference::lattice(6, 60, 4, 4);
    const matrix small = x.topRows(40);
    nearest_lists tiny = no_piece(small, rows, 5);
    search(tiny, small, {0, 15}, nngs::euclidean{});
    search(tiny, small, {15, 40}, nngs::euclidean{});
    const matrix alike = matrix::Zero(40, 4);
    CHECK(difference(tiny, nngs::build_graph(alike, 5, nngs::exact{nngs::euclidean{}, tiny.ties()})) == "");
    const std::string refusal = complaint([&] { nngs::build_graph(small, 5); });
    CHECK(refusal.find("vanish") != std::string::npos);
    CHECK(complaint([&] { tiny.check_complete(); }) == refusal);
    CHECK(complaint([&] { nngs::tally(tiny, tiny, 5); }) == "x: " + refusal);

    x.bottomRows(20) = reference::normal_matrix(7, 20, 4);
    nearest_lists lists = no_piece(x, rows, 5);
    for (const item_range piece : {item_range{0, 25}, {25, 40}, {40, 60}})
      search(lists, x, piece, nngs::euclidean{});
    CHECK(difference(lists, nngs::build_graph(x, 5)) == "");
    lists.check_complete();
  }
}

TEST_CASE("the smallest points are scaled by a number") {
  for (const double smallest : {5e-324, 1e-310, 1e-300})
    CHECK(std::isfinite(std::ldexp(1.0, -nngs::detail::search::exponent_of(smallest, 1))));
}

TEST_CASE("keys that overflow are refused with their piece") {
  matrix x = reference::normal_matrix(9, 30, 3);
  x(20, 1) = 1e200;
  nearest_lists lists = no_piece(x, {0, 1}, 3);
  search(lists, x, {0, 10}, nngs::euclidean{});
  const nearest_lists before = lists;
  CHECK(complaint([&] {
          search(lists, x, {10, 30}, nngs::euclidean{});
        }).find("1e+200: keys overflow") != std::string::npos);
  CHECK(lists == before);
  search(lists, x, {10, 20}, nngs::euclidean{});
}

TEST_CASE("errors in pieces name rows of the whole base") {
  const double infinity = std::numeric_limits<double>::infinity();
  const matrix x = reference::normal_matrix(10, 50, 3);
  matrix broken = x;
  broken(33, 2) = infinity;
  nearest_lists lists = no_piece(x, {5, 41}, 3);
  CHECK(complaint([&] {
          search(lists, broken, {30, 40}, nngs::euclidean{});
        }) == "row 33, column 2 (counted from 0) is inf: every coordinate must be finite");
  broken = x;
  broken(41, 0) = infinity;  // a query that is not in the piece
  CHECK(complaint([&] {
          search(lists, broken, {30, 40}, nngs::euclidean{});
        }) == "row 41, column 0 (counted from 0) is inf: every coordinate must be finite");
  broken = x;
  broken.row(12).setZero();
  try {
    search(lists, broken, {10, 20}, nngs::cosine{});
    FAIL("no error");
  } catch (const nngs::input_error& error) {
    CHECK(error.row() == 12);
    CHECK(std::string(error.what()).find("row 12 (counted from 0) is zero") == 0);
  }
  broken = x;
  broken.row(5).setConstant(1);
  CHECK(complaint([&] { search(lists, broken, {10, 20}, nngs::correlation{}); }).find("row 5 (counted") == 0);
  CHECK(lists == no_piece(x, {5, 41}, 3));
}

TEST_CASE("what does not fit lists is refused, and they stay as they were") {
  const matrix x = reference::normal_matrix(11, 50, 3);
  const std::vector<Index> rows{5, 41};
  nearest_lists lists = no_piece(x, rows, 3);
  search(lists, x, {10, 20}, nngs::euclidean{});
  const nearest_lists before = lists;
  const auto refusal_of = [&](const nearest_lists& other) { return complaint([&] { lists += other; }); };
  const auto refusal_of_search = [&](const matrix& values, item_range piece, const auto& metric) {
    return complaint([&] { search(lists, values, piece, metric); });
  };
  const auto contains = [](const std::string& text, const std::string& words) {
    INFO(text);
    return text.find(words) != std::string::npos;
  };

  // Rows of the base twice
  CHECK(contains(refusal_of_search(x, {15, 25}, nngs::euclidean{}),
                 "rows [15, 20) of the base were searched already"));
  CHECK(contains(refusal_of_search(x, {0, 11}, nngs::euclidean{}), "rows [10, 11) of the base"));
  CHECK(contains(refusal_of_search(x, {12, 14}, nngs::euclidean{}), "rows [12, 14) of the base"));
  nearest_lists other = no_piece(x, rows, 3);
  search(other, x, {19, 30}, nngs::euclidean{});
  CHECK(contains(refusal_of(other), "rows [19, 20) of the base"));
  CHECK(contains(refusal_of(lists), "rows [10, 20) of the base"));

  // Other queries
  matrix changed = x;
  changed(41, 1) += 1;
  CHECK(contains(refusal_of_search(changed, {30, 40}, nngs::euclidean{}), "other values than before"));
  other = no_piece(x, rows, 3);
  search(other, changed, {30, 40}, nngs::euclidean{});
  CHECK(contains(refusal_of(other), "other values than before"));
  CHECK(contains(complaint([&] { search_piece(lists, x(rows, Eigen::all), changed.middleRows(40, 5), 40); }),
                 "row 41 of the base has other values than row 1 of the queries"));

  // Another metric
  CHECK(contains(refusal_of_search(x, {30, 40}, nngs::manhattan{}), "another metric"));
  CHECK(contains(refusal_of_search(x, {30, 40}, nngs::cosine{}), "another metric"));
  nearest_lists powers = no_piece(x, rows, 3);
  search(powers, x, {30, 40}, nngs::minkowski{3});
  CHECK(contains(complaint([&] { search(powers, x, {40, 50}, nngs::minkowski{4}); }), "another metric"));

  // Another n, depth, tie order, or other rows
  CHECK(
      contains(refusal_of(nearest_lists(rows, 51, 3, lists.ties())), "50 items and of depth 3 of 51 items"));
  CHECK(contains(refusal_of(nearest_lists(rows, 50, 4, lists.ties())),
                 "of depth 3 of 50 items and of depth 4"));
  CHECK(contains(refusal_of(nearest_lists({5, 42}, 50, 3, lists.ties())), "lists of 2 and 2 rows"));
  CHECK(contains(refusal_of(nearest_lists(rows, 50, 3, nngs::tie_order::by_index())), "tie orders"));

  // Shapes
  const matrix queries = x(rows, Eigen::all);
  CHECK(contains(complaint([&] { search_piece(lists, queries.topRows(1), x.topRows(5), 0); }),
                 "queries of 1 x 3"));
  CHECK(contains(complaint([&] { search_piece(lists, queries.leftCols(2), x.topRows(5), 0); }),
                 "a piece of 5 x 3"));
  CHECK(contains(complaint([&] { search_piece(lists, queries.leftCols(0), x.topRows(5).leftCols(0), 0); }),
                 "5 x 0"));
  for (const Index first : {Index{-1}, Index{46}, Index{51}, std::numeric_limits<Index>::max()})
    CHECK(contains(complaint([&] { search_piece(lists, queries, x.topRows(5), first); }),
                   "does not lie in a base of 50"));
  CHECK(lists == before);
  lists += no_piece(x, rows, 3);  // of no piece
  CHECK(lists == before);
}

TEST_CASE("lists that do not make sense are refused") {
  const auto ties = nngs::tie_order::by_index();
  CHECK(complaint([&] { nearest_lists({0}, 10, 10, ties); }).find("k = 10 is not in [1, n - 1]") == 0);
  CHECK(complaint([&] { nearest_lists({0}, 10, 0, ties); }).find("k = 0") == 0);
  CHECK(complaint([&] { nearest_lists({}, 1, 1, ties); }).find("1 items") == 0);
  CHECK(complaint([&] { nearest_lists({10}, 10, 2, ties); }) == "row 10 is not one of the base: 0 .. 9");
  CHECK(complaint([&] { nearest_lists({-1}, 10, 2, ties); }) == "row -1 is not one of the base: 0 .. 9");
  CHECK(complaint([&] { nearest_lists({4, 4}, 10, 2, ties); }).find("row 4 comes after row 4: give") == 0);
  CHECK(complaint([&] { nearest_lists({4, 2}, 10, 2, ties); }).find("row 2 comes after row 4") == 0);
  CHECK(complaint([&] { nearest_lists({4}, 10, 2, nngs::tie_order{}); }).find("tie_order_of") !=
        std::string::npos);
}

TEST_CASE("lists of a part of the base are not counted") {
  const matrix x = reference::normal_matrix(12, 50, 3);
  const auto lists_of = [&](std::vector<item_range> some, std::vector<Index> rows, Index depth) {
    nearest_lists lists = no_piece(x, rows, depth);
    for (const item_range& piece : some) search(lists, x, piece, nngs::euclidean{});
    return lists;
  };
  const nearest_lists whole = lists_of({{0, 50}}, {5, 41}, 3);
  const auto refusal = [&](const nearest_lists& a, const nearest_lists& b) {
    return complaint([&] { nngs::tally_curve(a, b); });
  };
  CHECK(refusal(lists_of({{0, 20}, {30, 50}}, {5, 41}, 3), whole) ==
        "x: rows [20, 30) of the base of 50 were not searched");
  CHECK(refusal(whole, lists_of({{1, 50}}, {5, 41}, 3)) ==
        "y: rows [0, 1) of the base of 50 were not searched");
  CHECK(refusal(whole, lists_of({{0, 49}}, {5, 41}, 3)) ==
        "y: rows [49, 50) of the base of 50 were not searched");
  CHECK(refusal(whole, lists_of({}, {5, 41}, 3)) == "y: rows [0, 50) of the base of 50 were not searched");
  CHECK(refusal(whole, lists_of({{0, 50}}, {5, 42}, 3)).find("the same rows that ask") != std::string::npos);
  CHECK(complaint([&] { nngs::tally(whole, whole, 4); }).find("k = 4 is not in [1, 3]") == 0);
  CHECK(complaint([&] { nngs::tally(whole, whole, 0); }).find("k = 0") == 0);
  CHECK(nngs::tally_curve(whole, lists_of({{0, 50}}, {5, 41}, 2)).size() == 2);
}

TEST_CASE("a search that is cancelled adds nothing") {
  const matrix x = reference::normal_matrix(13, 3000, 8);
  nearest_lists lists = no_piece(x, every(3000), 3);
  const nngs::reporting stops{nngs::serial{}, [](Index, Index) { return false; }};
  CHECK_THROWS_AS(search(lists, x, {0, 3000}, nngs::euclidean{}, stops), nngs::cancelled);
  CHECK(lists == no_piece(x, every(3000), 3));
}

}  // namespace pieces
