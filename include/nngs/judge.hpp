// SPDX-License-Identifier: MIT
#ifndef NNGS_JUDGE_HPP
#define NNGS_JUDGE_HPP

#include <Eigen/Core>
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <type_traits>
#include <vector>

#include "nngs/chance.hpp"
#include "nngs/detail/base/check.hpp"
#include "nngs/detail/base/sentence.hpp"
#include "nngs/detail/judge/pairing_variance.hpp"
#include "nngs/diagnostics.hpp"
#include "nngs/error.hpp"
#include "nngs/executor.hpp"
#include "nngs/neighbor_graph.hpp"
#include "nngs/similarity.hpp"
#include "nngs/version.hpp"

/// @file
/// What a score is worth: beside chance, in standard deviations, and a whole curve in one number.

namespace nngs {
inline namespace NNGS_VERSION_NAMESPACE {

/// A score beside its chance.
struct judged_score {
  score observed;     ///< the score itself
  baseline expected;  ///< by random pairing
  double adjusted;    ///< NNGS adjusted by the exact expectation
  double r_nx;        ///< the overlap, adjusted
};

/// A score beside its chance and the spread of the overlap under random pairing of the two graphs. z is
/// (observed - expected) / sd, and 0 where every pairing gives the same score (sd = 0, at k = n - 1 for one).
/// The distribution is near normal but for graphs with large hubs or few large clusters: for a p-value take
/// `permutation_test`.
///
/// There is no z of NNGS. Its spread has no such closed form: with few clusters and k near their size the
/// items of a cluster share more, or less, together, and the bend of o / (2k - o) adds up. NNGS and the
/// overlap rise and fall together (correlation 0.998 and more over the pairings of all graphs tried): this z
/// judges both.
struct tested_score {
  score observed;     ///< the score itself
  baseline expected;  ///< by random pairing
  double adjusted;    ///< NNGS adjusted by the exact expectation
  double r_nx;        ///< the overlap, adjusted
  double overlap_sd;  ///< of the mean overlap, exact
  double overlap_z;   ///< of the mean overlap
};

/// The variance of the total overlap, summed over the n items, of two graphs at one k under random pairing
/// (Mantel 1967; Hubert & Schultz 1976): from reciprocity and in-degrees alone, in O(1). Right to some 1e-14
/// of its largest terms: a smaller variance is given as 0.
/// @throws input_error for different k and for k not in [1, n - 1].
inline double pairing_variance(const graph_diagnostics& x, const graph_diagnostics& y, Eigen::Index n) {
  detail::base::check_items(n);
  detail::base::check_k(x.k, n);
  if (x.k != y.k)
    throw input_error(detail::base::sentence(
        {"the diagnostics are at k = ", x.k, " and k = ", y.k, ": the variance needs both at the same k"}));
  const auto items = static_cast<double>(n), k = static_cast<double>(x.k);
  return detail::pairing_variance({items, k, x.returned_edges, x.in_degree_spread},
                                  {items, k, y.returned_edges, y.in_degree_spread}, items);
}

namespace detail {

/// The standard deviation of the mean overlap o / k under random pairing.
inline double overlap_sd(const graph_diagnostics& x, const graph_diagnostics& y, Eigen::Index n) {
  return std::sqrt(pairing_variance(x, y, n)) / (static_cast<double>(n) * static_cast<double>(x.k));
}

/// A score beside a chance that is known already: that of its n and k.
inline judged_score judge_beside(const score& observed, const baseline& expected) {
  return {.observed = observed,
          .expected = expected,
          .adjusted = adjusted(observed.jaccard, expected.jaccard),
          .r_nx = r_nx(observed.overlap, expected.n, expected.k)};
}

/// The same with the spread of graphs that have these diagnostics.
inline tested_score judge_beside(const score& observed, const baseline& expected, const graph_diagnostics& x,
                                 const graph_diagnostics& y) {
  const judged_score judged = judge_beside(observed, expected);
  const double sd = overlap_sd(x, y, expected.n);
  return {.observed = observed,
          .expected = expected,
          .adjusted = judged.adjusted,
          .r_nx = judged.r_nx,
          .overlap_sd = sd,
          .overlap_z = sd > 0 ? (observed.overlap - expected.overlap) / sd : 0};
}

}  // namespace detail

/// A score of n items beside its chance. O(sqrt(k)).
/// @throws input_error when n < 2 and when k is not in [1, n - 1].
inline judged_score judge(const score& observed, Eigen::Index n) {
  return detail::judge_beside(observed, chance(n, observed.k));
}

/// The scores of n items at several k, each judged. O(sqrt(k)) each.
/// @throws input_error when n < 2 and when a k is not in [1, n - 1].
inline std::vector<judged_score> judge_curve(const std::vector<score>& observed, Eigen::Index n) {
  std::vector<judged_score> judged;
  judged.reserve(observed.size());
  for (const score& one : observed) judged.push_back(judge(one, n));
  return judged;
}

/// A score of n items whose two graphs have these diagnostics at its k. O(sqrt(k)).
/// @throws input_error when n < 2, when k is not in [1, n - 1], and for diagnostics at different k.
inline tested_score judge(const score& observed, const graph_diagnostics& x, const graph_diagnostics& y,
                          Eigen::Index n) {
  return detail::judge_beside(observed, chance(n, observed.k), x, y);
}

/// The scores of two graphs at k, judged. Time O(n k); memory 8 n k bytes while it runs.
/// @throws input_error for graphs of different n and for k not in [1, both depths].
template <executor Executor = threads>
tested_score judge(const neighbor_graph& x, const neighbor_graph& y, Eigen::Index k,
                   const Executor& execute = {}) {
  const score observed = compare(x, y, k, execute);
  return judge(observed, diagnostics(x, k, execute), diagnostics(y, k, execute), x.size());
}

/// The scores of two graphs at k = 1 .. K, the smaller depth, judged in one pass: element k - 1 is that at k.
/// Time O(n K + K^1.5); memory 8 n K bytes while it runs.
/// @throws input_error for graphs of different n.
template <executor Executor = threads>
std::vector<tested_score> judge_curve(const neighbor_graph& x, const neighbor_graph& y,
                                      const Executor& execute = {}) {
  const std::vector<score> observed = similarity_curve(x, y, execute);
  const auto depth = static_cast<Eigen::Index>(observed.size());
  const auto of_x = diagnostics_curve(x, depth, execute), of_y = diagnostics_curve(y, depth, execute);
  std::vector<tested_score> tested;
  tested.reserve(observed.size());
  for (std::size_t i = 0; i < observed.size(); ++i)
    tested.push_back(judge(observed[i], of_x[i], of_y[i], x.size()));
  return tested;
}

namespace detail {

/// The scores of a judged curve at k < n - 1: at n - 1 all scores are 1 and tell nothing.
template <class Judged>
std::vector<Judged> below_last(std::vector<Judged> curve) {
  const std::size_t given = curve.size();
  std::erase_if(curve, [](const Judged& one) { return one.expected.k == one.expected.n - 1; });
  if (curve.empty())
    throw input_error(detail::base::sentence(
        {"the curve of ", given, " scores has none at a k below n - 1: give more k or more items"}));
  return curve;
}

}  // namespace detail

/// The area under a judged curve with k on a logarithmic scale, AUC_lnk of Lee et al. (2015): sum of value /
/// k over sum of 1 / k, for the k < n - 1 of the curve. `value`: &tested_score::adjusted or
/// &tested_score::r_nx. Comparable only between curves over the same k. O(size).
/// @throws input_error for no k below n - 1.
template <class Judged>
double log_area(const std::vector<Judged>& curve, std::type_identity_t<double Judged::*> value) {
  double sum = 0, weights = 0;
  for (const Judged& one : detail::below_last(curve)) {
    const auto k = static_cast<double>(one.expected.k);
    sum += one.*value / k;
    weights += 1 / k;
  }
  return sum / weights;
}

/// The k < n - 1 at which a judged curve is highest, the smallest of several. `value`:
/// &tested_score::adjusted, &tested_score::overlap_z, ... O(size).
/// @throws input_error for no k below n - 1.
template <class Judged>
Eigen::Index peak(const std::vector<Judged>& curve, std::type_identity_t<double Judged::*> value) {
  const std::vector<Judged> below = detail::below_last(curve);
  const auto less = [&](const Judged& a, const Judged& b) { return a.*value < b.*value; };
  return std::max_element(below.begin(), below.end(), less)->expected.k;
}

}  // namespace NNGS_VERSION_NAMESPACE
}  // namespace nngs

#endif
