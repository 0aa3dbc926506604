// SPDX-License-Identifier: MIT
// What chance gives to an item whose two lists are of different lengths, by going through all pairs of lists.
#include <bit>
#include <nngs/nngs.hpp>
#include <string>
#include <vector>

#include "../catch.hpp"
#include "reference.hpp"

using Eigen::Index;

namespace uneven {

/// The mean Jaccard, and how often so many are shared, over all pairs of subsets of these sizes of n - 1.
struct enumerated {
  double jaccard = 0;
  std::vector<double> tail;
};

enumerated every_pair(Index n, int x, int y) {
  enumerated all;
  all.tail.assign(static_cast<std::size_t>(std::min(x, y)) + 1, 0);
  double pairs = 0;
  for (unsigned a = 0; a < 1U << (n - 1); ++a) {
    if (std::popcount(a) != x) continue;
    for (unsigned b = 0; b < 1U << (n - 1); ++b) {
      if (std::popcount(b) != y) continue;
      const int shared = std::popcount(a & b);
      ++pairs;
      all.jaccard += static_cast<double>(shared) / std::popcount(a | b);
      for (int o = 0; o <= shared; ++o) ++all.tail[static_cast<std::size_t>(o)];
    }
  }
  all.jaccard /= pairs;
  for (double& one : all.tail) one /= pairs;
  return all;
}

TEST_CASE("chance of lists of different lengths is what all pairs of lists give") {
  for (const Index n : {2, 3, 5, 8}) {
    for (int x = 0; x < n; ++x) {
      for (int y = 0; y < n; ++y) {
        if (x + y == 0) continue;
        CAPTURE(n, x, y);
        const enumerated all = every_pair(n, x, y);
        CHECK_THAT(nngs::expected_jaccard(n, x, y), WithinAbs(all.jaccard, 1e-14));
        CHECK(nngs::expected_jaccard(n, x, y) == Approx(nngs::expected_jaccard(n, y, x)).margin(1e-15));
        const std::vector<double> tail = nngs::overlap_tail(n, x, y);
        REQUIRE(tail.size() == all.tail.size());
        for (std::size_t o = 0; o < tail.size(); ++o) CHECK_THAT(tail[o], WithinAbs(all.tail[o], 1e-14));
      }
    }
  }
}

TEST_CASE("lists of one length are the case that chance knows, to the bit") {
  for (const Index n : {2, 30, 1000})
    for (const Index k : {Index{1}, n / 2, n - 1}) {
      CHECK(nngs::expected_jaccard(n, k, k) == nngs::chance(n, k).jaccard);
      CHECK(nngs::overlap_tail(n, k, k) == nngs::overlap_tail(n, k));
    }
}

TEST_CASE("numbers of neighbours that no item has are refused") {
  const auto complaint = [](Index n, Index x, Index y) {
    return reference::complaint([&] { nngs::expected_jaccard(n, x, y); });
  };
  CHECK(complaint(10, 10, 3).find("10 neighbours") != std::string::npos);
  CHECK(complaint(10, 3, -1).find("-1 neighbours") != std::string::npos);
  CHECK(complaint(1, 0, 1).find("1 items") != std::string::npos);
  CHECK(complaint(10, 0, 0).find("no neighbours in either") != std::string::npos);
  CHECK(reference::complaint([] { nngs::overlap_tail(10, 11, 2); }).find("11 neighbours") !=
        std::string::npos);
}

}  // namespace uneven
