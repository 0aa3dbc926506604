// SPDX-License-Identifier: MIT
// Shapes, k, ranges and parameters: every public function that takes a number gives the right answer or the
// documented error for each of the numbers nobody should give.
#include <charconv>
#include <cstdint>
#include <functional>
#include <limits>
#include <nngs/nngs.hpp>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "../catch.hpp"
#include "bad_input.hpp"
#include "reference.hpp"

using Eigen::Index;
using Eigen::MatrixXd;
using namespace bad_input;

namespace {

constexpr Index lowest = std::numeric_limits<Index>::min(), highest = std::numeric_limits<Index>::max();
constexpr Index most_items = 0xFFFFFFFF;

std::string k_error(Index k, Index n) {
  return "k = " + std::to_string(k) + " is not in [1, n - 1] = [1, " + std::to_string(n - 1) +
         "] for n = " + std::to_string(n) + " items";
}

/// Whether n items can have a graph of depth k.
std::string expected_for(Index k, Index n) { return k >= 1 && k < n ? right : k_error(k, n); }

}  // namespace

TEST_CASE("bad input: shapes and k of two matrices") {
  combinations = 0;
  using function = std::function<std::string(const MatrixXd&, const MatrixXd&, Index)>;
  const auto within = [](double value) { return unless_within(0, value, 1); };
  struct row {
    const char* name;
    bool takes_y, takes_k;
    function call;
  };
  const auto size = [](const nngs::neighbor_graph& graph) {
    return unless_within(2, double(graph.size()), 9);
  };
  // clang-format off
  const std::vector<row> functions = {
      {"build_graph",         false, true,  [&](auto& x, auto&, Index k) { return size(nngs::build_graph(x, k)); }},
      {"exact",               false, true,  [&](auto& x, auto&, Index k) { return size(nngs::build_graph(x, k, nngs::exact{})); }},
      {"exact, chebyshev",    false, true,  [&](auto& x, auto&, Index k) { return size(nngs::build_graph(x, k, nngs::chebyshev{})); }},
      {"kd_tree",             false, true,  [&](auto& x, auto&, Index k) { return size(nngs::build_graph(x, k, nngs::kd_tree{})); }},
      {"build_graph, float",  false, true,  [&](auto& x, auto&, Index k) { return size(nngs::build_graph(x.template cast<float>(), k)); }},
      {"compare",             true,  true,  [&](auto& x, auto& y, Index k) { return within(nngs::compare(x, y, k).jaccard); }},
      {"similarity",          true,  true,  [&](auto& x, auto& y, Index k) { return within(nngs::similarity(x, y, k)); }},
      {"overlap",             true,  true,  [&](auto& x, auto& y, Index k) { return within(nngs::overlap(x, y, k)); }},
      {"compare by builders", true,  true,  [&](auto& x, auto& y, Index k) { return within(nngs::compare(x, y, k, nngs::exact{}, nngs::kd_tree{}).jaccard); }},
      {"compare by manhattan",true,  true,  [&](auto& x, auto& y, Index k) { return within(nngs::compare(x, y, k, nngs::manhattan{}).jaccard); }},
      {"similarity_curve",    true,  false, [&](auto& x, auto& y, Index) { return within(nngs::similarity_curve(x, y)[0].jaccard); }},
      {"tally_curve",      true,  true,  [&](auto& x, auto& y, Index k) { return within(nngs::tally_curve(x, y, std::vector<Index>{0}, k)[0].mean_jaccard()); }},
      {"sample_similarity",   true,  true,  [&](auto& x, auto& y, Index k) { return within(nngs::sample_similarity_curve(x, y, k, {.rows = 2})[0].jaccard.value); }},
      {"linear_cka",          true,  false, [&](auto& x, auto& y, Index) { return within(nngs::linear_cka(x, y)); }},
      {"cka, linear",         true,  false, [&](auto& x, auto& y, Index) { return within(nngs::cka(x, y, nngs::linear{}).biased.value); }},
      {"cka, RBF",            true,  false, [&](auto& x, auto& y, Index) { return within(nngs::cka(x, y, nngs::rbf{}).biased.value); }},
  };
  // clang-format on
  const MatrixXd whole = reference::normal_matrix(1, 9, 3), other = reference::normal_matrix(2, 9, 3);
  for (const row& one : functions) {
    for (const auto& [rows, columns] : {std::pair<Index, Index>{0, 0}, {0, 3}, {1, 3}, {9, 0}}) {
      const MatrixXd x = whole.topLeftCorner(rows, columns), y = other.topRows(rows);
      const std::string shape = std::to_string(rows) + " x " + std::to_string(columns);
      const std::string words = "a matrix of " + shape + " has no neighbours";
      for (const Index k : {Index{-1}, Index{0}, Index{1}, highest})
        expect(words, one.name + (" of " + shape), [&] { return one.call(x, y, k); });
    }
    for (const Index rows : {Index{2}, Index{3}, Index{9}})
      for (const Index k :
           {lowest, Index{-1}, Index{0}, Index{1}, rows - 1, rows, rows + 1, most_items + 1, highest})
        expect(one.takes_k ? expected_for(k, rows) : right,
               one.name + (" at k = " + std::to_string(k) + " of " + std::to_string(rows) + " rows"),
               [&] { return one.call(whole.topRows(rows), other.topRows(rows), k); });
    if (one.takes_y)
      for (const Index rows : {Index{0}, Index{2}, Index{8}})
        expect("x is 9 x 3 and y is " + std::to_string(rows) + " x 3: both need the same rows", one.name,
               [&] { return one.call(whole, other.topRows(rows), 1); });
  }
  INFO(combinations << " combinations");
  CHECK(combinations >= 16 * (4 * 4 + 3 * 9) + 11 * 3);
}

TEST_CASE("bad input: k of two graphs, of one and of none") {
  using nngs::neighbor_graph;
  const auto graph = [](Index n, Index depth) {
    return nngs::build_graph(reference::normal_matrix(static_cast<std::uint64_t>(n), n, 2), depth);
  };
  const neighbor_graph deep = graph(9, 8), flat = graph(9, 4), large = graph(11, 8);
  using function = std::function<std::string(const neighbor_graph&, const neighbor_graph&, Index)>;
  const auto within = [](double value) { return unless_within(0, value, 1); };
  struct row {
    const char* name;
    bool takes_k;
    function call;
  };
  // clang-format off
  const std::vector<row> of_two = {
      {"compare",           true,  [&](auto& x, auto& y, Index k) { return within(nngs::compare(x, y, k).jaccard); }},
      {"similarity",        true,  [&](auto& x, auto& y, Index k) { return within(nngs::similarity(x, y, k)); }},
      {"overlap",           true,  [&](auto& x, auto& y, Index k) { return within(nngs::overlap(x, y, k)); }},
      {"item_similarity",   true,  [&](auto& x, auto& y, Index k) { return within(nngs::item_similarity(x, y, k).maxCoeff()); }},
      {"shared_neighbors",  true,  [&](auto& x, auto& y, Index k) { return unless_within(0, double(nngs::shared_neighbors(x, y, {0, 2}, k)[1]), double(k)); }},
      {"tally",     true,  [&](auto& x, auto& y, Index k) { return within(nngs::tally(x, y, {0, 2}, k).mean_jaccard()); }},
      {"test_items",        true,  [&](auto& x, auto& y, Index k) { return within(nngs::test_items(x, y, k)[0].adjusted_p); }},
      {"compare_neighbors", true,  [&](auto& x, auto& y, Index k) { return unless_within(0, double(nngs::compare_neighbors(x, y, 3, k).kept.size()), double(k)); }},
      {"judge",             true,  [&](auto& x, auto& y, Index k) { return unless_within(-1, nngs::judge(x, y, k).adjusted, 1); }},
      {"permutation_test",  true,  [&](auto& x, auto& y, Index k) { return within(nngs::permutation_test(x, y, {.count = 9, .k = {k}}).jaccard.p); }},
      {"similarity_curve",  false, [&](auto& x, auto& y, Index) { return within(nngs::similarity_curve(x, y)[0].jaccard); }},
      {"tally_curve",    false, [&](auto& x, auto& y, Index) { return within(nngs::tally_curve(x, y, {0, 2})[0].mean_jaccard()); }},
      {"judge_curve",       false, [&](auto& x, auto& y, Index) { return unless_within(-1, nngs::judge_curve(x, y)[0].adjusted, 1); }},
      {"permutation_test",  false, [&](auto& x, auto& y, Index) { return within(nngs::permutation_test(x, y, {.count = 9}).overlap.p); }},
  };
  const std::vector<std::pair<const char*, std::function<std::string(const neighbor_graph&, Index)>>> of_one = {
      {"tied_items",        [&](auto& x, Index k) { return unless_within(0, double(x.tied_items(k)), 0); }},
      {"diagnostics",          [&](auto& x, Index k) { return within(nngs::diagnostics(x, k).reciprocity); }},
      {"diagnostics_curve", [&](auto& x, Index k) { return within(nngs::diagnostics_curve(x, k).back().reciprocity); }},
  };
  // clang-format on
  const std::vector<Index> ks = {lowest, -1, 0, 1, 4, 5, 8, 9, most_items + 1, highest};
  for (const row& one : of_two) {
    for (const Index k : ks) {
      const std::string name = one.name + (" at k = " + std::to_string(k));
      const auto words = [&](Index depth_x, Index depth_y) {
        if (!one.takes_k || (k >= 1 && k <= depth_x && k <= depth_y)) return right;
        return "k = " + std::to_string(k) + " is not in [1, depth] for graphs of depth " +
               std::to_string(depth_x) + " and " + std::to_string(depth_y);
      };
      expect(words(8, 8), name, [&] { return one.call(deep, deep, k); });
      expect(words(8, 4), name, [&] { return one.call(deep, flat, k); });
      expect(words(4, 8), name, [&] { return one.call(flat, deep, k); });
    }
    expect("the graphs are of 9 and 11 items", one.name, [&] { return one.call(deep, large, 1); });
    expect("the graphs are of 11 and 9 items", one.name, [&] { return one.call(large, deep, 1); });
  }
  for (const auto& [name, call] : of_one)
    for (const Index k : ks) {
      const auto words = [&](Index depth) {
        return k >= 1 && k <= depth ? right
                                    : "k = " + std::to_string(k) + " is not in [1, " + std::to_string(depth) +
                                          "], the depth of the graph";
      };
      expect(words(8), name, [&, &tested = call] { return tested(deep, k); });
      expect(words(4), name, [&, &tested = call] { return tested(flat, k); });
    }
}

TEST_CASE("bad input: n and k of what chance gives") {
  const auto within = [](double value) { return unless_within(0, value, 1); };
  struct row {
    const char* name;
    Index longest;  // a k beyond takes too much memory or time to be tried
    std::function<std::string(Index, Index)> call;
  };
  // clang-format off
  const std::vector<row> functions = {
      {"chance",             highest, [&](Index n, Index k) { return within(nngs::chance(n, k).jaccard); }},
      {"chance, variance",   highest, [&](Index n, Index k) { return within(nngs::chance(n, k).jaccard_variance); }},
      {"chance_curve",       1000,    [&](Index n, Index k) { return within(nngs::chance_curve(n, k).back().jaccard); }},
      {"overlap_tail",       1000,    [&](Index n, Index k) { return within(nngs::overlap_tail(n, k).back()); }},
      {"paper_baseline",     highest, [&](Index n, Index k) { return within(nngs::paper_baseline(n, k)); }},
      {"alignment_spectrum", highest, [&](Index n, Index k) { return unless_within(0, nngs::alignment_spectrum(1, n, k), 1); }},
      {"r_nx",               highest, [&](Index n, Index k) { return unless_near(nngs::r_nx(1, n, k), 1); }},
      {"judge",              highest, [&](Index n, Index k) { return unless_near(nngs::judge(nngs::score{k, 1, 1, 0}, n).adjusted, 1); }},
      {"pairing_variance",   highest, [&](Index n, Index k) {
         const nngs::graph_diagnostics all{k, 0, 0, 0, 0, 0, 0};
         return unless_within(0, nngs::pairing_variance(all, all, n), 1e40);
       }},
  };
  // clang-format on
  for (const row& one : functions)
    for (const Index n : {lowest, Index{-1}, Index{0}, Index{1}, Index{2}, Index{3}, Index{10},
                          Index{1000003}, most_items, most_items + 1, highest})
      for (const Index k : {lowest, Index{-1}, Index{0}, Index{1}, Index{2}, Index{10}, n / 2,
                            n == lowest ? 0 : n - 1, n, highest}) {
        const std::string words = n < 2            ? "items have no neighbours"
                                  : n > most_items ? "more than a graph can index"
                                                   : expected_for(k, n);
        if (words.empty() && k > one.longest) continue;
        expect(words, one.name + (" of n = " + std::to_string(n) + ", k = " + std::to_string(k)),
               [&] { return one.call(n, k); });
      }
}

TEST_CASE("bad input: ranges, rows, items and samples") {
  const auto graph = nngs::build_graph(reference::normal_matrix(1, 9, 2), 3);
  const MatrixXd x = reference::normal_matrix(1, 9, 2);
  const auto numbers = {lowest, Index{-1}, Index{0}, Index{4}, Index{8}, Index{9}, Index{10}, highest};
  for (const Index first : numbers) {
    for (const Index last : numbers) {
      const std::string range =
          "items [" + std::to_string(first) + ", " + std::to_string(last) + ") are not in [0, 9)";
      const std::string words = first >= 0 && first <= last && last <= 9 ? right : range;
      expect(words, "shared_neighbors", [&] {
        return unless_near(double(nngs::shared_neighbors(graph, graph, {first, last}, 3).size()),
                           double(last) - double(first));
      });
      expect(words, "tally", [&] {
        return unless_near(double(nngs::tally(graph, graph, {first, last}, 3).items()),
                           double(last) - double(first));
      });
      expect(words, "tally_curve", [&] {
        return unless_near(double(nngs::tally_curve(graph, graph, {first, last})[2].items()),
                           double(last) - double(first));
      });
    }
    const std::string name = std::to_string(first);
    const bool inside = first >= 0 && first < 9;
    expect(inside ? right : "item " + name + " is not in [0, 9)", "compare_neighbors", [&] {
      return unless_near(double(nngs::compare_neighbors(graph, graph, first, 3).kept.size()), 3);
    });
    expect(inside ? right : "row " + name + " is not in [0, 9)", "tally_curve of rows", [&] {
      return unless_near(nngs::tally_curve(x, x, std::vector<Index>{first}, 3)[2].mean_jaccard(), 1);
    });
    expect(first >= 0 && first <= 9 ? right : "a sample of " + name + " rows is not in [0, n]", "sample_rows",
           [&] { return unless_near(double(nngs::sample_rows(9, first, 7).size()), double(first)); });
    expect(first >= 2 && first <= 9 ? right : "a sample of " + name + " of 9 items has no standard error",
           "sample_similarity",
           [&] { return unless_near(nngs::sample_similarity(x, x, 3, {.rows = first}).jaccard.value, 1); });
    expect(first >= 1 ? right : "a tally at k = " + name, "overlap_tally",
           [&] { return unless_near(double(nngs::overlap_tally(first).items()), 0); });
  }
  expect("row 4 is given twice", "tally_curve of rows", [&] {
    return unless_near(nngs::tally_curve(x, x, std::vector<Index>{4, 2, 4}, 3)[2].mean_jaccard(), 1);
  });
  expect("items has no standard error", "estimate_score_curve", [&] {
    return unless_within(0, double(nngs::estimate_score_curve({nngs::overlap_tally(3)}, 9).size()), 9);
  });
  expect("tallies at k = 3 and k = 4 do not add up", "+=", [&] {
    nngs::overlap_tally three(3);
    three += nngs::overlap_tally(4);
    return right;
  });
}

static std::string fewest_digits(double number) {
  char digits[32];
  return {digits, std::to_chars(digits, digits + sizeof digits, number).ptr};
}

TEST_CASE("bad input: parameters") {
  const MatrixXd x = reference::normal_matrix(1, 9, 2), y = reference::normal_matrix(2, 9, 2);
  const double tiny = std::numeric_limits<double>::denorm_min(), most = std::numeric_limits<double>::max();
  for (const double number :
       {not_a_number, infinity, -infinity, -1.0, -0.0, 0.0, tiny, 0.5, 1.0, 2.0, 1e300, most}) {
    INFO("parameter " << number);
    const bool positive = number > 0 && number < infinity, zero = number == 0;
    expect(number >= 1 && number < infinity
               ? right
               : "p = " + fewest_digits(number) + " is not in [1, infinity); for p = infinity use chebyshev",
           "minkowski", [&] { return unless_near(nngs::minkowski{number}.p(), number, 0); });
    expect(positive ? right : "an RBF fraction of", "rbf::fraction",
           [&] { return unless_within(0, nngs::cka(x, y, nngs::rbf{.fraction = number}).biased.value, 1); });
    expect(positive || zero ? right : "an RBF bandwidth of", "rbf::bandwidth",
           [&] { return unless_within(0, nngs::cka(x, y, nngs::rbf{.bandwidth = number}).biased.value, 1); });
    expect(number > 0 && number < 1 ? right : "is not in (0, 1)", "sample::confidence", [&] {
      const auto score = nngs::sample_similarity(x, y, 3, {.rows = 5, .confidence = number}).jaccard;
      return unless_within(0, score.lower, score.value) + unless_within(score.value, score.upper, 1);
    });
    expect(number >= 0 && number <= 1 ? right : "a probability is in [0, 1]", "benjamini_hochberg", [&] {
      return unless_within(number, nngs::benjamini_hochberg(std::vector<double>{0.2, number})[1], 1);
    });
  }
  const auto graph_x = nngs::build_graph(x, 3), graph_y = nngs::build_graph(y, 3);
  for (const Index count : {lowest, Index{-1}, Index{0}, Index{1}, Index{99}, most_items + 1, highest})
    expect(count >= 1 && count <= 99 ? right : "a test of " + std::to_string(count) + " permutations",
           "count", [&] {
             return unless_within(1 / (double(count) + 1),
                                  nngs::permutation_test(graph_x, graph_y, {.count = count}).jaccard.p, 1);
           });
  using labels = std::vector<Index>;
  const std::vector<std::tuple<const char*, labels, std::string>> groups = {
      {"no groups", {}, right},
      {"one group", labels(9, 7), right},
      {"two groups, any labels",
       {lowest, highest, lowest, highest, lowest, highest, lowest, highest, -1},
       right},
      {"a label too few", labels(8, 7), "8 group labels for 9 items"},
      {"a label too many", labels(10, 7), "10 group labels for 9 items"},
      {"nothing to permute", {1, 2, 3, 4, 5, 6, 7, 8, 9}, "is a group of its own"},
  };
  for (const auto& [name, given, words] : groups)
    expect(words, name, [&, &labels_given = given] {
      return unless_within(
          0, nngs::permutation_test(graph_x, graph_y, {.count = 9, .groups = labels_given}).jaccard.p, 1);
    });
  const std::vector<nngs::judged_score> none,
      last = nngs::judge_curve(nngs::similarity_curve(x.topRows(2), y.topRows(2)), 2);
  for (const auto& [name, curve] : {std::pair("no scores", none), std::pair("k = n - 1 alone", last)}) {
    expect("has none at a k below n - 1", name, [&tested = curve] {
      return unless_within(0, nngs::log_area(tested, &nngs::judged_score::adjusted), 1);
    });
    expect("has none at a k below n - 1", name, [&tested = curve] {
      return unless_within(1, double(nngs::peak(tested, &nngs::judged_score::adjusted)), 1);
    });
  }
}

namespace {

template <class Integer>
void check_lists(const char* type) {
  using matrix = Eigen::Matrix<Integer, Eigen::Dynamic, Eigen::Dynamic>;
  const Integer greatest = std::numeric_limits<Integer>::max(), least = std::numeric_limits<Integer>::min();
  matrix good(4, 2);
  good << 1, 2, 0, 3, 3, 1, 2, 0;
  const auto with = [&](Integer number) {
    matrix lists = good;
    lists(2, 1) = number;
    return lists;
  };
  const std::string outside = "the neighbour list of item 2 names item ";
  const std::vector<std::tuple<const char*, matrix, std::string>> table = {
      {"good lists", good, right},
      {"item n", with(4), outside + "4, which is not in [0, 4)"},
      {"the largest number", with(greatest), outside + std::to_string(greatest)},
      {"the smallest number", with(least), least < 0 ? outside + std::to_string(least) : right},
      {"itself", with(2), outside.substr(0, outside.size() - 5) + "the item itself"},
      {"twice", with(3), outside + "3 twice"},
      {"no columns", matrix(4, 0), k_error(0, 4)},
      {"n columns", matrix::Ones(4, 4), k_error(4, 4)},
      {"no rows", matrix(0, 2), "0 items have no neighbours"},
      {"one row", matrix::Zero(1, 1), "1 items have no neighbours"},
  };
  for (const auto& [name, lists, words] : table) {
    const std::string what = std::string(name) + " of " + type;
    expect(words, what,
           [&given = lists] { return unless_within(2, double(nngs::neighbor_graph(given).depth()), 2); });
    expect(words, what + ", transposed", [&given = lists] {
      const matrix turned = given.transpose();
      return unless_within(2, double(nngs::neighbor_graph(turned.transpose()).depth()), 2);
    });
  }
}

}  // namespace

TEST_CASE("bad input: lists found elsewhere, of every integer type") {
  check_lists<std::int8_t>("int8");
  check_lists<std::int16_t>("int16");
  check_lists<std::int32_t>("int32");
  check_lists<std::int64_t>("int64");
  check_lists<std::uint8_t>("uint8");
  check_lists<std::uint16_t>("uint16");
  check_lists<std::uint32_t>("uint32");
  check_lists<std::uint64_t>("uint64");
}
