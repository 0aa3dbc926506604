// SPDX-License-Identifier: MIT
#include <algorithm>
#include <limits>
#include <nngs/nngs.hpp>
#include <string>
#include <vector>

#include "../catch.hpp"
#include "random_graph.hpp"
#include "reference.hpp"

using Eigen::Index;
using reference::complaint;
using reference::random_graph;

TEST_CASE("each item is tested by what its two lists share") {
  const auto x = nngs::build_graph(reference::normal_matrix(1, 90, 4), 12);
  const auto y =
      nngs::build_graph(reference::normal_matrix(1, 90, 4) + reference::normal_matrix(2, 90, 4), 9);
  const auto shared = nngs::shared_neighbors(x, y, 9, 0, 90);
  const Eigen::VectorXd jaccards = nngs::item_similarity(x, y, 9);
  const auto tail = nngs::overlap_tail(90, 9);
  std::vector<double> p;
  for (const auto& item : nngs::test_items(x, y, 9)) {
    const std::size_t at = p.size();
    CHECK(item.shared == shared[at]);
    CHECK(item.jaccard == jaccards[static_cast<Index>(at)]);
    CHECK(item.p == tail[static_cast<std::size_t>(item.shared)]);
    p.push_back(item.p);
  }
  const auto adjusted = nngs::benjamini_hochberg(p);
  for (std::size_t at = 0; at < p.size(); ++at)
    CHECK(nngs::test_items(x, y, 9)[at].adjusted_p == adjusted[at]);
}

TEST_CASE("the tail of the overlap is by hand what it is") {
  // n = 5, k = 2: of 4 others 2 are marked and 2 drawn; none with probability 1 / 6, both with 1 / 6.
  const auto tail = nngs::overlap_tail(5, 2);
  REQUIRE(tail.size() == 3);
  CHECK(tail[0] == 1);
  CHECK_THAT(tail[1], WithinAbs(5.0 / 6, 1e-15));
  CHECK_THAT(tail[2], WithinAbs(1.0 / 6, 1e-15));
  // At k = n - 1 all are shared; at k > (n - 1) / 2 some are.
  CHECK((nngs::overlap_tail(4, 3) == std::vector<double>{1, 1, 1, 1}));
  CHECK(nngs::overlap_tail(10, 7)[5] == 1);
  CHECK(nngs::overlap_tail(10, 7)[6] < 1);
  CHECK(nngs::overlap_tail(10000, 5000)[5000] == 0);  // below the smallest double
}

TEST_CASE("adjusted p-values are the smallest rates at which an item is still found") {
  const std::vector<double> p{0.01, 0.8, 0.03, 0.02, 0.02, 1, 0.0, 0.5};
  const auto adjusted = nngs::benjamini_hochberg(p);
  for (std::size_t i = 0; i < p.size(); ++i) {
    double smallest = 1;
    for (const double limit : p) {
      if (limit < p[i]) continue;
      const auto found = std::count_if(p.begin(), p.end(), [&](double one) { return one <= limit; });
      smallest = std::min(smallest, limit * static_cast<double>(p.size()) / static_cast<double>(found));
    }
    CHECK_THAT(adjusted[i], WithinAbs(smallest, 1e-15));
  }
  CHECK(nngs::benjamini_hochberg({}).empty());
  const std::vector<double> wrong{0.5, std::numeric_limits<double>::quiet_NaN()}, high{1.5};
  CHECK(complaint([&] { nngs::benjamini_hochberg(wrong); }).find("p-value 1 ") == 0);
  CHECK(complaint([&] { nngs::benjamini_hochberg(high); }).find("p-value 0 (counted from 0) is 1.5") == 0);
}

TEST_CASE("kept, lost and gained neighbours are those of the lists, in their order") {
  Eigen::MatrixXi x(6, 4), y(6, 4);
  for (int item = 0; item < 6; ++item)
    for (int rank = 0; rank < 4; ++rank) {
      x(item, rank) = (item + 1 + rank) % 6;
      y(item, rank) = (item + 5 - rank) % 6;
    }
  const nngs::neighbor_graph gx(x), gy(y);
  const auto changes = nngs::compare_neighbors(gx, gy, 0, 3);  // 1 2 3 and 5 4 3
  CHECK((changes == nngs::neighbor_changes{{3}, {1, 2}, {5, 4}}));
  CHECK((nngs::compare_neighbors(gx, gx, 2, 4) == nngs::neighbor_changes{{3, 4, 5, 0}, {}, {}}));
  for (Index item = 0; item < 6; ++item) {
    const auto all = nngs::compare_neighbors(gx, gy, item, 4);
    CHECK(static_cast<Index>(all.kept.size()) == nngs::shared_neighbors(gx, gy, 4, item, item + 1)[0]);
    CHECK(all.kept.size() + all.lost.size() == 4);
    CHECK(all.kept.size() + all.gained.size() == 4);
  }
  CHECK(complaint([&] { nngs::compare_neighbors(gx, gy, 6, 3); }).find("item 6 is not in [0, 6)") == 0);
  CHECK(complaint([&] { nngs::compare_neighbors(gx, gy, -1, 3); }).find("item -1") == 0);
  CHECK(complaint([&] { nngs::compare_neighbors(gx, gy, 0, 5); }).find("k = 5") == 0);
  CHECK(complaint([&] { nngs::test_items(gx, gy, 0); }).find("k = 0") == 0);
}
