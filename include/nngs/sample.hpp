// SPDX-License-Identifier: MIT
#ifndef NNGS_SAMPLE_HPP
#define NNGS_SAMPLE_HPP

#include <Eigen/Core>
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <numbers>
#include <span>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "nngs/detail/base/check.hpp"
#include "nngs/detail/base/random.hpp"
#include "nngs/detail/search/input.hpp"
#include "nngs/detail/search/neighbor_lists.hpp"
#include "nngs/detail/search/plan.hpp"
#include "nngs/executor.hpp"
#include "nngs/metric.hpp"
#include "nngs/neighbor_graph.hpp"
#include "nngs/points.hpp"
#include "nngs/similarity.hpp"
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
  double standard_error;  ///< with the finite-population correction: 0 when the sample is everything
  double lower;           ///< end of the confidence interval, by Student's t, cut to [0, 1]
  double upper;           ///< its other end

  friend bool operator==(const estimate&, const estimate&) = default;
};

/// The scores at one k as a sample tells them.
struct sampled_score {
  Eigen::Index k;           ///< neighbours of each item
  Eigen::Index items;       ///< the sample's size
  estimate jaccard;         ///< NNGS
  estimate overlap;         ///< mean o / k
  Eigen::Index tied_items;  ///< among the sample

  friend bool operator==(const sampled_score&, const sampled_score&) = default;
};

/// Which rows to sample.
struct sample {
  Eigen::Index rows;         ///< in [2, n]
  std::uint64_t seed = 0;    ///< the same seed, the same rows, everywhere
  double confidence = 0.95;  ///< of the interval, in (0, 1)
};

/// `rows` different rows of n, ascending, each choice as likely (selection sampling, Knuth 3.4.2 S). O(n).
/// @throws std::invalid_argument when n < 2 and when rows is not in [0, n].
inline std::vector<Eigen::Index> sample_rows(Eigen::Index n, Eigen::Index rows, std::uint64_t seed) {
  detail::base::check_items(n);
  if (rows < 0 || rows > n)
    throw std::invalid_argument("a sample of " + std::to_string(rows) + " rows is not in [0, n] = [0, " +
                                std::to_string(n) + "]");
  std::vector<Eigen::Index> chosen;
  chosen.reserve(static_cast<std::size_t>(rows));
  detail::base::random_stream random(seed, 0);
  for (Eigen::Index row = 0; static_cast<Eigen::Index>(chosen.size()) < rows; ++row) {
    const Eigen::Index wanted = rows - static_cast<Eigen::Index>(chosen.size());
    if (random.below(static_cast<std::uint32_t>(n - row)) < wanted) chosen.push_back(row);
  }
  return chosen;
}

/// The tallies at k = 1 .. depth of the given rows alone, each searched against all n. Tallies of disjoint
/// sets of rows, on whatever machine, add up (`+=`) to exactly those of all rows. Time O(rows n d), memory 10
/// bytes for each row and k. `rows`: different, each in [0, n), in any order; element k - 1 is the tally at
/// k.
/// @throws std::invalid_argument as build_graph, with the name of the matrix in front, and for such rows.
template <class X, class Y, metric MetricX, metric MetricY, executor Executor = threads>
std::vector<overlap_tally> tally_overlaps(const Eigen::MatrixBase<X>& x, const Eigen::MatrixBase<Y>& y,
                                          std::span<const Eigen::Index> rows, Eigen::Index depth,
                                          const MetricX& metric_x, const MetricY& metric_y,
                                          const Executor& execute = {}) {
  const detail::search::paired_search ready(x, y, depth, metric_x, metric_y);
  const Eigen::Index n = x.rows();
  std::vector<Eigen::Index> sorted(rows.begin(), rows.end());
  std::sort(sorted.begin(), sorted.end());
  if (!sorted.empty() && (sorted.front() < 0 || sorted.back() >= n))
    throw std::invalid_argument("row " + std::to_string(sorted.front() < 0 ? sorted.front() : sorted.back()) +
                                " is not in [0, " + std::to_string(n) + ")");
  const auto twice = std::adjacent_find(sorted.begin(), sorted.end());
  if (twice != sorted.end())
    throw std::invalid_argument("row " + std::to_string(*twice) + " is given twice: each counts once");

  const auto count = static_cast<Eigen::Index>(sorted.size());
  const auto search = [&](const auto& matrix) {
    detail::search::neighbor_lists lists(count, depth);
    detail::search::search_rows(
        matrix, sorted, std::min(depth + 1, n - 1), execute,
        [&](Eigen::Index position, const auto& nearest) { lists.set(position, nearest); });
    return neighbor_graph(std::move(lists));
  };
  const neighbor_graph lists_x = search(ready.x), lists_y = search(ready.y);
  std::vector<overlap_tally> tallies = detail::empty_tallies(depth);
  detail::overlap_counter counter(n);
  for (Eigen::Index position = 0; position < count; ++position)
    counter.add_item(tallies, lists_x, lists_y, position);
  return tallies;
}
/// The same metric for both.
template <class X, class Y, metric Metric = euclidean, executor Executor = threads>
std::vector<overlap_tally> tally_overlaps(const Eigen::MatrixBase<X>& x, const Eigen::MatrixBase<Y>& y,
                                          std::span<const Eigen::Index> rows, Eigen::Index depth,
                                          const Metric& metric = {}, const Executor& execute = {}) {
  return tally_overlaps(x, y, rows, depth, metric, metric, execute);
}

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

inline estimate to_estimate(double mean, double variance, Eigen::Index m, Eigen::Index n, double t) {
  const auto items = static_cast<double>(m);
  const double error = std::sqrt(variance * (static_cast<double>(n - m) / static_cast<double>(n)) / items);
  return {mean, error, std::max(0.0, mean - t * error), std::min(1.0, mean + t * error)};
}

inline void check_sample(Eigen::Index items, Eigen::Index n, double confidence) {
  if (items < 2 || items > n)
    throw std::invalid_argument("a sample of " + std::to_string(items) + " of " + std::to_string(n) +
                                " items has no standard error: sample 2 .. n");
  if (!(confidence > 0 && confidence < 1))
    throw std::invalid_argument("a confidence of " + std::to_string(confidence) + " is not in (0, 1)");
}
}  // namespace detail

/// The scores of all n items from tallies of a random sample of them, one for each k: standard error
/// sqrt((1 - m / n) / m) times the standard deviation among the m sampled items. O(size).
/// The interval is for means of many items: where nearly all of a small sample share nothing it is too short.
/// @throws std::invalid_argument for fewer than 2 items, more than n, and a confidence not in (0, 1).
inline std::vector<sampled_score> estimate_scores(const std::vector<overlap_tally>& tallies, Eigen::Index n,
                                                  double confidence = 0.95) {
  std::vector<sampled_score> scores;
  scores.reserve(tallies.size());
  Eigen::Index items = 0;
  double t = 0;
  for (const overlap_tally& tally : tallies) {
    detail::check_sample(tally.items(), n, confidence);
    if (std::exchange(items, tally.items()) != tally.items())
      t = detail::student_quantile(confidence, items - 1);
    scores.push_back({tally.k(), items,
                      detail::to_estimate(tally.mean_jaccard(), tally.jaccard_variance(), items, n, t),
                      detail::to_estimate(tally.mean_overlap(), tally.overlap_variance(), items, n, t),
                      tally.tied_items()});
  }
  return scores;
}

/// The scores of two matrices at k = 1 .. depth from a random sample of their rows: n / rows times faster
/// than from all of them. Element k - 1 is the score at k. Time and memory as tally_overlaps.
/// @throws std::invalid_argument as tally_overlaps and estimate_scores.
template <class X, class Y, metric MetricX, metric MetricY, executor Executor = threads>
std::vector<sampled_score> sample_similarity(const Eigen::MatrixBase<X>& x, const Eigen::MatrixBase<Y>& y,
                                             Eigen::Index depth, const sample& which, const MetricX& metric_x,
                                             const MetricY& metric_y, const Executor& execute = {}) {
  detail::search::check_sizes(x, y, depth);
  detail::check_sample(which.rows, x.rows(), which.confidence);
  const std::vector<Eigen::Index> rows = sample_rows(x.rows(), which.rows, which.seed);
  return estimate_scores(tally_overlaps(x, y, rows, depth, metric_x, metric_y, execute), x.rows(),
                         which.confidence);
}
/// The same metric for both.
template <class X, class Y, metric Metric = euclidean, executor Executor = threads>
std::vector<sampled_score> sample_similarity(const Eigen::MatrixBase<X>& x, const Eigen::MatrixBase<Y>& y,
                                             Eigen::Index depth, const sample& which,
                                             const Metric& metric = {}, const Executor& execute = {}) {
  return sample_similarity(x, y, depth, which, metric, metric, execute);
}

}  // namespace NNGS_VERSION_NAMESPACE
}  // namespace nngs

#endif
