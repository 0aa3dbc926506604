// SPDX-License-Identifier: MIT
// The paper's experiments draw as numpy's RandomState does: its documented numbers come out.
#include "../../examples/paper/numpy_random.hpp"

#include <algorithm>
#include <nngs/nngs.hpp>
#include <vector>

#include "../catch.hpp"

namespace {

using paper::numpy_random;

}  // namespace

TEST_CASE("uniform numbers are those of RandomState(seed).random_sample()") {
  numpy_random zero(0), forty_two(42);
  for (const double expected : {0.5488135, 0.71518937, 0.60276338, 0.54488318})
    CHECK_THAT(zero.uniform(), WithinAbs(expected, 5e-9));
  for (const double expected : {0.37454012, 0.95071431, 0.73199394, 0.59865848})
    CHECK_THAT(forty_two.uniform(), WithinAbs(expected, 5e-9));
}

TEST_CASE("normal numbers are those of RandomState(seed).randn(), row by row") {
  const auto zero = numpy_random(0).normals(2, 3);
  const std::vector<double> expected{1.76405235, 0.40015721, 0.97873798, 2.2408932, 1.86755799, -0.97727788};
  for (Eigen::Index i = 0; i < 6; ++i)
    CHECK_THAT(zero(i / 3, i % 3), WithinAbs(expected[static_cast<std::size_t>(i)], 5e-9));
}

TEST_CASE("the second normal of a pair is kept for the next call") {
  numpy_random at_once(7), in_turns(7);
  const auto all = at_once.normals(1, 5);
  const auto first = in_turns.normals(1, 3), second = in_turns.normals(1, 2);
  CHECK(all.leftCols(3) == first);
  CHECK(all.rightCols(2) == second);
}

TEST_CASE("permutations are those of RandomState(seed).permutation(10)") {
  CHECK(numpy_random(42).permutation(10) == std::vector<Eigen::Index>{8, 1, 5, 0, 7, 2, 9, 4, 3, 6});
  CHECK(numpy_random(0).permutation(10) == std::vector<Eigen::Index>{2, 8, 4, 9, 1, 6, 7, 3, 0, 5});
}

TEST_CASE("a permutation holds everything once, whatever its length") {
  numpy_random random(3);
  for (const Eigen::Index count : {0, 1, 2, 3, 64, 65, 1000}) {
    auto order = random.permutation(count);
    std::sort(order.begin(), order.end());
    for (Eigen::Index i = 0; i < count; ++i) CHECK(order[static_cast<std::size_t>(i)] == i);
  }
}
