// SPDX-License-Identifier: MIT
#ifndef NNGS_DETAIL_JUDGE_STUDENT_HPP
#define NNGS_DETAIL_JUDGE_STUDENT_HPP

#include <Eigen/Core>
#include <algorithm>
#include <cmath>
#include <numbers>

#include "nngs/version.hpp"

// Student's t, for the intervals of samples.

namespace nngs {
inline namespace NNGS_VERSION_NAMESPACE {
namespace detail {

/// P(|T| <= t) for Student's t with a whole number of degrees of freedom (Abramowitz & Stegun 26.7.3 and 4).
inline double student_probability(double t, Eigen::Index degrees) {
  const auto nu = static_cast<double>(degrees);
  const double cosine = std::sqrt(nu / (nu + t * t)), sine = t / std::sqrt(nu + t * t);
  const bool odd = degrees % 2 == 1;
  double term = odd ? cosine : 1, sum = 0;
  for (Eigen::Index i = odd ? 1 : 0; i <= degrees - 2; i += 2) {
    sum += term;
    term *= cosine * cosine * static_cast<double>(i + 1) / static_cast<double>(i + 2);
  }
  return odd ? 2 / std::numbers::pi * (std::atan(t / std::sqrt(nu)) + sine * sum) : sine * sum;
}

/// The t that |T| stays below with probability `confidence`. From 10,000 degrees on, 10,000 stand for all: a
/// difference of 10^-4 at most.
inline double student_quantile(double confidence, Eigen::Index degrees) {
  const Eigen::Index capped = std::min<Eigen::Index>(degrees, 10000);
  double low = 0, high = 1;
  while (student_probability(high, capped) < confidence && high < 1e300) high *= 2;
  for (int halving = 0; halving < 60; ++halving) {
    const double middle = low + (high - low) / 2;
    (student_probability(middle, capped) < confidence ? low : high) = middle;
  }
  return high;
}

}  // namespace detail
}  // namespace NNGS_VERSION_NAMESPACE
}  // namespace nngs

#endif
