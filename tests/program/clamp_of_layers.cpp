// SPDX-License-Identifier: MIT
// Layers of one tensor are cut at one limit: that of a matrix which has them side by side.
#include <cmath>
#include <cstddef>
#include <limits>
#include <memory>
#include <string>
#include <vector>

#include "../../examples/nngs/clamp.hpp"
#include "../../examples/nngs/usage_error.hpp"
#include "../catch.hpp"
#include "message_of.hpp"

namespace layers {

using Eigen::Index;

template <class Scalar>
program::matrix_file to_file(const Eigen::Matrix<Scalar, -1, -1>& values) {
  const auto copy = std::make_shared<nngs::row_major<Scalar>>(values);
  return {"x.npy", "float", {}, program::matrix_view<Scalar>(copy->data(), copy->rows(), copy->cols()), copy};
}

/// Entries that are all different in magnitude.
template <class Scalar>
Eigen::Matrix<Scalar, -1, -1> spread_out(Index n, Index d, Index from) {
  Eigen::Matrix<Scalar, -1, -1> values(n, d);
  for (Index i = 0; i < values.size(); ++i) {
    const Index place = from + (i * 37) % values.size();
    values.data()[i] =
        static_cast<Scalar>((place % 2 == 0 ? 1 : -1) * std::sqrt(static_cast<double>(place + 1)));
  }
  return values;
}

TEMPLATE_TEST_CASE("clamp: layers are cut at the limit of all", "[files]", float, double) {
  using matrix = Eigen::Matrix<TestType, -1, -1>;
  const matrix first = spread_out<TestType>(11, 4, 0), second = spread_out<TestType>(11, 7, 100);
  matrix both(11, 11);
  both << first, second;
  for (const std::string text : {"0.9", "0.5", "rows:0.9", "rows:0.5", "rows:0.33"}) {
    CAPTURE(text);
    const program::clamp_choice choice = program::parse_clamp(text);
    const auto whole = program::clamped(to_file(both), choice);
    const auto parts = program::clamped({to_file(first), to_file(second)}, choice);
    REQUIRE(parts.size() == 2);
    CHECK(parts[0].clamp_limit == whole.clamp_limit);
    CHECK(parts[1].clamp_limit == whole.clamp_limit);
    CHECK(program::clamped(to_file(first), choice).clamp_limit != whole.clamp_limit);
    const auto values = [](const program::matrix_file& file) -> matrix {
      return std::get<program::matrix_view<TestType>>(file.values);
    };
    matrix joined(11, 11);
    joined << values(parts[0]), values(parts[1]);
    CHECK(joined == values(whole));
    const auto limit = static_cast<TestType>(*whole.clamp_limit);
    for (Index i = 0; i < both.size(); ++i) {
      const TestType given = both.data()[i], cut = values(whole).data()[i];
      CHECK(cut == (given > limit ? limit : given < -limit ? -limit : given));
    }
  }
}

TEST_CASE("clamp: nothing is cut at 1, and a matrix of nothing stays one", "[files]") {
  const Eigen::MatrixXd values = spread_out<double>(5, 3, 0);
  const auto same = program::clamped(to_file(values), program::parse_clamp("1"));
  CHECK(!same.clamp_limit);
  CHECK(Eigen::MatrixXd(std::get<program::matrix_view<double>>(same.values)) == values);
  const Eigen::MatrixXd nothing(0, 3);
  CHECK(program::rows(program::clamped(to_file(nothing), program::parse_clamp("0.5"))) == 0);
  // So near to 1 that the rank would be that behind the last.
  const auto nearly = program::clamped(to_file(values), program::parse_clamp("0.99999999999999999"));
  CHECK(Eigen::MatrixXd(std::get<program::matrix_view<double>>(nearly.values)) == values);
}

TEST_CASE("clamp: a value in any layer that is not finite is named", "[files]") {
  Eigen::MatrixXf wrong = spread_out<float>(5, 3, 0);
  wrong(4, 1) = std::numeric_limits<float>::quiet_NaN();
  const auto file = to_file(wrong), good = to_file<float>(spread_out<float>(5, 3, 0));
  const std::string message = message_of([&] {
    program::clamped({good, file}, program::parse_clamp("0.9"));
  });
  CHECK(message.find("x.npy: row 4, column 1") == 0);
}

}  // namespace layers
