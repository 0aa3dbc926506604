// SPDX-License-Identifier: MIT
// Errors beyond the tables of bad_input.cpp and bad_input_sizes.cpp: a user's own metric or builder that
// gives what it must not, and messages that depend on the numbers.
#include <nngs/nngs.hpp>
#include <string>
#include <vector>

#include "../catch.hpp"
#include "bad_input.hpp"
#include "reference.hpp"

using bad_input::not_a_number;
using Eigen::Index;
using Eigen::MatrixXd;
using nngs::build_graph;
using reference::complaint;

/// Whether the message holds all the parts; if not, the message, for the report.
static std::string without(const std::string& message, const std::vector<std::string>& parts) {
  for (const std::string& part : parts)
    if (message.find(part) == std::string::npos) return "no '" + part + "' in: " + message;
  return "";
}
static bool starts_with(const std::string& message, const std::string& start) {
  return message.rfind(start, 0) == 0;
}

TEST_CASE("the message about keys that overflow or vanish names the power of two that helps") {
  const MatrixXd x = reference::normal_matrix(1, 12, 3);
  CHECK(without(complaint([&] { build_graph(x * 1e200, 2); }),
                {"overflow", "rescale the matrix (by 2^-66"}) == "");
  CHECK(without(complaint([&] { build_graph(x * 1e-300, 2); }), {"vanish", "rescale the matrix (by 2^99"}) ==
        "");
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
