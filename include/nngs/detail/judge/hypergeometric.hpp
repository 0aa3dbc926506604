// SPDX-License-Identifier: MIT
#ifndef NNGS_DETAIL_JUDGE_HYPERGEOMETRIC_HPP
#define NNGS_DETAIL_JUDGE_HYPERGEOMETRIC_HPP

#include <Eigen/Core>
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

#include "nngs/version.hpp"

// How many neighbours one item shares under random pairing: the distribution, its moments and its tail.

namespace nngs {
inline namespace NNGS_VERSION_NAMESPACE {
namespace detail {

/// Hypergeometric(n - 1, a, b), walked from term to term by their ratio: no factorial, no logarithm.
class shared_by_chance {
 public:
  shared_by_chance(Eigen::Index n, Eigen::Index a, Eigen::Index b)
      : a_(static_cast<double>(a)),
        b_(static_cast<double>(b)),
        rest_(static_cast<double>(n - 1 - a - b)),
        least_(std::max(0.0, -rest_)),
        most_(std::min(a_, b_)),
        mode_(std::clamp(std::floor((a_ + 1) * (b_ + 1) / static_cast<double>(n + 1)), least_, most_)) {}

  double least() const noexcept { return least_; }
  double mode() const noexcept { return mode_; }

  /// Calls use(o, P(o) / P(mode)) for o above the mode, upwards, until there are no more or use says false.
  template <class Use>
  void above(const Use& use) const {
    double weight = 1;
    for (double o = mode_; o < most_; ++o) {
      weight *= growth(o);
      if (!use(o + 1, weight)) return;
    }
  }
  /// The same below the mode, downwards.
  template <class Use>
  void below(const Use& use) const {
    double weight = 1;
    for (double o = mode_; o > least_; --o) {
      weight /= growth(o - 1);
      if (!use(o - 1, weight)) return;
    }
  }

 private:
  /// P(o + 1) / P(o).
  double growth(double o) const noexcept { return (a_ - o) * (b_ - o) / ((o + 1) * (rest_ + o + 1)); }

  double a_, b_, rest_, least_, most_, mode_;
};

struct moments {
  double mean, variance;
};

/// Of the Jaccard of one item with a and b neighbours, not both 0. Deviations are taken from the Jaccard at
/// the mode, so that no digits cancel; terms end where they no longer count.
inline moments jaccard_by_chance(Eigen::Index n, Eigen::Index a, Eigen::Index b) {
  const shared_by_chance shared(n, a, b);
  const auto both = static_cast<double>(a + b);
  const double mode = shared.mode();
  double total = 1, first = 0, second = 0;
  const auto add = [&](double o, double weight) {
    const double deviation = both * (o - mode) / ((both - o) * (both - mode));
    const double square = weight * deviation * deviation;
    if (square < 1e-22 * second) return false;
    total += weight;
    first += weight * deviation;
    second += square;
    return true;
  };
  shared.above(add);
  shared.below(add);
  const double shift = first / total;
  return {mode / (both - mode) + shift, std::max(0.0, second / total - shift * shift)};
}

/// P(o or more), for o = 0 .. the smaller of a and b.
inline std::vector<double> tail_by_chance(Eigen::Index n, Eigen::Index a, Eigen::Index b) {
  const shared_by_chance shared(n, a, b);
  std::vector<double> tail(static_cast<std::size_t>(std::min(a, b)) + 1, 0);
  const auto set = [&](double o, double weight) {
    tail[static_cast<std::size_t>(o)] = weight;
    return weight > 0;
  };
  set(shared.mode(), 1);
  shared.above(set);
  shared.below(set);
  for (std::size_t o = tail.size() - 1; o-- > 0;) tail[o] += tail[o + 1];
  const double total = tail.front();
  for (double& probability : tail) probability /= total;
  return tail;
}

}  // namespace detail
}  // namespace NNGS_VERSION_NAMESPACE
}  // namespace nngs

#endif
