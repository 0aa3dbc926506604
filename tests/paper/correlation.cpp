// SPDX-License-Identifier: MIT
#include "../../examples/paper/correlation.hpp"

#include <cmath>
#include <cstddef>
#include <random>
#include <stdexcept>
#include <vector>

#include "../catch.hpp"

namespace {

using values = std::vector<double>;

values random_values(std::size_t count, unsigned seed) {
  std::mt19937 bits(seed);
  values result(count);
  for (double& value : result) value = static_cast<double>(bits() % 1000) - 500;
  return result;
}

template <class Change>
values changed(values all, const Change& change) {
  for (double& value : all) value = change(value);
  return all;
}

}  // namespace

TEST_CASE("correlation: by hand", "[paper]") {
  // Deviations (-1, 0, 1) and (-2, 1, 1): 3 / sqrt(2 * 6).
  CHECK_THAT(paper::pearson({1, 2, 3}, {0, 3, 3}).value(), WithinAbs(3 / std::sqrt(12.0), 1e-15));
  // Ranks (1, 2, 3) and (1, 2.5, 2.5): 1.5 / sqrt(2 * 1.5).
  CHECK_THAT(paper::spearman({1, 2, 3}, {0, 3, 3}).value(), WithinAbs(1.5 / std::sqrt(3.0), 1e-15));
  // No ties: 1 - 6 sum d^2 / (n (n^2 - 1)), here with d = (0, 1, -1, 0).
  CHECK_THAT(paper::spearman({10, 20, 30, 40}, {1, 3, 2, 100}).value(), WithinAbs(0.8, 1e-15));
}

TEST_CASE("correlation: equal values share the mean of their ranks", "[paper]") {
  CHECK(paper::mean_ranks({}) == values{});
  CHECK(paper::mean_ranks({7}) == values{1});
  CHECK(paper::mean_ranks({3, 1, 2}) == values{3, 1, 2});
  CHECK(paper::mean_ranks({5, 1, 5, 5, 0}) == values{4, 2, 4, 4, 1});
  CHECK(paper::mean_ranks({2, 2}) == values{1.5, 1.5});
}

TEST_CASE("correlation: what it does not depend on", "[paper]") {
  const values x = random_values(40, 1), y = random_values(40, 2);
  const double linear = paper::pearson(x, y).value(), monotone = paper::spearman(x, y).value();
  CHECK_THAT(paper::pearson(y, x).value(), WithinAbs(linear, 1e-14));
  const values moved = changed(x, [](double value) { return 3 * value - 7; });
  CHECK_THAT(paper::pearson(moved, y).value(), WithinAbs(linear, 1e-14));
  const values turned = changed(x, [](double value) { return -value; });
  CHECK_THAT(paper::pearson(turned, y).value(), WithinAbs(-linear, 1e-14));
  const values bent = changed(x, [](double value) { return std::exp(value / 100); });
  CHECK_THAT(paper::spearman(bent, y).value(), WithinAbs(monotone, 1e-14));
  CHECK(std::abs(paper::pearson(bent, y).value() - linear) > 1e-3);
}

TEST_CASE("correlation: the ends, and where there is none", "[paper]") {
  CHECK_THAT(paper::pearson({1, 2, 4}, {2, 4, 8}).value(), WithinAbs(1, 1e-15));
  CHECK_THAT(paper::spearman({1, 2, 4}, {9, 1, 0}).value(), WithinAbs(-1, 1e-15));
  CHECK(!paper::pearson({}, {}));
  CHECK(!paper::pearson({1}, {2}));
  CHECK(!paper::pearson({0.1, 0.1, 0.1}, {1, 2, 3}));
  CHECK(!paper::spearman({1, 2, 3}, {4, 4, 4}));
  CHECK_THROWS_AS(paper::pearson({1, 2}, {1}), std::invalid_argument);
}

TEST_CASE("correlation: its interval", "[paper]") {
  // atanh(0.5) = 0.549306; with 28 cases 1.959964 / 5 on either side.
  const paper::interval range = paper::fisher_interval(0.5, 28);
  CHECK_THAT(range.lower, WithinAbs(std::tanh(0.5493061443 - 0.3919928), 1e-9));
  CHECK_THAT(range.upper, WithinAbs(std::tanh(0.5493061443 + 0.3919928), 1e-9));
  CHECK(paper::fisher_interval(0.9, 3).lower == -1);
  CHECK(paper::fisher_interval(0.9, 3).upper == 1);
  CHECK(paper::fisher_interval(1, 10).lower == 1);
  CHECK(paper::fisher_interval(-1, 10).upper == -1);
}
