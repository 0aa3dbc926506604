// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cmath>
#include <nngs/nngs.hpp>
#include <set>
#include <utility>
#include <vector>

#include "../catch.hpp"
#include "reference.hpp"

/// The k nearest of a point on a line, as a set.
static std::set<int> neighborhood(const std::vector<double>& line, int item, int k) {
  std::set<std::pair<double, int>> others;
  for (int other = 0; other < static_cast<int>(line.size()); ++other)
    if (other != item)
      others.emplace(std::abs(line[static_cast<std::size_t>(item)] - line[static_cast<std::size_t>(other)]),
                     other);
  std::set<int> nearest;
  for (const auto& [distance, other] : others)
    if (static_cast<int>(nearest.size()) < k) nearest.insert(other);
  return nearest;
}

static double mean_jaccard(const std::vector<double>& x, const std::vector<double>& y, int k) {
  double sum = 0;
  for (int item = 0; item < static_cast<int>(x.size()); ++item) {
    const std::set<int> a = neighborhood(x, item, k), b = neighborhood(y, item, k);
    std::set<int> either = a;
    either.insert(b.begin(), b.end());
    const std::size_t both = a.size() + b.size() - either.size();
    sum += static_cast<double>(both) / static_cast<double>(either.size());
  }
  return sum / static_cast<double>(x.size());
}

static void check_all_orders(const std::vector<double>& x, std::vector<double> y) {
  const auto n = static_cast<Eigen::Index>(x.size());
  const auto by_index = nngs::exact{nngs::euclidean{}, nngs::tie_order::by_index()};
  std::sort(y.begin(), y.end());
  do {
    const Eigen::Map<const Eigen::VectorXd> rows_x(x.data(), n), rows_y(y.data(), n);
    const auto curve = nngs::similarity_curve(rows_x, rows_y, by_index, nngs::serial{});
    for (int k = 1; k < static_cast<int>(n); ++k) {
      const double expected = mean_jaccard(x, y, k);
      CHECK_THAT(nngs::similarity(rows_x, rows_y, k, by_index, nngs::serial{}), WithinAbs(expected, 1e-15));
      CHECK_THAT(curve[static_cast<std::size_t>(k - 1)].jaccard, WithinAbs(expected, 1e-15));
    }
  } while (std::next_permutation(y.begin(), y.end()));
}

TEST_CASE("the score of every order of a few points is the mean Jaccard of sets") {
  check_all_orders({0, 1, 3, 7}, {0, 1, 3, 7});
  check_all_orders({3, 0, 7, 1}, {0, 2, 5, 11});
  check_all_orders({0, 1, 4, 9, 11}, {0, 1, 4, 9, 11});
}

TEST_CASE("the score of every order of points full of ties is the mean Jaccard of sets") {
  check_all_orders({0, 1, 2, 3}, {0, 1, 2, 3});
  check_all_orders({0, 1, 2, 3, 4}, {0, 1, 2, 3, 4});
  check_all_orders({1, 1, 0, 2, 1}, {0, 0, 0, 5, 6});
  check_all_orders({2, 2, 2, 2, 2}, {0, 1, 2, 3, 4});
}
