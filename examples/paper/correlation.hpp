// SPDX-License-Identifier: MIT
#ifndef NNGS_EXAMPLES_PAPER_CORRELATION_HPP
#define NNGS_EXAMPLES_PAPER_CORRELATION_HPP

#include <Eigen/Core>
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numeric>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace paper {

/// Pearson's correlation; none for fewer than two values, and where either side does not vary.
inline std::optional<double> pearson(const std::vector<double>& x, const std::vector<double>& y) {
  if (x.size() != y.size())
    throw std::invalid_argument("a correlation of " + std::to_string(x.size()) + " values with " +
                                std::to_string(y.size()) + ": both need one a case");
  if (x.size() < 2) return std::nullopt;
  const auto deviations = [](const std::vector<double>& values) {
    const Eigen::Map<const Eigen::ArrayXd> all(values.data(), static_cast<Eigen::Index>(values.size()));
    // Equal values have a mean that is off by rounding: they must not pass for varied.
    const bool varied = all.minCoeff() < all.maxCoeff();
    return Eigen::VectorXd(varied ? all - all.mean() : Eigen::ArrayXd(Eigen::ArrayXd::Zero(all.size())));
  };
  const Eigen::VectorXd a = deviations(x), b = deviations(y);
  const double norms = a.norm() * b.norm();
  if (norms == 0) return std::nullopt;
  return std::clamp(a.dot(b) / norms, -1.0, 1.0);
}

/// The place of each value in order, from 1; equal values share the mean of their places.
inline std::vector<double> mean_ranks(const std::vector<double>& values) {
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](auto i, auto j) { return values[i] < values[j]; });
  std::vector<double> ranks(values.size());
  for (std::size_t first = 0, last = 0; first < order.size(); first = last) {
    last = first + 1;
    while (last < order.size() && values[order[last]] == values[order[first]]) ++last;
    const double mean = static_cast<double>(first + 1 + last) / 2;
    for (std::size_t i = first; i < last; ++i) ranks[order[i]] = mean;
  }
  return ranks;
}

/// Spearman's correlation, of the ranks; none as `pearson`.
inline std::optional<double> spearman(const std::vector<double>& x, const std::vector<double>& y) {
  return pearson(mean_ranks(x), mean_ranks(y));
}

struct interval {
  double lower, upper;
};

/// Where the true correlation lies in 95 of 100 cases, by Fisher's transformation: right for values that are
/// normal together, a rough guide else. All of [-1, 1] for fewer than four cases.
inline interval fisher_interval(double correlation, std::size_t cases) {
  if (cases < 4) return {-1, 1};
  const double centre = std::atanh(correlation), half = 1.959964 / std::sqrt(static_cast<double>(cases - 3));
  if (std::isinf(centre)) return {correlation, correlation};
  return {std::tanh(centre - half), std::tanh(centre + half)};
}

}  // namespace paper

#endif
