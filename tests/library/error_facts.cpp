// SPDX-License-Identifier: MIT
// Errors carry their facts: which matrix, row and column is to blame.
#include <limits>
#include <nngs/nngs.hpp>
#include <optional>
#include <string>

#include "../catch.hpp"
#include "reference.hpp"

using Eigen::Index;
using Eigen::MatrixXd;
using nngs::build_graph;

static const double not_a_number = std::numeric_limits<double>::quiet_NaN();

/// The error that an action throws.
template <class Action>
static nngs::input_error error_of(const Action& action) {
  try {
    action();
  } catch (const nngs::input_error& error) {
    return error;
  }
  return nngs::input_error("no error");
}

TEST_CASE("an error carries the matrix, the row and the column, and its sentence without the matrix") {
  const MatrixXd good = reference::normal_matrix(1, 12, 3);
  MatrixXd x = good, zero = good;
  x(7, 2) = not_a_number;
  zero.row(5).setZero();

  const auto in_one = error_of([&] { build_graph(x, 2); });
  CHECK(in_one.matrix().empty());
  CHECK(in_one.position() == nngs::data_position{.row = 7, .column = 2});
  CHECK(in_one.complaint() == in_one.what());

  const auto facts = [](const nngs::input_error& error, const std::string& matrix, Index row) {
    CHECK(error.matrix() == matrix);
    CHECK(error.row() == row);
    CHECK(error.what() == matrix + ": " + std::string(error.complaint()));
    return error.column();
  };
  CHECK(facts(error_of([&] { nngs::similarity(x, good, 2); }), "x", 7) == 2);
  CHECK(facts(error_of([&] { nngs::similarity_curve(good, x); }), "y", 7) == 2);
  CHECK(facts(error_of([&] { nngs::linear_cka(good, x); }), "y", 7) == 2);
  CHECK(facts(error_of([&] { nngs::sample_similarity(x, good, 2, {.rows = 5}); }), "x", 7) == 2);
  CHECK(facts(error_of([&] { nngs::similarity(good, zero, 2, nngs::cosine{}); }), "y", 5) == std::nullopt);
  CHECK(facts(error_of([&] { nngs::similarity_curve(zero, good, nngs::cosine{}); }), "x", 5) == std::nullopt);

  const auto of_both = error_of([&] { nngs::similarity(good, good.topRows(5), 2); });
  CHECK(of_both.matrix().empty());
  CHECK(of_both.position() == nngs::data_position{});
  const auto of_a_builder = error_of([&] {
    nngs::similarity(good, good, 2, nngs::exact{},
                     [](const auto&, Index, const auto&) -> nngs::neighbor_graph {
                       throw std::invalid_argument("my own");
                     });
  });
  CHECK(of_a_builder.matrix() == "y");
  CHECK(of_a_builder.complaint() == "my own");
}
