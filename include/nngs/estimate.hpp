// SPDX-License-Identifier: MIT
#ifndef NNGS_ESTIMATE_HPP
#define NNGS_ESTIMATE_HPP

#include <Eigen/Core>
#include <cmath>
#include <optional>
#include <vector>

#include "nngs/detail/base/sentence.hpp"
#include "nngs/detail/judge/interval.hpp"
#include "nngs/error.hpp"
#include "nngs/overlap_tally.hpp"
#include "nngs/version.hpp"

/// @file
/// What the tally of a random sample of the items tells of all of them: `sample.hpp` takes such samples.

namespace nngs {
inline namespace NNGS_VERSION_NAMESPACE {

/// A mean over n items as a sample of them tells it.
struct estimate {
  double value;           ///< unbiased
  double standard_error;  ///< with the finite-population correction; 0 when all sampled items score alike
  double lower;           ///< end of the confidence interval: `value` when all n are sampled, and only then
  double upper;           ///< its other end

  friend bool operator==(const estimate&, const estimate&) = default;
};

/// The scores at one k as a sample tells them.
struct sampled_score {
  Eigen::Index k;                 ///< neighbours of each item
  Eigen::Index items;             ///< the sample's size
  estimate jaccard;               ///< NNGS
  estimate overlap;               ///< mean o / k
  Eigen::Index tied_items;        ///< among the sample, in either graph
  Eigen::Index tied_in_both = 0;  ///< among the sample, in both graphs

  friend bool operator==(const sampled_score&, const sampled_score&) = default;
};

namespace detail {

/// Of values in [0, 1].
inline estimate to_estimate(double mean, double variance, Eigen::Index n, const sample_interval& interval) {
  const auto all = static_cast<double>(n), items = static_cast<double>(interval.sampled());
  const auto [lower, upper] = interval(mean, variance, 0, 1);
  return {mean, std::sqrt(variance * ((all - items) / all) / items), lower, upper};
}

inline void check_sample(Eigen::Index items, Eigen::Index n, double confidence) {
  if (items < 2 || items > n)
    throw input_error(detail::base::sentence(
        {"a sample of ", items, " of ", n, " items has no standard error: sample 2 .. n"}));
  if (!(confidence > 0 && confidence < 1))
    throw input_error(detail::base::sentence({"a confidence of ", confidence, " is not in (0, 1)"}));
}

inline sampled_score to_sampled_score(const overlap_tally& tally, Eigen::Index n,
                                      const sample_interval& interval) {
  return {.k = tally.k(),
          .items = tally.items(),
          .jaccard = to_estimate(tally.mean_jaccard(), tally.jaccard_variance(), n, interval),
          .overlap = to_estimate(tally.mean_overlap(), tally.overlap_variance(), n, interval),
          .tied_items = tally.tied_items(),
          .tied_in_both = tally.tied_in_both()};
}

}  // namespace detail

/// The scores of all n items from the tally of a random sample of them: standard error sqrt((1 - m / n) / m)
/// times the standard deviation among the m sampled items, so 0, but for rounding, where they score all
/// alike. The interval allows for what a sample can miss, and has a width then too. From 100 items on and for
/// scores in [0.2, 0.8] it is within 10 % of Student's; near 0 and 1 it reaches further to the other end. At
/// a confidence of 0.95, 93 % and more held the score of all items, whatever it is, for samples of 5 to 1,000
/// of 2,000: all but where the score is well inside and made by a few items far from all others, which
/// nothing in the sample tells of. O(1).
/// @throws input_error for fewer than 2 items, more than n, and a confidence not in (0, 1).
inline sampled_score estimate_score(const overlap_tally& tally, Eigen::Index n, double confidence = 0.95) {
  detail::check_sample(tally.items(), n, confidence);
  return detail::to_sampled_score(tally, n, detail::sample_interval(tally.items(), n, confidence));
}

/// The same of several tallies, in their order. O(size).
/// @throws input_error as for one, for any of them.
inline std::vector<sampled_score> estimate_score_curve(const std::vector<overlap_tally>& tallies,
                                                       Eigen::Index n, double confidence = 0.95) {
  std::vector<sampled_score> curve;
  curve.reserve(tallies.size());
  std::optional<detail::sample_interval> interval;
  for (const overlap_tally& tally : tallies) {
    detail::check_sample(tally.items(), n, confidence);
    if (!interval || interval->sampled() != tally.items()) interval.emplace(tally.items(), n, confidence);
    curve.push_back(detail::to_sampled_score(tally, n, *interval));
  }
  return curve;
}

}  // namespace NNGS_VERSION_NAMESPACE
}  // namespace nngs

#endif
