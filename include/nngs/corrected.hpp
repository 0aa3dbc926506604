// SPDX-License-Identifier: MIT
#ifndef NNGS_CORRECTED_HPP
#define NNGS_CORRECTED_HPP

#include <Eigen/Core>
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "nngs/detail/base/exact_sum.hpp"
#include "nngs/detail/base/function_ref.hpp"
#include "nngs/detail/base/sentence.hpp"
#include "nngs/detail/check_graphs.hpp"
#include "nngs/detail/judge/interval.hpp"
#include "nngs/detail/no_matrix.hpp"
#include "nngs/detail/overlap_counter.hpp"
#include "nngs/detail/row_tallies.hpp"
#include "nngs/detail/search/input.hpp"
#include "nngs/detail/search/metric_requirements.hpp"
#include "nngs/error.hpp"
#include "nngs/estimate.hpp"
#include "nngs/executor.hpp"
#include "nngs/metric.hpp"
#include "nngs/neighbor_graph.hpp"
#include "nngs/overlap_tally.hpp"
#include "nngs/sample.hpp"
#include "nngs/similarity.hpp"
#include "nngs/version.hpp"

/// @file
/// Scores from lists of an approximate search, corrected by an exact search of some rows. Lists that miss
/// neighbours share fewer of them, or more where the same are missed in both spaces: their score is off by an
/// amount that they cannot tell. With f what an item scores by the lists found, and y by exact lists,
///
///     mean of f over all n items + mean of (y - f) over the m rows searched
///
/// is unbiased for the mean of y, whatever the lists are, and its variance (1 - m / n) S^2 / m is that of the
/// differences alone (the difference estimator; Cassel, Saerndal & Wretman 1976). The better the lists, the
/// less the differences vary: the error is some 3 times smaller than that of `sample_similarity` at a recall
/// of 0.98, and 1.7 times at 0.94. Lists worse than chance cost precision, never correctness.

namespace nngs {
inline namespace NNGS_VERSION_NAMESPACE {

/// The scores that exact lists have at one k, as approximate ones and an exact search of some rows tell them.
struct corrected_score {
  Eigen::Index k;     ///< neighbours of each item
  Eigen::Index rows;  ///< searched exactly
  estimate jaccard;   ///< NNGS; unbiased, so that next to 0 or 1 the value can lie a little beyond
  estimate overlap;   ///< mean o / k; likewise
  estimate recall_x;  ///< mean share of an item's k exact neighbours that are among the k found for it, in x
  estimate recall_y;  ///< in y
  estimate changed;   ///< share of the items that have another score by exact lists, in [0, 1]. Where no row
                      ///< searched has, all that is known is the upper end: 3 / rows at a confidence of 0.95
  score uncorrected;  ///< of the lists as they were found, of all n items
  Eigen::Index tied_items;        ///< among the rows searched, in either matrix
  Eigen::Index tied_in_both = 0;  ///< among the rows searched, in both

  friend bool operator==(const corrected_score&, const corrected_score&) = default;
};

namespace detail {

/// What the exact lists of some rows say of those found for them, at one k. Sums are exact, so that no order
/// of the rows changes a bit.
class correction {
 public:
  explicit correction(Eigen::Index k) : found_(k), exact_(k), recall_x_(k), recall_y_(k) {}

  /// Counts a row by the neighbours that its lists share: those found for x and y, the exact ones of x and y,
  /// and both of x and both of y.
  void add(Eigen::Index found, Eigen::Index exact, Eigen::Index both_x, Eigen::Index both_y, bool tied_x,
           bool tied_y) noexcept {
    found_.add(found, false, false);
    exact_.add(exact, tied_x, tied_y);
    recall_x_.add(both_x, false, false);
    recall_y_.add(both_y, false, false);
    changed_ += found != exact;
    const double difference = jaccard(exact, exact_.k()) - jaccard(found, exact_.k());
    jaccard_squares_.add(difference * difference);
    const auto more = static_cast<std::uint64_t>(std::max(exact, found) - std::min(exact, found));
    shared_squares_.add(more * more);
  }

  /// `all`: of the lists found, for all n items.
  corrected_score correct(const overlap_tally& all, Eigen::Index n, const sample_interval& interval) const {
    const auto k = static_cast<double>(exact_.k());
    const double changed = static_cast<double>(changed_) / static_cast<double>(rows());
    return {.k = exact_.k(),
            .rows = rows(),
            .jaccard = corrected(all.mean_jaccard(), found_.mean_jaccard(), exact_.mean_jaccard(),
                                 jaccard_squares_.value(), n, interval),
            .overlap = corrected(all.mean_overlap(), found_.mean_overlap(), exact_.mean_overlap(),
                                 shared_squares_.value() / k / k, n, interval),
            .recall_x = to_estimate(recall_x_.mean_overlap(), recall_x_.overlap_variance(), n, interval),
            .recall_y = to_estimate(recall_y_.mean_overlap(), recall_y_.overlap_variance(), n, interval),
            .changed = to_estimate(changed, variance(changed, static_cast<double>(changed_)), n, interval),
            .uncorrected = to_score(all),
            .tied_items = exact_.tied_items(),
            .tied_in_both = exact_.tied_in_both()};
  }

 private:
  Eigen::Index rows() const noexcept { return exact_.items(); }

  /// Of values that have this mean and sum of squares.
  double variance(double mean, double squares) const noexcept {
    const auto m = static_cast<double>(rows());
    return std::max(0.0, squares - m * mean * mean) / (m - 1);
  }

  estimate corrected(double all, double found, double exact, double squares, Eigen::Index n,
                     const sample_interval& interval) const {
    const double difference = exact - found, value = all + difference;
    const double spread = variance(difference, squares);
    const auto [lower, upper] = interval.of_differences(difference, spread, changed_);
    // The rows searched are certain, and each of the others scores between 0 and 1.
    const double searched = static_cast<double>(rows()) / static_cast<double>(n), least = exact * searched;
    return {.value = value,
            .standard_error = std::sqrt(spread * (1 - searched) / static_cast<double>(rows())),
            .lower = std::min(value, std::max(all + lower, least)),
            .upper = std::max(value, std::min(all + upper, least + (1 - searched)))};
  }

  overlap_tally found_, exact_, recall_x_, recall_y_;
  base::unit_sum jaccard_squares_;  // of differences
  base::whole_sum shared_squares_;  // of differences
  Eigen::Index changed_ = 0;
};

/// What the exact lists of each row say of those found for it, at k = 1, 2, .. as far as they go.
inline void add_row(std::vector<correction>& corrections, overlap_counter& counter,
                    const neighbor_graph& found_x, const neighbor_graph& found_y, Eigen::Index row,
                    const neighbor_graph& exact_x, const neighbor_graph& exact_y, Eigen::Index place) {
  const auto depth = static_cast<Eigen::Index>(corrections.size());
  const auto shared = [&](std::span<const std::uint32_t> a, std::span<const std::uint32_t> b) {
    const auto counts = counter.shared_at_every_k(a, b);
    return std::vector<Eigen::Index>(counts.begin(), counts.end());
  };
  const auto near_x = found_x.neighbors(row, depth), near_y = found_y.neighbors(row, depth);
  const auto found = shared(near_x, near_y),
             exact = shared(exact_x.neighbors(place), exact_y.neighbors(place));
  const auto both_x = shared(near_x, exact_x.neighbors(place)),
             both_y = shared(near_y, exact_y.neighbors(place));
  for (std::size_t i = 0; i < corrections.size(); ++i) {
    const auto k = static_cast<Eigen::Index>(i) + 1;
    corrections[i].add(found[i], exact[i], both_x[i], both_y[i], exact_x.tied(place, k),
                       exact_y.tied(place, k));
  }
}

/// The tallies of all items at k = 1 .. depth, of graphs that may be deeper.
inline std::vector<overlap_tally> tally_all(const neighbor_graph& x, const neighbor_graph& y,
                                            Eigen::Index depth, base::executor_ref execute) {
  return sum_blocks(empty_tallies(depth), execute, 0, x.size(), items_per_block(depth),
                    [&](Eigen::Index first, Eigen::Index last, std::vector<overlap_tally>& part) {
                      overlap_counter counter(x.size());
                      for (Eigen::Index item = first; item < last; ++item)
                        add_item(part, counter, x, y, item);
                    });
}

/// `rows`: different, ascending, 2 or more.
template <class X, class Y, class SearchX, class SearchY, executor Executor>
std::vector<corrected_score> correct_by_rows(const Eigen::MatrixBase<X>& x, const Eigen::MatrixBase<Y>& y,
                                             const neighbor_graph& found_x, const neighbor_graph& found_y,
                                             std::span<const Eigen::Index> rows, Eigen::Index depth,
                                             const SearchX& search_x, const SearchY& search_y,
                                             double confidence, const Executor& execute) {
  const std::vector<correction> corrections =
      with_lists_of_rows(x, y, rows, depth, search_x, search_y, execute,
                         [&](overlap_counter& counter, const auto& exact_x, const auto& exact_y) {
                           std::vector<correction> sums;
                           for (Eigen::Index k = 1; k <= depth; ++k) sums.emplace_back(k);
                           for (std::size_t place = 0; place < rows.size(); ++place)
                             add_row(sums, counter, found_x, found_y, rows[place], exact_x, exact_y,
                                     static_cast<Eigen::Index>(place));
                           return sums;
                         });
  const std::vector<overlap_tally> all = tally_all(found_x, found_y, depth, execute);
  const Eigen::Index n = found_x.size();
  const sample_interval interval(static_cast<Eigen::Index>(rows.size()), n, confidence);
  std::vector<corrected_score> curve;
  for (std::size_t i = 0; i < corrections.size(); ++i)
    curve.push_back(corrections[i].correct(all[i], n, interval));
  return curve;
}

}  // namespace detail

/// The scores of two matrices at k = 1 .. depth (element k - 1 is that at k), from the neighbour lists that
/// an approximate search found for all n items, corrected by an exact search of a random sample of rows.
/// `found_x`, `found_y`: the lists, of the same items in the same order, with `depth` neighbours or more.
/// `metric_x`, `metric_y`: a metric for each, that by which the lists were searched. The interval holds the
/// score of exact lists; where few of the rows searched are changed, it allows for the changed ones that a
/// sample can miss. What is exact among equally near neighbours is told by the tie order of the matrix, so
/// that lists which broke ties in another way count as changed. Time O(rows n d + n depth), memory 5 bytes
/// for each row and k and 4 n bytes a thread.
/// @throws input_error for graphs of another size than the matrices, for a depth not in [1, both depths], for
///   a sample of fewer than 2 rows or more than n, a confidence not in (0, 1), and where build_graph does; it
///   names the matrix, x or y.
template <class X, class Y, class MetricX, class MetricY, executor Executor = threads>
std::vector<corrected_score> corrected_similarity_curve(const Eigen::MatrixBase<X>& x,
                                                        const Eigen::MatrixBase<Y>& y,
                                                        const neighbor_graph& found_x,
                                                        const neighbor_graph& found_y, Eigen::Index depth,
                                                        const MetricX& metric_x, const MetricY& metric_y,
                                                        const sample& which, const Executor& execute = {}) {
  detail::search::require_metric<detail::search::metric_in<MetricX>>();
  detail::search::require_metric<detail::search::metric_in<MetricY>>();
  detail::search::check_sizes(x, y, depth);
  detail::check_graphs(found_x, found_y, depth);
  if (found_x.size() != x.rows())
    throw input_error(
        detail::base::sentence({"the lists are of ", found_x.size(), " items and the matrices of ", x.rows(),
                                ": both need the same items, in the same order"}));
  detail::check_sample(which.rows, x.rows(), which.confidence);
  const std::vector<Eigen::Index> rows = sample_rows(x.rows(), which.rows, which.seed);
  return detail::correct_by_rows(x, y, found_x, found_y, rows, depth, metric_x, metric_y, which.confidence,
                                 execute);
}
/// The same metric for both.
template <class X, class Y, class Metric, executor Executor = threads>
std::vector<corrected_score> corrected_similarity_curve(const Eigen::MatrixBase<X>& x,
                                                        const Eigen::MatrixBase<Y>& y,
                                                        const neighbor_graph& found_x,
                                                        const neighbor_graph& found_y, Eigen::Index depth,
                                                        const Metric& metric, const sample& which,
                                                        const Executor& execute = {}) {
  return corrected_similarity_curve(x, y, found_x, found_y, depth, metric, metric, which, execute);
}
/// Euclidean.
template <class X, class Y, executor Executor = threads>
std::vector<corrected_score> corrected_similarity_curve(const Eigen::MatrixBase<X>& x,
                                                        const Eigen::MatrixBase<Y>& y,
                                                        const neighbor_graph& found_x,
                                                        const neighbor_graph& found_y, Eigen::Index depth,
                                                        const sample& which, const Executor& execute = {}) {
  return corrected_similarity_curve(x, y, found_x, found_y, depth, euclidean{}, euclidean{}, which, execute);
}

/// The scores at one k. Arguments, cost and errors are those of `corrected_similarity_curve`.
template <class X, class Y, class MetricX, class MetricY, executor Executor = threads>
corrected_score corrected_similarity(const Eigen::MatrixBase<X>& x, const Eigen::MatrixBase<Y>& y,
                                     const neighbor_graph& found_x, const neighbor_graph& found_y,
                                     Eigen::Index k, const MetricX& metric_x, const MetricY& metric_y,
                                     const sample& which, const Executor& execute = {}) {
  return corrected_similarity_curve(x, y, found_x, found_y, k, metric_x, metric_y, which, execute).back();
}
/// The same metric for both.
template <class X, class Y, class Metric, executor Executor = threads>
corrected_score corrected_similarity(const Eigen::MatrixBase<X>& x, const Eigen::MatrixBase<Y>& y,
                                     const neighbor_graph& found_x, const neighbor_graph& found_y,
                                     Eigen::Index k, const Metric& metric, const sample& which,
                                     const Executor& execute = {}) {
  return corrected_similarity(x, y, found_x, found_y, k, metric, metric, which, execute);
}
/// Euclidean.
template <class X, class Y, executor Executor = threads>
corrected_score corrected_similarity(const Eigen::MatrixBase<X>& x, const Eigen::MatrixBase<Y>& y,
                                     const neighbor_graph& found_x, const neighbor_graph& found_y,
                                     Eigen::Index k, const sample& which, const Executor& execute = {}) {
  return corrected_similarity(x, y, found_x, found_y, k, euclidean{}, euclidean{}, which, execute);
}

}  // namespace NNGS_VERSION_NAMESPACE
}  // namespace nngs

#endif
