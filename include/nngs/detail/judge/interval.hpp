// SPDX-License-Identifier: MIT
#ifndef NNGS_DETAIL_JUDGE_INTERVAL_HPP
#define NNGS_DETAIL_JUDGE_INTERVAL_HPP

#include <Eigen/Core>
#include <algorithm>
#include <cmath>

#include "nngs/detail/judge/student.hpp"
#include "nngs/version.hpp"

// How far the mean of a sample may be from the mean of all.

namespace nngs {
inline namespace NNGS_VERSION_NAMESPACE {
namespace detail {

struct interval {
  double lower, upper;
};

/// Confidence intervals for the mean of n values in a known range, from the mean and the variance of m of
/// them, drawn at random without replacement. 2 <= m <= n and a confidence in (0, 1), which is not checked.
///
/// Student's interval alone fails near the ends of the range: a sample may miss the few values that count,
/// and has no variance at all where it is alike. So it is taken with two observations added, one at each end,
/// for what was missed (of proportions: Agresti & Coull 1998).
class sample_interval {
 public:
  sample_interval(Eigen::Index m, Eigen::Index n, double confidence)
      : m_(m),
        n_(n),
        student_(student_quantile(confidence, m - 1)),
        rare_(std::max(1.0, -std::log1p(-confidence) / 3)) {}

  Eigen::Index sampled() const noexcept { return m_; }

  /// `variance`: of the m values, divided by m - 1. The interval holds `mean`. It is `mean` alone when m = n,
  /// and only then.
  interval operator()(double mean, double variance, double low, double high) const {
    const double to_the_nearer_end = std::min(mean - low, high - mean) / (high - low);
    return of_values(mean, variance, low, high, static_cast<double>(m_) * to_the_nearer_end);
  }

  /// The same of values in [-1, 1] that are 0 but for `others` of the m: differences, most of which are none.
  /// What decides here is how many are not 0, as few or many as a sample may happen to hold.
  interval of_differences(double mean, double variance, Eigen::Index others) const {
    return of_values(mean, variance, -1, 1, static_cast<double>(others));
  }

 private:
  /// `worth`: how many of the m values the mean rests on, beside which a few that were missed would count.
  interval of_values(double mean, double variance, double low, double high, double worth) const {
    if (m_ == n_) return {mean, mean};
    const auto m = static_cast<double>(m_), n = static_cast<double>(n_);
    const double unseen = (n - m) / n, range = high - low;
    const double weight = added_weight(mean, variance, low, high, worth), total = m + 2 * weight;
    const double middle = (m * mean + weight * (low + high)) / total;
    const double squares = (m - 1) * variance + m * (mean - middle) * (mean - middle) +
                           weight * ((middle - low) * (middle - low) + (high - middle) * (high - middle));
    // What is left out comes in whole values. Where few are left and most are at the ends, as zeros and ones
    // are, a normal curve needs half of one more.
    const double at_ends = squares / total / ((middle - low) * (high - middle));  // 1 when all are
    const double half_of_one = range / (2 * n);
    const double spread = unseen * squares / (total * (total - 1)) + at_ends * half_of_one * half_of_one;
    const double centre = mean + unseen * (middle - mean), half = student_ * std::sqrt(spread);
    // The part that was seen is certain.
    const double seen = mean * (m / n);
    return {std::min(mean, std::max(centre - half, seen + unseen * low)),
            std::max(mean, std::min(centre + half, seen + unseen * high))};
  }

  /// What each of the two added observations counts for. Fully where the mean is worth less than 14 values:
  /// too few for a normal curve, should they decide (the textbooks' rule for proportions). Where it is worth
  /// 19, as in [0.2, 0.8] from 100 values on, Student's interval holds unless some values are far from the
  /// others, and observations at the ends would make that of values close together many times as wide: there
  /// they count for no more than widens it by 7 %.
  double added_weight(double mean, double variance, double low, double high, double worth) const {
    const double range = high - low, below = mean - low, above = high - mean;
    if (variance <= 1e-12 * range * range) return rare_;  // alike: no variance to go by
    const auto m = static_cast<double>(m_);
    const double narrow = 0.15 * m * variance / (below * below + above * above);
    return rare_ * std::min(1.0, std::max(narrow, (19 - worth) / 5));
  }

  Eigen::Index m_, n_;
  double student_;
  double rare_;  // rule of three: m values miss a share of 3 / m once in 20 times, of -log(p) / m with p
};

}  // namespace detail
}  // namespace NNGS_VERSION_NAMESPACE
}  // namespace nngs

#endif
