// SPDX-License-Identifier: MIT
#include <limits>
#include <nngs/nngs.hpp>
#include <string>
#include <vector>

#include "../catch.hpp"
#include "reference.hpp"

using Eigen::Index;
using Eigen::MatrixXd;
using nngs::build_graph;
using reference::complaint;

static const double not_a_number = std::numeric_limits<double>::quiet_NaN();
static const double infinity = std::numeric_limits<double>::infinity();

/// Whether the message holds all the parts; if not, the message, for the report.
static std::string without(const std::string& message, const std::vector<std::string>& parts) {
  for (const std::string& part : parts)
    if (message.find(part) == std::string::npos) return "no '" + part + "' in: " + message;
  return "";
}
static bool starts_with(const std::string& message, const std::string& start) {
  return message.rfind(start, 0) == 0;
}

TEST_CASE("a k that no neighbourhood has is refused with k and n") {
  const MatrixXd x = reference::normal_matrix(1, 7, 2);
  const Index k = GENERATE(Index{0}, Index{-1}, Index{7}, Index{8}, std::numeric_limits<Index>::max(),
                           std::numeric_limits<Index>::min());
  const std::vector<std::string> parts{"k = " + std::to_string(k) + " ", "n = 7", "[1, 6]"};
  CHECK(without(complaint([&] { build_graph(x, k); }), parts) == "");
  CHECK(without(complaint([&] { build_graph(x, k, nngs::kd_tree{}); }), parts) == "");
  CHECK(without(complaint([&] { nngs::similarity(x, x, k); }), parts) == "");
  CHECK(without(complaint([&] { nngs::overlap(x, x, k); }), parts) == "");
}

TEST_CASE("a k deeper than a graph is refused with k and both depths") {
  const MatrixXd x = reference::normal_matrix(1, 9, 2);
  const auto deep = build_graph(x, 6);
  const auto flat = build_graph(x, 4);
  const Index k = GENERATE(Index{0}, Index{-1}, Index{5}, Index{7}, std::numeric_limits<Index>::max());
  const std::vector<std::string> parts{"k = " + std::to_string(k) + " ", "6", "4"};
  CHECK(without(complaint([&] { nngs::compare(deep, flat, k); }), parts) == "");
  CHECK(without(complaint([&] { nngs::compare(flat, deep, k); }), parts) == "");
  CHECK(without(complaint([&] { nngs::similarity(deep, flat, k); }), parts) == "");
  CHECK(without(complaint([&] { nngs::overlap(deep, flat, k); }), parts) == "");
  CHECK(without(complaint([&] { nngs::item_similarity(deep, flat, k); }), parts) == "");
  CHECK(without(complaint([&] { nngs::shared_neighbors(deep, flat, k, 0, 9); }), parts) == "");
  CHECK(without(complaint([&] { nngs::tally_overlap(deep, flat, k, 0, 9); }), parts) == "");
  CHECK(without(complaint([&] { flat.tied_items(k); }), {"k = " + std::to_string(k) + " ", "[1, 4]"}) == "");
}

TEST_CASE("graphs of different numbers of items are refused with both numbers") {
  const auto x = build_graph(reference::normal_matrix(1, 9, 2), 3);
  const auto y = build_graph(reference::normal_matrix(1, 11, 2), 3);
  const std::vector<std::string> parts{"9", "11"};
  CHECK(without(complaint([&] { nngs::compare(x, y, 3); }), parts) == "");
  CHECK(without(complaint([&] { nngs::similarity(x, y, 3); }), parts) == "");
  CHECK(without(complaint([&] { nngs::similarity_curve(x, y); }), parts) == "");
  CHECK(without(complaint([&] { nngs::item_similarity(x, y, 3); }), parts) == "");
  CHECK(without(complaint([&] { nngs::shared_neighbors(x, y, 3, 0, 1); }), parts) == "");
  CHECK(without(complaint([&] { nngs::tally_overlap(x, y, 3, 0, 1); }), parts) == "");
  CHECK(without(complaint([&] { nngs::tally_overlaps(x, y, 0, 1); }), parts) == "");
}

TEST_CASE("items outside the graph are refused with the range") {
  const auto x = build_graph(reference::normal_matrix(1, 9, 2), 3);
  for (const auto& range : {std::pair<Index, Index>{-1, 3}, {0, 10}, {5, 4}, {10, 10}}) {
    const Index first = range.first, last = range.second;
    const std::vector<std::string> parts{"[" + std::to_string(first) + ", " + std::to_string(last) + ")",
                                         "[0, 9)"};
    CHECK(without(complaint([&] { nngs::tally_overlap(x, x, 3, first, last); }), parts) == "");
    CHECK(without(complaint([&] { nngs::tally_overlaps(x, x, first, last); }), parts) == "");
    CHECK(without(complaint([&] { nngs::shared_neighbors(x, x, 3, first, last); }), parts) == "");
  }
}

TEST_CASE("matrices of different numbers of rows are refused with both shapes") {
  const MatrixXd x = reference::normal_matrix(1, 9, 2), y = reference::normal_matrix(1, 11, 3);
  const std::vector<std::string> parts{"9 x 2", "11 x 3"};
  CHECK(without(complaint([&] { nngs::similarity(x, y, 3); }), parts) == "");
  CHECK(without(complaint([&] { nngs::overlap(x, y, 3); }), parts) == "");
  CHECK(without(complaint([&] { nngs::similarity_curve(x, y); }), parts) == "");
  CHECK(without(complaint([&] { nngs::linear_cka(x, y); }), parts) == "");
}

TEST_CASE("too few rows and no columns are refused with the shape") {
  const std::pair<Index, Index> pair = GENERATE(std::pair<Index, Index>{0, 0}, std::pair<Index, Index>{0, 3},
                                                std::pair<Index, Index>{1, 3}, std::pair<Index, Index>{5, 0});
  const Index rows = pair.first, columns = pair.second;
  const MatrixXd x = MatrixXd::Ones(rows, columns);
  const std::vector<std::string> parts{std::to_string(rows) + " x " + std::to_string(columns)};
  CHECK(without(complaint([&] { build_graph(x, 1); }), parts) == "");
  CHECK(without(complaint([&] { nngs::similarity(x, x, 1); }), parts) == "");
  CHECK(without(complaint([&] { nngs::similarity_curve(x, x); }), parts) == "");
  CHECK(without(complaint([&] { nngs::linear_cka(x, x); }), parts) == "");
}

TEST_CASE("a coordinate that is not finite is refused with matrix, row and column") {
  for (const double bad : {not_a_number, infinity, -infinity}) {
    const MatrixXd good = reference::normal_matrix(1, 12, 3);
    MatrixXd x = good;
    INFO("coordinate " << bad);
    x(7, 2) = bad;
    x(9, 0) = bad;
    const std::vector<std::string> parts{"row 7, column 2"};
    CHECK(without(complaint([&] { build_graph(x, 2); }), parts) == "");
    CHECK(without(complaint([&] { build_graph(x, 2, nngs::kd_tree{}); }), parts) == "");
    CHECK(without(complaint([&] { build_graph(x, 2, nngs::cosine{}); }), parts) == "");
    CHECK(without(complaint([&] { build_graph(x.cast<float>(), 2); }), parts) == "");
    const auto in_x = {
        complaint([&] { nngs::similarity(x, good, 2); }), complaint([&] { nngs::overlap(x, good, 2); }),
        complaint([&] { nngs::similarity_curve(x, good); }), complaint([&] { nngs::linear_cka(x, good); })};
    for (const std::string& message : in_x) {
      CHECK(without(message, parts) == "");
      CHECK(starts_with(message, "x: "));
    }
    const auto in_y = {
        complaint([&] { nngs::similarity(good, x, 2); }), complaint([&] { nngs::overlap(good, x, 2); }),
        complaint([&] { nngs::similarity_curve(good, x); }), complaint([&] { nngs::linear_cka(good, x); })};
    for (const std::string& message : in_y) {
      CHECK(without(message, parts) == "");
      CHECK(starts_with(message, "y: "));
    }
  }
}

TEST_CASE("a zero row has no cosine: refused with the row") {
  const MatrixXd good = reference::normal_matrix(1, 12, 3);
  MatrixXd x = good;
  x.row(5).setZero();
  x(5, 1) = -0.0;
  const std::vector<std::string> parts{"row 5 ", "zero", "cosine"};
  CHECK(without(complaint([&] { build_graph(x, 2, nngs::cosine{}); }), parts) == "");
  CHECK(without(complaint([&] { build_graph(x, 2, nngs::kd_tree{nngs::cosine{}}); }), parts) == "");
  CHECK(starts_with(complaint([&] { nngs::similarity(good, x, 2, nngs::cosine{}); }), "y: row 5 "));
  CHECK(starts_with(complaint([&] { nngs::similarity_curve(x, good, nngs::cosine{}); }), "x: row 5 "));
}

TEST_CASE("a constant row has no correlation, whatever rounding does to its mean") {
  const double constant = GENERATE(0.0, 0.1, -1e-5, 1.0 / 3, 1e17);
  const MatrixXd good = reference::normal_matrix(1, 12, 10);
  MatrixXd x = good;
  x.row(5).setConstant(constant);
  const std::vector<std::string> parts{"row 5 ", "constant", "correlation"};
  CHECK(without(complaint([&] { build_graph(x, 2, nngs::correlation{}); }), parts) == "");
  CHECK(without(complaint([&] { build_graph(x, 2, nngs::kd_tree{nngs::correlation{}}); }), parts) == "");
  CHECK(without(complaint([&] { build_graph(x.cast<float>(), 2, nngs::correlation{}); }), parts) == "");
  CHECK(starts_with(complaint([&] { nngs::similarity_curve(good, x, nngs::correlation{}); }), "y: row 5 "));
}

TEST_CASE("coordinates whose keys overflow are refused, with the power of two that helps") {
  const MatrixXd x = reference::normal_matrix(1, 12, 3) * 1e200;
  const auto message = complaint([&] { build_graph(x, 2); });
  CHECK(without(message, {"overflow", "rescale the matrix (by 2^-66"}) == "");
  CHECK(without(complaint([&] { build_graph(x, 2, nngs::kd_tree{}); }), {"overflow"}) == "");
  CHECK(without(complaint([&] { build_graph(x, 2, nngs::inner_product{}); }), {"overflow"}) == "");
  CHECK(starts_with(complaint([&] { nngs::similarity_curve(x / 1e200, x); }), "y: "));
  CHECK_NOTHROW(build_graph(x, 2, nngs::manhattan{}));
  CHECK_NOTHROW(build_graph(x, 2, nngs::cosine{}));
  CHECK_NOTHROW(build_graph(x, 2, nngs::correlation{}));
}

TEST_CASE("coordinates whose keys all vanish are refused, with the power of two that helps") {
  const MatrixXd x = reference::normal_matrix(1, 12, 3) * 1e-300;
  CHECK(without(complaint([&] { build_graph(x, 2); }), {"vanish", "rescale the matrix (by 2^99"}) == "");
  CHECK(without(complaint([&] { build_graph(x, 2, nngs::kd_tree{}); }), {"vanish"}) == "");
  CHECK(starts_with(complaint([&] { nngs::similarity(x, x * 1e300, 2); }), "x: "));
  CHECK_NOTHROW(build_graph(x, 2, nngs::manhattan{}));
  CHECK_NOTHROW(build_graph(x, 2, nngs::cosine{}));
  CHECK_NOTHROW(build_graph(MatrixXd::Zero(12, 3), 2));
}

TEST_CASE("cosine and correlation do not mind numbers below the normal range") {
  const MatrixXd x = reference::lattice(1, 12, 3, 100, 1, 1);
  const MatrixXd tiny = x * std::numeric_limits<double>::denorm_min();
  CHECK(build_graph(tiny, 3, nngs::cosine{}) == build_graph(x, 3, nngs::cosine{}));
  CHECK(build_graph(tiny, 3, nngs::correlation{}) == build_graph(x, 3, nngs::correlation{}));
}

struct not_always_a_number {
  static double key(const nngs::point& x, const nngs::point& y) {
    return x[0] > 0 && y[0] > 0 ? not_a_number : (x - y).norm();
  }
  static double distance(double key) { return key; }
};

struct square_root {
  static double term(double a, double b) { return std::sqrt(a * b); }
  static double distance(double key) { return key; }
};

TEST_CASE("a user's metric that gives NaN is refused") {
  const MatrixXd x = reference::normal_matrix(1, 300, 3);
  CHECK(without(complaint([&] { build_graph(x, 2, not_always_a_number{}); }), {"NaN"}) == "");
  CHECK(without(complaint([&] { nngs::similarity_curve(x, x, not_always_a_number{}); }), {"NaN"}) == "");
  CHECK(without(complaint([&] { build_graph(x, 2, square_root{}); }), {"NaN"}) == "");
}

struct hellinger {
  static double term(double a, double b) { return std::pow(std::sqrt(a) - std::sqrt(b), 2); }
  static double distance(double key) { return std::sqrt(key); }
};

TEST_CASE("a user's metric need not take negative coordinates") {
  const MatrixXd x = reference::normal_matrix(1, 60, 3).cwiseAbs();
  CHECK_NOTHROW(build_graph(x, 2, hellinger{}));
  CHECK_NOTHROW(build_graph(MatrixXd::Zero(60, 3), 2, hellinger{}));
}

template <int Rows, int Columns>
struct wrong_shape {
  template <class Points, class Executor>
  nngs::neighbor_graph operator()(const Points&, Index, const Executor&) const {
    Eigen::Matrix<int, Eigen::Dynamic, Eigen::Dynamic> lists(Rows, Columns);
    for (Index i = 0; i < Rows; ++i)
      for (Index j = 0; j < Columns; ++j) lists(i, j) = static_cast<int>((i + j + 1) % Rows);
    return nngs::neighbor_graph(lists);
  }
};

TEST_CASE("a user's builder that gives another shape is refused with both shapes") {
  const MatrixXd x = reference::normal_matrix(1, 10, 3);
  CHECK(without(complaint([&] { build_graph(x, 3, wrong_shape<9, 3>{}); }), {"9 x 3", "10 x 3"}) == "");
  CHECK(without(complaint([&] { build_graph(x, 3, wrong_shape<10, 4>{}); }), {"10 x 4", "10 x 3"}) == "");
  CHECK(
      starts_with(complaint([&] { nngs::similarity(x, x, 3, nngs::exact{}, wrong_shape<10, 2>{}); }), "y: "));
  CHECK_NOTHROW(build_graph(x, 3, wrong_shape<10, 3>{}));
}

TEST_CASE("a p that makes no norm is refused with p") {
  CHECK(without(complaint([] { nngs::minkowski{0.5}; }), {"0.5", "p = "}) == "");
  CHECK(without(complaint([] { nngs::minkowski{-2}; }), {"-2"}) == "");
  CHECK(without(complaint([] { nngs::minkowski{infinity}; }), {"inf", "chebyshev"}) == "");
  CHECK(without(complaint([] { nngs::minkowski{not_a_number}; }), {"nan"}) == "");
  CHECK(nngs::minkowski{1}.p() == 1);
}

TEST_CASE("CKA of rows that are all equal is refused with the matrix") {
  const MatrixXd x = reference::normal_matrix(1, 10, 3);
  const MatrixXd same = MatrixXd::Constant(10, 4, 0.1);
  CHECK(without(complaint([&] { nngs::linear_cka(same, x); }), {"x: ", "variance"}) == "");
  CHECK(without(complaint([&] { nngs::linear_cka(x, same); }), {"y: ", "variance"}) == "");
  CHECK(without(complaint([&] { nngs::linear_cka(x, same * 0); }), {"y: ", "variance"}) == "");
}
