// SPDX-License-Identifier: MIT
#ifndef NNGS_SAMPLE_HPP
#define NNGS_SAMPLE_HPP

#include <Eigen/Core>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "nngs/detail/base/check.hpp"
#include "nngs/detail/base/random.hpp"
#include "nngs/detail/base/sentence.hpp"
#include "nngs/detail/judge/interval.hpp"
#include "nngs/detail/no_matrix.hpp"
#include "nngs/detail/row_tallies.hpp"
#include "nngs/detail/search/input.hpp"
#include "nngs/detail/search/metric_requirements.hpp"
#include "nngs/error.hpp"
#include "nngs/executor.hpp"
#include "nngs/metric.hpp"
#include "nngs/tally.hpp"
#include "nngs/version.hpp"

/// @file
/// Scores of all n items from some of them. Only the rows that ask are sampled: each is searched against all
/// n items, for neighbours within a sample would be other neighbours, and a bootstrap's duplicates would be
/// each other's nearest.

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

/// Which rows to sample.
struct sample {
  Eigen::Index rows;         ///< in [2, n]
  std::uint64_t seed = 0;    ///< the same seed, the same rows, everywhere
  double confidence = 0.95;  ///< of the interval, in (0, 1)
};

/// `rows` different rows of n, ascending, each choice as likely (selection sampling, Knuth 3.4.2 S). O(n).
/// @throws input_error when n < 2 and when rows is not in [0, n].
inline std::vector<Eigen::Index> sample_rows(Eigen::Index n, Eigen::Index rows, std::uint64_t seed) {
  detail::base::check_items(n);
  if (rows < 0 || rows > n)
    throw input_error(
        detail::base::sentence({"a sample of ", rows, " rows is not in [0, n] = [0, ", n, "]"}));
  std::vector<Eigen::Index> chosen;
  chosen.reserve(static_cast<std::size_t>(rows));
  detail::base::random_stream random(seed, 0);
  for (Eigen::Index row = 0; static_cast<Eigen::Index>(chosen.size()) < rows; ++row) {
    const Eigen::Index wanted = rows - static_cast<Eigen::Index>(chosen.size());
    if (random.below(static_cast<std::uint32_t>(n - row)) < wanted) chosen.push_back(row);
  }
  return chosen;
}

/// The tally at one k of the given rows alone, each searched against all n. Tallies of disjoint sets of rows,
/// on whatever machine, add up (`+=`) to exactly that of all rows. `rows`: different, each in [0, n), in any
/// order. `metric_x`, `metric_y`: a metric for each. Time O(rows n d), memory 10 bytes for each row and k.
/// @throws input_error for such rows and for a k not in [1, n - 1], and where build_graph does; it names the
///   matrix, x or y.
template <class X, class Y, class MetricX, class MetricY, executor Executor = threads>
requires(!executor<MetricY>) overlap_tally
    tally(const Eigen::MatrixBase<X>& x, const Eigen::MatrixBase<Y>& y, std::span<const Eigen::Index> rows,
          Eigen::Index k, const MetricX& metric_x, const MetricY& metric_y, const Executor& execute = {}) {
  detail::search::require_metric<detail::search::metric_in<MetricX>>();
  detail::search::require_metric<detail::search::metric_in<MetricY>>();
  return detail::tally_rows(x, y, rows, k, metric_x, metric_y, execute);
}
/// The same metric for both; without one, Euclidean.
template <class X, class Y, class Metric = euclidean, executor Executor = threads>
overlap_tally tally(const Eigen::MatrixBase<X>& x, const Eigen::MatrixBase<Y>& y,
                    std::span<const Eigen::Index> rows, Eigen::Index k, const Metric& metric = {},
                    const Executor& execute = {}) {
  return tally(x, y, rows, k, metric, metric, execute);
}

/// The tallies at k = 1 .. depth of the given rows alone: element k - 1 is that at k. Arguments, cost and
/// errors are those of `tally`.
template <class X, class Y, class MetricX, class MetricY, executor Executor = threads>
requires(!executor<MetricY>) std::vector<overlap_tally> tally_curve(
    const Eigen::MatrixBase<X>& x, const Eigen::MatrixBase<Y>& y, std::span<const Eigen::Index> rows,
    Eigen::Index depth, const MetricX& metric_x, const MetricY& metric_y, const Executor& execute = {}) {
  detail::search::require_metric<detail::search::metric_in<MetricX>>();
  detail::search::require_metric<detail::search::metric_in<MetricY>>();
  return detail::tally_rows_curve(x, y, rows, depth, metric_x, metric_y, execute);
}
/// The same metric for both; without one, Euclidean.
template <class X, class Y, class Metric = euclidean, executor Executor = threads>
std::vector<overlap_tally> tally_curve(const Eigen::MatrixBase<X>& x, const Eigen::MatrixBase<Y>& y,
                                       std::span<const Eigen::Index> rows, Eigen::Index depth,
                                       const Metric& metric = {}, const Executor& execute = {}) {
  return tally_curve(x, y, rows, depth, metric, metric, execute);
}

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

/// The scores of two matrices at k from a random sample of their rows: n / rows times faster than from all of
/// them. `metric_x`, `metric_y`: a metric for each. Cost and errors are those of `tally`.
/// @throws input_error also for a sample of fewer than 2 rows or more than n, and a confidence not in (0, 1).
template <class X, class Y, class MetricX, class MetricY, executor Executor = threads>
sampled_score sample_similarity(const Eigen::MatrixBase<X>& x, const Eigen::MatrixBase<Y>& y, Eigen::Index k,
                                const MetricX& metric_x, const MetricY& metric_y, const sample& which,
                                const Executor& execute = {}) {
  detail::search::check_sizes(x, y, k);
  detail::check_sample(which.rows, x.rows(), which.confidence);
  const std::vector<Eigen::Index> rows = sample_rows(x.rows(), which.rows, which.seed);
  return estimate_score(tally(x, y, rows, k, metric_x, metric_y, execute), x.rows(), which.confidence);
}
/// The same metric for both.
template <class X, class Y, class Metric, executor Executor = threads>
sampled_score sample_similarity(const Eigen::MatrixBase<X>& x, const Eigen::MatrixBase<Y>& y, Eigen::Index k,
                                const Metric& metric, const sample& which, const Executor& execute = {}) {
  return sample_similarity(x, y, k, metric, metric, which, execute);
}
/// Euclidean.
template <class X, class Y, executor Executor = threads>
sampled_score sample_similarity(const Eigen::MatrixBase<X>& x, const Eigen::MatrixBase<Y>& y, Eigen::Index k,
                                const sample& which, const Executor& execute = {}) {
  return sample_similarity(x, y, k, euclidean{}, euclidean{}, which, execute);
}

/// The scores at k = 1 .. depth from one sample: element k - 1 is the score at k. Arguments, cost and errors
/// are those of `sample_similarity`.
template <class X, class Y, class MetricX, class MetricY, executor Executor = threads>
std::vector<sampled_score> sample_similarity_curve(const Eigen::MatrixBase<X>& x,
                                                   const Eigen::MatrixBase<Y>& y, Eigen::Index depth,
                                                   const MetricX& metric_x, const MetricY& metric_y,
                                                   const sample& which, const Executor& execute = {}) {
  detail::search::check_sizes(x, y, depth);
  detail::check_sample(which.rows, x.rows(), which.confidence);
  const std::vector<Eigen::Index> rows = sample_rows(x.rows(), which.rows, which.seed);
  return estimate_score_curve(tally_curve(x, y, rows, depth, metric_x, metric_y, execute), x.rows(),
                              which.confidence);
}
/// The same metric for both.
template <class X, class Y, class Metric, executor Executor = threads>
std::vector<sampled_score> sample_similarity_curve(const Eigen::MatrixBase<X>& x,
                                                   const Eigen::MatrixBase<Y>& y, Eigen::Index depth,
                                                   const Metric& metric, const sample& which,
                                                   const Executor& execute = {}) {
  return sample_similarity_curve(x, y, depth, metric, metric, which, execute);
}
/// Euclidean.
template <class X, class Y, executor Executor = threads>
std::vector<sampled_score> sample_similarity_curve(const Eigen::MatrixBase<X>& x,
                                                   const Eigen::MatrixBase<Y>& y, Eigen::Index depth,
                                                   const sample& which, const Executor& execute = {}) {
  return sample_similarity_curve(x, y, depth, euclidean{}, euclidean{}, which, execute);
}

}  // namespace NNGS_VERSION_NAMESPACE
}  // namespace nngs

#endif
