// SPDX-License-Identifier: MIT
#ifndef NNGS_SAMPLE_HPP
#define NNGS_SAMPLE_HPP

#include <Eigen/Core>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "nngs/detail/base/check.hpp"
#include "nngs/detail/base/random.hpp"
#include "nngs/detail/base/sentence.hpp"
#include "nngs/detail/no_matrix.hpp"
#include "nngs/detail/row_tallies.hpp"
#include "nngs/detail/search/input.hpp"
#include "nngs/detail/search/metric_requirements.hpp"
#include "nngs/error.hpp"
#include "nngs/estimate.hpp"
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
