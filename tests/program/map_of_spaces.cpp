// SPDX-License-Identifier: MIT
// Classical scaling of a similarity matrix gives points whose squared distances are 1 - similarity.
#include "../../examples/nngs/space_map.hpp"

#include <cmath>

#include "../catch.hpp"

using Eigen::Index;
using Eigen::MatrixXd;

TEST_CASE("points of a plane come back from their squared distances") {
  MatrixXd points(5, 2);
  points << 0, 0, 0.5, 0, 0.5, 0.4, -0.1, 0.3, 0.2, -0.3;
  MatrixXd similarities(5, 5);
  for (Index i = 0; i < 5; ++i)
    for (Index j = 0; j < 5; ++j) similarities(i, j) = 1 - (points.row(i) - points.row(j)).squaredNorm();
  const program::space_map map = program::classical_scaling(similarities);
  for (Index i = 0; i < 5; ++i)
    for (Index j = 0; j < 5; ++j)
      CHECK_THAT((map.points.row(i) - map.points.row(j)).squaredNorm(),
                 WithinAbs(1 - similarities(i, j), 1e-12));
  CHECK_THAT(map.shares.sum(), WithinAbs(1, 1e-12));
  CHECK(map.shares[0] > map.shares[1]);
  // The first axis is the one of the largest spread, and points to where its largest coordinate is.
  CHECK(map.points.col(0).squaredNorm() > map.points.col(1).squaredNorm());
  CHECK(map.points.col(0).maxCoeff() == map.points.col(0).cwiseAbs().maxCoeff());
}

TEST_CASE("spaces that are nothing alike, or all the same, have a map too") {
  const program::space_map apart = program::classical_scaling(MatrixXd::Identity(4, 4));
  CHECK_THAT(apart.shares[0], WithinAbs(1.0 / 3, 1e-12));
  const program::space_map same = program::classical_scaling(MatrixXd::Ones(3, 3));
  CHECK(same.points.isZero(1e-7));
  CHECK(!std::isnan(same.shares[0]));
  const program::space_map two = program::classical_scaling((MatrixXd(2, 2) << 1, 0.5, 0.5, 1).finished());
  CHECK_THAT(two.shares[0], WithinAbs(1, 1e-12));
  CHECK_THAT(std::abs(two.points(0, 0) - two.points(1, 0)), WithinAbs(std::sqrt(0.5), 1e-12));
}

TEST_CASE("a map is a line for each space") {
  const std::vector<program::space> spaces{{"a,b.npy", 3, "float32"}, {"c", 3, "float32"}};
  const std::string csv = program::map_to_csv(program::classical_scaling(MatrixXd::Identity(2, 2)), spaces);
  CHECK(csv.starts_with("space,x,y,share_x,share_y\n\"a,b.npy\","));
  CHECK(csv.find("\nc,-0.") != std::string::npos);
}
