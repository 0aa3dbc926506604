// SPDX-License-Identifier: MIT
// The clustered order puts together what is alike.
#include "../../examples/nngs/space_order.hpp"

#include <algorithm>
#include <cmath>

#include "../catch.hpp"

using Eigen::Index;
using order = std::vector<Index>;

namespace {

Eigen::MatrixXd distances_of(const std::vector<double>& places) {
  const auto count = static_cast<Index>(places.size());
  Eigen::MatrixXd distances(count, count);
  for (Index i = 0; i < count; ++i)
    for (Index j = 0; j < count; ++j)
      distances(i, j) = std::abs(places[static_cast<std::size_t>(i)] - places[static_cast<std::size_t>(j)]);
  return distances;
}

bool goes_along_the_line(const order& found, const std::vector<double>& places) {
  std::vector<double> visited;
  for (const Index space : found) visited.push_back(places[static_cast<std::size_t>(space)]);
  return std::is_sorted(visited.begin(), visited.end()) || std::is_sorted(visited.rbegin(), visited.rend());
}

}  // namespace

TEST_CASE("spaces on a line are put in its order") {
  for (const std::vector<double>& places :
       {std::vector<double>{5, 1, 4.1, 2, 3.3}, std::vector<double>{10, 0, 11, 1, 12.5, 2.2, 30},
        std::vector<double>{0, 1}, std::vector<double>{7}})
    CHECK(goes_along_the_line(program::clustered_order(distances_of(places)), places));
  CHECK(program::clustered_order(Eigen::MatrixXd(0, 0)).empty());
}

TEST_CASE("clusters are joined by their average distance") {
  // 0 and 1 are a pair. 2 is near 0 alone, 3 is nearer to the pair on average: it joins first, and 2 comes
  // last.
  Eigen::MatrixXd distances(4, 4);
  distances << 0, 1, 2, 3,  //
      1, 0, 9, 3,           //
      2, 9, 0, 8,           //
      3, 3, 8, 0;
  const order found = program::clustered_order(distances);
  CHECK((found.front() == 2 || found.back() == 2));
  CHECK((found[1] != 3 || found.front() != 2));
}
