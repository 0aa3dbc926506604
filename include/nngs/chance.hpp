// SPDX-License-Identifier: MIT
#ifndef NNGS_CHANCE_HPP
#define NNGS_CHANCE_HPP

#include <Eigen/Core>
#include <cstddef>
#include <string>
#include <vector>

#include "nngs/detail/base/check.hpp"
#include "nngs/detail/base/sentence.hpp"
#include "nngs/detail/judge/hypergeometric.hpp"
#include "nngs/error.hpp"
#include "nngs/version.hpp"

/// @file
/// What pairing the rows at random gives. Whatever the two graphs, the number of neighbours o that one item
/// shares at k is then Hypergeometric(n - 1, k, k): k drawn from n - 1 of which k are marked.

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

/// What random pairing of n items gives at k, right to some 1e-13 of each value. O(sqrt(k)) terms.
/// @throws input_error when n < 2 and when k is not in [1, n - 1].
inline baseline chance(Eigen::Index n, Eigen::Index k) {
  detail::base::check_items(n);
  detail::base::check_k(k, n);
  const auto others = static_cast<double>(n - 1), left = static_cast<double>(n - 1 - k);
  const detail::moments jaccard = detail::jaccard_by_chance(n, k, k);
  return {.n = n,
          .k = k,
          .jaccard = jaccard.mean,
          .overlap = static_cast<double>(k) / others,
          .jaccard_variance = jaccard.variance,
          .overlap_variance = n == 2 ? 0 : left / others * (left / others) / (others - 1)};
}

/// The same at k = 1 .. depth: element k - 1 is that at k. O(depth^1.5).
/// @throws input_error when n < 2 and when depth is not in [1, n - 1].
inline std::vector<baseline> chance_curve(Eigen::Index n, Eigen::Index depth) {
  detail::base::check_items(n);
  detail::base::check_k(depth, n);
  std::vector<baseline> curve;
  curve.reserve(static_cast<std::size_t>(depth));
  for (Eigen::Index k = 1; k <= depth; ++k) curve.push_back(chance(n, k));
  return curve;
}

/// P(o or more shared neighbours) of one item under random pairing, for o = 0 .. k: element o. Probabilities
/// below the smallest double are 0. O(k).
/// @throws input_error when n < 2 and when k is not in [1, n - 1].
inline std::vector<double> overlap_tail(Eigen::Index n, Eigen::Index k) {
  detail::base::check_items(n);
  detail::base::check_k(k, n);
  return detail::tail_by_chance(n, k, k);
}

namespace detail {

/// Numbers of neighbours that one item can have in two lists of different lengths.
inline void check_sizes(Eigen::Index n, Eigen::Index x, Eigen::Index y) {
  base::check_items(n);
  for (const Eigen::Index size : {x, y})
    if (size < 0 || size > n - 1)
      throw input_error(detail::base::sentence(
          {size, " neighbours are not in [0, n - 1] = [0, ", n - 1, "] for n = ", n, " items"}));
}

}  // namespace detail

/// E[o / (x + y - o)] of one item that has x neighbours in one list and y in another, as lists with missing
/// neighbours have them: o is then Hypergeometric(n - 1, x, y). `chance` is the case x = y = k. O(sqrt(x)).
/// @throws input_error when n < 2, when x or y is not in [0, n - 1], and when both are 0.
inline double expected_jaccard(Eigen::Index n, Eigen::Index x, Eigen::Index y) {
  detail::check_sizes(n, x, y);
  if (x == 0 && y == 0)
    throw input_error("an item with no neighbours in either list has no Jaccard similarity");
  return detail::jaccard_by_chance(n, x, y).mean;
}

/// P(o or more shared neighbours) of such an item, for o = 0 .. the smaller of x and y: element o.
/// @throws input_error when n < 2 and when x or y is not in [0, n - 1].
inline std::vector<double> overlap_tail(Eigen::Index n, Eigen::Index x, Eigen::Index y) {
  detail::check_sizes(n, x, y);
  return detail::tail_by_chance(n, x, y);
}

/// The baseline H(k) = k / (2 (n - 1) - k) of Tavares et al., the Jaccard of the expected overlap. It lies
/// below the expected Jaccard, by half at k = 1 and by 5 % at k = 10: for comparison with published curves.
/// @throws input_error when n < 2 and when k is not in [1, n - 1].
inline double paper_baseline(Eigen::Index n, Eigen::Index k) {
  detail::base::check_items(n);
  detail::base::check_k(k, n);
  return static_cast<double>(k) / static_cast<double>(2 * (n - 1) - k);
}

/// A score on the scale where chance is 0 and perfect is 1: (score - expected) / (1 - expected). Below 0 is
/// less alike than chance. 1 where chance is perfect too, at k = n - 1. Takes any numbers.
inline double adjusted(double score, double expected) noexcept {
  return expected < 1 ? (score - expected) / (1 - expected) : 1;
}

/// The Topological Alignment Spectrum of the paper's second version (2026): NNGS adjusted by
/// `paper_baseline`.
/// @throws input_error when n < 2 and when k is not in [1, n - 1].
inline double alignment_spectrum(double nngs, Eigen::Index n, Eigen::Index k) {
  return adjusted(nngs, paper_baseline(n, k));
}

/// R_NX(k) of Lee, Peluffo-Ordonez and Verleysen (2015): the mean overlap adjusted by its chance, k / (n -
/// 1).
/// @throws input_error when n < 2 and when k is not in [1, n - 1].
inline double r_nx(double mean_overlap, Eigen::Index n, Eigen::Index k) {
  detail::base::check_items(n);
  detail::base::check_k(k, n);
  if (k == n - 1) return 1;
  return (static_cast<double>(n - 1) * mean_overlap - static_cast<double>(k)) /
         static_cast<double>(n - 1 - k);
}

}  // namespace NNGS_VERSION_NAMESPACE
}  // namespace nngs

#endif
