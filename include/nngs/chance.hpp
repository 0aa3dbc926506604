// SPDX-License-Identifier: MIT
#ifndef NNGS_CHANCE_HPP
#define NNGS_CHANCE_HPP

#include <Eigen/Core>
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <vector>

#include "nngs/detail/base/check.hpp"
#include "nngs/diagnostics.hpp"
#include "nngs/executor.hpp"
#include "nngs/neighbor_graph.hpp"
#include "nngs/similarity.hpp"
#include "nngs/tally.hpp"
#include "nngs/version.hpp"

/// @file
/// What a score is worth: what pairing the rows at random would give. Whatever the two graphs, the number of
/// neighbours o that one item shares at k is then Hypergeometric(n - 1, k, k): k drawn from n - 1 of which k
/// are marked.

namespace nngs {
inline namespace NNGS_VERSION_NAMESPACE {

/// The scores of randomly paired graphs of n items at k.
struct baseline {
  Eigen::Index n;           ///< items
  Eigen::Index k;           ///< neighbours of each
  double jaccard;           ///< E[o / (2k - o)], exact
  double overlap;           ///< E[o / k] = k / (n - 1)
  double jaccard_variance;  ///< of one item's Jaccard
  double overlap_variance;  ///< of one item's o / k
};

namespace detail {

/// Hypergeometric(n - 1, k, k), walked from term to term by their ratio: no factorial, no logarithm.
class shared_by_chance {
 public:
  shared_by_chance(Eigen::Index n, Eigen::Index k)
      : k_(static_cast<double>(k)),
        rest_(static_cast<double>(n - 1 - 2 * k)),
        least_(std::max(0.0, -rest_)),
        mode_(std::clamp(std::floor((k_ + 1) * (k_ + 1) / static_cast<double>(n + 1)), least_, k_)) {}

  double least() const noexcept { return least_; }
  double mode() const noexcept { return mode_; }

  /// Calls use(o, P(o) / P(mode)) for o above the mode, upwards, until there are no more or use says false.
  template <class Use>
  void above(const Use& use) const {
    double weight = 1;
    for (double o = mode_; o < k_; ++o) {
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
  double growth(double o) const noexcept { return (k_ - o) * (k_ - o) / ((o + 1) * (rest_ + o + 1)); }

  double k_, rest_, least_, mode_;
};

/// Mean and variance of the Jaccard of one item. Deviations are taken from the Jaccard at the mode, so that
/// no digits cancel; terms end where they no longer count.
inline void set_jaccard_moments(baseline& result) {
  const shared_by_chance shared(result.n, result.k);
  const auto two_k = static_cast<double>(2 * result.k);
  const double mode = shared.mode();
  double total = 1, first = 0, second = 0;
  const auto add = [&](double o, double weight) {
    const double deviation = two_k * (o - mode) / ((two_k - o) * (two_k - mode));
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
  result.jaccard = mode / (two_k - mode) + shift;
  result.jaccard_variance = std::max(0.0, second / total - shift * shift);
}

}  // namespace detail

/// What random pairing of n items gives at k, right to some 1e-13 of each value. O(sqrt(k)) terms.
/// @throws std::invalid_argument when n < 2 or k is not in [1, n - 1].
inline baseline chance(Eigen::Index n, Eigen::Index k) {
  detail::base::check_items(n);
  detail::base::check_k(k, n);
  const auto others = static_cast<double>(n - 1), left = static_cast<double>(n - 1 - k);
  baseline result{.n = n,
                  .k = k,
                  .jaccard = 0,
                  .overlap = static_cast<double>(k) / others,
                  .jaccard_variance = 0,
                  .overlap_variance = n == 2 ? 0 : left / others * (left / others) / (others - 1)};
  detail::set_jaccard_moments(result);
  return result;
}

/// The same at k = 1 .. depth: element k - 1 is that at k. O(depth^1.5).
/// @throws std::invalid_argument when n < 2 or depth is not in [1, n - 1].
inline std::vector<baseline> chance_curve(Eigen::Index n, Eigen::Index depth) {
  detail::base::check_items(n);
  detail::base::check_k(depth, n);
  std::vector<baseline> curve;
  curve.reserve(static_cast<std::size_t>(depth));
  for (Eigen::Index k = 1; k <= depth; ++k) curve.push_back(chance(n, k));
  return curve;
}

/// P(o or more shared neighbours) of one item under random pairing, for o = 0 .. k: element o. Probabilities
/// below the smallest double are 0. O(k). @throws std::invalid_argument as `chance`.
inline std::vector<double> overlap_tail(Eigen::Index n, Eigen::Index k) {
  detail::base::check_items(n);
  detail::base::check_k(k, n);
  const detail::shared_by_chance shared(n, k);
  std::vector<double> tail(static_cast<std::size_t>(k) + 1, 0);
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

/// The baseline H(k) = k / (2 (n - 1) - k) of Tavares et al., the Jaccard of the expected overlap. It lies
/// below the expected Jaccard, by half at k = 1 and by 5 % at k = 10: for comparison with published curves.
/// @throws std::invalid_argument as `chance`.
inline double paper_baseline(Eigen::Index n, Eigen::Index k) {
  detail::base::check_items(n);
  detail::base::check_k(k, n);
  return static_cast<double>(k) / static_cast<double>(2 * (n - 1) - k);
}

/// A score on the scale where chance is 0 and perfect is 1: (score - expected) / (1 - expected). Below 0 is
/// less alike than chance. 1 where chance is perfect too, as at k = n - 1. Takes any numbers.
inline double adjusted(double score, double expected) noexcept {
  return expected < 1 ? (score - expected) / (1 - expected) : 1;
}

/// The Topological Alignment Spectrum of the paper's second version (2026): NNGS adjusted by
/// `paper_baseline`.
/// @throws std::invalid_argument as `chance`.
inline double alignment_spectrum(double nngs, Eigen::Index n, Eigen::Index k) {
  return adjusted(nngs, paper_baseline(n, k));
}

/// R_NX(k) of Lee, Peluffo-Ordonez and Verleysen (2015): the mean overlap adjusted by its chance, k / (n -
/// 1).
/// @throws std::invalid_argument as `chance`.
inline double r_nx(double mean_overlap, Eigen::Index n, Eigen::Index k) {
  detail::base::check_items(n);
  detail::base::check_k(k, n);
  if (k == n - 1) return 1;
  return (static_cast<double>(n - 1) * mean_overlap - static_cast<double>(k)) /
         static_cast<double>(n - 1 - k);
}

/// A score beside its chance.
struct judged_score {
  score observed;     ///< as compared
  baseline expected;  ///< by random pairing
  double adjusted;    ///< NNGS adjusted by the exact expectation
  double r_nx;        ///< the overlap, adjusted
};

/// A score beside its chance and its spread under random pairing of the two graphs. z is (observed -
/// expected) / sd, and 0 where every pairing gives the same score (sd = 0, as at k = n - 1). The distribution
/// is near normal but for graphs with large hubs: for a p-value take `permutation_test`.
struct tested_score : judged_score {
  double jaccard_sd;  ///< of NNGS, within about 3 %; some 10 % too small with extreme hubs
  double jaccard_z;   ///< of NNGS
  double overlap_sd;  ///< of the mean overlap, exact
  double overlap_z;   ///< of the mean overlap
};

/// A score of n items beside its chance. O(sqrt(k)).
/// @throws std::invalid_argument when n < 2 or k is not in [1, n - 1].
inline judged_score judge(const score& observed, Eigen::Index n) {
  const baseline expected = chance(n, observed.k);
  return {observed, expected, adjusted(observed.jaccard, expected.jaccard),
          r_nx(observed.overlap, n, observed.k)};
}

/// The scores of n items at several k, each judged. O(sqrt(k)) each.
/// @throws std::invalid_argument when n < 2 or a k is not in [1, n - 1].
inline std::vector<judged_score> judge(const std::vector<score>& observed, Eigen::Index n) {
  std::vector<judged_score> judged;
  judged.reserve(observed.size());
  for (const score& one : observed) judged.push_back(judge(one, n));
  return judged;
}

/// The variance of the total overlap, summed over the n items, of two graphs at one k under random pairing
/// (Mantel 1967; Hubert & Schultz 1976): from reciprocity and in-degrees alone, in O(1). Right to some 1e-14
/// of its largest terms: a smaller variance is given as 0.
/// @throws std::invalid_argument for different k and for k not in [1, n - 1].
inline double pairing_variance(const graph_diagnostics& x, const graph_diagnostics& y, Eigen::Index n) {
  detail::base::check_items(n);
  detail::base::check_k(x.k, n);
  if (x.k != y.k)
    throw std::invalid_argument("the diagnostics are at k = " + std::to_string(x.k) + " and k = " +
                                std::to_string(y.k) + ": the variance needs both at the same k");
  // With each edge less its expectation k / (n - 1), every row sums to 0, and what remains of the sums over
  // pairs of edges is: `own`, an edge with itself; `back`, with its return; `into`, with those of its target.
  // All are of the size of the variance: the raw counts, of the size of (n k)^2, would lose its digits.
  struct sums {
    double own, back, into;
    sums(const graph_diagnostics& graph, double n) : into(graph.in_degree_spread) {
      const auto k = static_cast<double>(graph.k);
      own = n * k * ((n - 1 - k) / (n - 1));
      back = own - (n * k - static_cast<double>(graph.returned_edges));
    }
  };
  const auto items = static_cast<double>(n);
  const sums a(x, items), b(y, items);
  const double pairs = items * (items - 1), triples = pairs * (items - 2), fours = triples * (items - 3);
  const auto over = [](double sum, double tuples) { return tuples > 0 ? sum / tuples : 0; };
  const double variance =
      over(a.own * b.own + a.back * b.back, pairs) +
      over(a.own * b.own + (a.into - a.own) * (b.into - b.own) + 2 * a.back * b.back, triples) +
      over((a.own + a.back - a.into) * (b.own + b.back - b.into), fours);
  const double largest =
      std::max({over(a.own * b.own, pairs), over((a.into + a.own) * (b.into + b.own), triples),
                over((a.own + a.into) * (b.own + b.into), fours)});
  return variance > 1e-14 * largest ? variance : 0;
}

/// Standard deviations under random pairing of two graphs at one k.
struct spread {
  double jaccard;  ///< of NNGS, within about 3 %; some 10 % too small with extreme hubs
  double overlap;  ///< of the mean overlap, exact
};

/// Of two graphs from their diagnostics. `expected`: chance at the same n and k (not checked). O(1). @throws
/// std::invalid_argument as `pairing_variance`.
inline spread pairing_spread(const baseline& expected, const graph_diagnostics& x,
                             const graph_diagnostics& y) {
  const auto edges = static_cast<double>(expected.n) * static_cast<double>(x.k);
  const double overlap = std::sqrt(pairing_variance(x, y, expected.n)) / edges;
  if (expected.overlap_variance == 0) return {0, overlap};
  // The graphs widen or narrow both means by nearly the same factor over those of independent items.
  return {overlap * std::sqrt(expected.jaccard_variance / expected.overlap_variance), overlap};
}

namespace detail {

inline tested_score to_tested(const score& observed, const graph_diagnostics& x, const graph_diagnostics& y,
                              Eigen::Index n) {
  const judged_score judged = judge(observed, n);
  const spread sd = pairing_spread(judged.expected, x, y);
  const auto z = [](double value, double mean, double deviation) {
    return deviation > 0 ? (value - mean) / deviation : 0;
  };
  return {judged, sd.jaccard, z(observed.jaccard, judged.expected.jaccard, sd.jaccard), sd.overlap,
          z(observed.overlap, judged.expected.overlap, sd.overlap)};
}

}  // namespace detail

/// The scores of two graphs at k, judged. O(n k) time; memory 8 n k bytes while it runs.
/// @throws std::invalid_argument for graphs of different n and for k not in [1, both depths].
template <executor Executor = threads>
tested_score judge(const neighbor_graph& x, const neighbor_graph& y, Eigen::Index k,
                   const Executor& execute = {}) {
  const score observed = compare(x, y, k, execute);
  return detail::to_tested(observed, diagnose(x, k), diagnose(y, k), x.size());
}

/// The scores of two graphs at k = 1 .. K, the smaller depth, judged in one pass: element k - 1 is that at k.
/// O(n K + K^1.5) time; memory 8 n K bytes while it runs. @throws std::invalid_argument for graphs of
/// different n.
template <executor Executor = threads>
std::vector<tested_score> judge_curve(const neighbor_graph& x, const neighbor_graph& y,
                                      const Executor& execute = {}) {
  const std::vector<score> observed = similarity_curve(x, y, execute);
  const auto depth = static_cast<Eigen::Index>(observed.size());
  const auto x_diagnostics = diagnostics_curve(x, depth), y_diagnostics = diagnostics_curve(y, depth);
  std::vector<tested_score> tested;
  tested.reserve(observed.size());
  for (std::size_t i = 0; i < observed.size(); ++i)
    tested.push_back(detail::to_tested(observed[i], x_diagnostics[i], y_diagnostics[i], x.size()));
  return tested;
}

namespace detail {

/// Calls use(score) for every k < n - 1: at n - 1 all scores are 1 and tell nothing.
template <class Judged, class Use>
void for_each_below_last(const std::vector<Judged>& curve, const Use& use) {
  bool none = true;
  for (const Judged& one : curve) {
    if (one.expected.k == one.expected.n - 1) continue;
    use(one);
    none = false;
  }
  if (none)
    throw std::invalid_argument("the curve of " + std::to_string(curve.size()) +
                                " scores has none at a k below n - 1: give more k or more items");
}

}  // namespace detail

/// The area under a judged curve with k on a logarithmic scale, AUC_lnk of Lee et al. (2015): sum of value /
/// k over sum of 1 / k, for the k < n - 1 of the curve. `value`: &judged_score::adjusted or
/// &judged_score::r_nx. Comparable only between curves over the same k. O(size). @throws
/// std::invalid_argument for no k below n - 1.
template <class Judged>
double log_area(const std::vector<Judged>& curve, std::type_identity_t<double Judged::*> value) {
  double sum = 0, weights = 0;
  detail::for_each_below_last(curve, [&](const Judged& one) {
    const auto k = static_cast<double>(one.expected.k);
    sum += one.*value / k;
    weights += 1 / k;
  });
  return sum / weights;
}

/// The k < n - 1 at which a judged curve is highest, the smallest of several. `value`:
/// &judged_score::adjusted, &tested_score::overlap_z, ... O(size). @throws std::invalid_argument for no k
/// below n - 1.
template <class Judged>
Eigen::Index peak(const std::vector<Judged>& curve, std::type_identity_t<double Judged::*> value) {
  const Judged* highest = nullptr;
  detail::for_each_below_last(curve, [&](const Judged& one) {
    if (highest == nullptr || one.*value > highest->*value) highest = &one;
  });
  return highest->expected.k;
}

}  // namespace NNGS_VERSION_NAMESPACE
}  // namespace nngs

#endif
