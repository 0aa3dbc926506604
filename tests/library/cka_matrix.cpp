// SPDX-License-Identifier: MIT
// Linear CKA of many matrices: every entry is that of the pair alone, whatever the shapes.
#include <limits>
#include <nngs/nngs.hpp>
#include <string>
#include <vector>

#include "../catch.hpp"
#include "reference.hpp"

using Eigen::Index;
using Eigen::MatrixXd;
using nngs::linear_cka_matrix;
using nngs::linear_space;
using reference::normal_matrix;

namespace {

/// Matrices that have something in common, and a common offset.
std::vector<MatrixXd> matrices(Index n, const std::vector<Index>& dimensions) {
  std::vector<MatrixXd> all;
  for (const Index d : dimensions) {
    const auto seed = static_cast<std::uint64_t>(all.size() + 1);
    all.push_back(
        MatrixXd(normal_matrix(77, n, 1) * normal_matrix(100 + seed, 1, d) + normal_matrix(seed, n, d))
            .array() +
        50);
  }
  return all;
}

std::vector<linear_space> spaces_of(const std::vector<MatrixXd>& all) { return {all.begin(), all.end()}; }

}  // namespace

TEST_CASE("every entry of a matrix of linear CKA is that of the pair alone") {
  const Index n = GENERATE(2, 30, 230);
  // Narrow, wide and both: columns, products of items, and the one brought into the form of the other.
  const auto dimensions = GENERATE(std::vector<Index>{1, 3, 9, 15}, std::vector<Index>{200, 300},
                                   std::vector<Index>{5, 300, 1, 40, 100});
  const std::vector<MatrixXd> all = matrices(n, dimensions);
  const auto count = static_cast<Index>(all.size());
  const MatrixXd cka = linear_cka_matrix(spaces_of(all));
  REQUIRE(cka.rows() == count);
  CHECK(cka == cka.transpose());
  CHECK(cka.diagonal() == Eigen::VectorXd::Ones(count));
  for (Index row = 0; row < count; ++row)
    for (Index column = 0; column < row; ++column) {
      CAPTURE(n, dimensions, row, column);
      CHECK_THAT(cka(row, column), WithinAbs(nngs::linear_cka(all[static_cast<std::size_t>(row)],
                                                              all[static_cast<std::size_t>(column)]),
                                             1e-12));
    }
  const std::vector<linear_space> spaces = spaces_of(all);
  const std::span<const linear_space> rows = std::span(spaces).first(1),
                                      columns = std::span(spaces).subspan(1);
  const MatrixXd block = linear_cka_matrix(rows, columns);
  REQUIRE(block.cols() == count - 1);
  CHECK((block - cka.block(0, 1, 1, count - 1)).cwiseAbs().maxCoeff() < 1e-13);
}

TEST_CASE("a matrix of linear CKA has the same bits for any executor") {
  const auto dimensions = GENERATE(std::vector<Index>{30, 100, 90}, std::vector<Index>{10, 300, 250});
  const std::vector<linear_space> spaces = spaces_of(matrices(400, dimensions));
  const MatrixXd expected = linear_cka_matrix(spaces, nngs::serial{});
  CHECK(linear_cka_matrix(spaces) == expected);
  CHECK(linear_cka_matrix(spaces, nngs::threads{3}) == expected);
  CHECK(linear_cka_matrix(spaces, reference::backwards{}) == expected);
}

TEST_CASE("a space without variance has no CKA, and others are not harmed") {
  std::vector<MatrixXd> all = matrices(20, {3, 30});
  all.push_back(MatrixXd::Constant(20, 4, 7));
  const std::vector<linear_space> spaces = spaces_of(all);
  CHECK(spaces[0].has_variance());
  CHECK(!spaces[2].has_variance());
  const MatrixXd cka = linear_cka_matrix(spaces);
  CHECK(cka.row(2) == Eigen::RowVectorXd::Zero(3));
  CHECK_THAT(cka(0, 1), WithinAbs(nngs::linear_cka(all[0], all[1]), 1e-12));
  CHECK(linear_cka_matrix(std::vector<linear_space>(2, spaces[2])) == MatrixXd::Zero(2, 2));
}

TEST_CASE("a matrix of linear CKA needs the same items in all spaces") {
  std::vector<linear_space> spaces = spaces_of(matrices(20, {3, 4}));
  spaces.emplace_back(normal_matrix(1, 21, 3));
  const std::string message = reference::complaint([&] { linear_cka_matrix(spaces); });
  CAPTURE(message);
  CHECK(message.find("matrix 2 (counted from 0) has 21 rows, the first 20") != std::string::npos);
  MatrixXd broken = normal_matrix(1, 5, 2);
  broken(3, 1) = std::numeric_limits<double>::quiet_NaN();
  CHECK(reference::complaint([&] { linear_space{broken}; }).find("row 3, column 1") != std::string::npos);
}
