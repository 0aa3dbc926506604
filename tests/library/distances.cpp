// SPDX-License-Identifier: MIT
// distance(a, b, metric) gives what people read.
#include <nngs/nngs.hpp>

#include "../catch.hpp"

TEST_CASE("distances are in the units of the data") {
  const Eigen::RowVector2d a(0, 0);
  const Eigen::RowVector2f b(3, 4);
  CHECK(nngs::distance(a, b) == 5);
  CHECK(nngs::distance(a, b, nngs::manhattan{}) == 7);
  CHECK(nngs::distance(a, b, nngs::chebyshev{}) == 4);
  CHECK_THAT(nngs::distance(a, b, nngs::minkowski{3}), WithinAbs(4.497941445275415, 1e-14));
}

TEST_CASE("cosine and correlation distances are 1 - r, inner products are negated") {
  const Eigen::Vector3d a(1, 2, 3);
  const Eigen::Vector3d b(3, 2, 1);
  CHECK_THAT(nngs::distance(a, b, nngs::cosine{}), WithinAbs(1 - 10.0 / 14, 1e-15));
  CHECK_THAT(nngs::distance(a, b, nngs::correlation{}), WithinAbs(2, 1e-15));
  CHECK(nngs::distance(a, b, nngs::inner_product{}) == -10);
}

TEST_CASE("points without a distance are refused") {
  const Eigen::Vector3d a(1, 2, 3);
  CHECK_THROWS_AS(nngs::distance(a, Eigen::Vector2d(1, 2)), std::invalid_argument);
  CHECK_THROWS_AS(nngs::distance(a, Eigen::Vector3d::Zero(), nngs::cosine{}), std::invalid_argument);
}
