// SPDX-License-Identifier: MIT
#ifndef NNGS_PERMUTATION_HPP
#define NNGS_PERMUTATION_HPP

#include <Eigen/Core>
#include <cstdint>
#include <limits>
#include <vector>

#include "nngs/chance.hpp"
#include "nngs/detail/base/sentence.hpp"
#include "nngs/detail/check_graphs.hpp"
#include "nngs/detail/judge/permuted_scores.hpp"
#include "nngs/diagnostics.hpp"
#include "nngs/error.hpp"
#include "nngs/executor.hpp"
#include "nngs/judge.hpp"
#include "nngs/neighbor_graph.hpp"
#include "nngs/version.hpp"

/// @file
/// Permutation tests over the pairing of two graphs, for many k at once.

namespace nngs {
inline namespace NNGS_VERSION_NAMESPACE {

/// How to permute.
struct permutations {
  Eigen::Index count = 999;  ///< in [1, 2^32); p is no smaller than 1 / (count + 1)
  std::uint64_t seed = 0;    ///< the same seed, the same permutations, everywhere
  /// The k to test, each in [1, both depths]; none = every k = 1 .. K, the smaller depth.
  std::vector<Eigen::Index> k = {};
  /// One label for each item: only items of the same label change places, which asks for agreement beyond
  /// what the groups explain. None = all items may change places.
  std::vector<Eigen::Index> groups = {};
};

/// One score at one k, against the permuted ones.
struct permuted_score {
  Eigen::Index k;   ///< neighbours of each item
  double observed;  ///< of the pairing as given
  double expected;  ///< under permutation
  double sd;        ///< under permutation
  double z;         ///< (observed - expected) / sd; 0 where every permutation gives the same score
  double p;         ///< (1 + permutations that score at least as high) / (1 + permutations)

  friend bool operator==(const permuted_score&, const permuted_score&) = default;
};

/// One score at every k asked for, ascending.
struct permuted_curve {
  std::vector<permuted_score> scores;  ///< one for each k
  double p;                            ///< for the whole curve: holds for the best of all these k

  friend bool operator==(const permuted_curve&, const permuted_curve&) = default;
};

/// Both scores under the same permutations.
struct permutation_result {
  permuted_curve jaccard;  ///< NNGS
  permuted_curve overlap;  ///< mean o / k

  friend bool operator==(const permutation_result&, const permutation_result&) = default;
};

namespace detail {

inline void check_permutations(Eigen::Index count) {
  if (count < 1 || count > std::numeric_limits<std::uint32_t>::max())
    throw input_error(detail::base::sentence({"a test of ", count, " permutations: give 1 .. 2^32 - 1"}));
}

/// Expectation and spread of the mean overlap at each k when all items may change places.
template <executor Executor>
std::vector<expected_score> closed_form(const neighbor_graph& x, const neighbor_graph& y,
                                        const std::vector<Eigen::Index>& ks, const Executor& execute) {
  const auto of_x = diagnostics_curve(x, ks.back(), execute), of_y = diagnostics_curve(y, ks.back(), execute);
  std::vector<expected_score> overlap;
  for (const Eigen::Index k : ks) {
    const auto at = static_cast<std::size_t>(k) - 1;
    overlap.push_back({chance(x.size(), k).overlap, overlap_sd(of_x[at], of_y[at], x.size())});
  }
  return overlap;
}

inline permuted_curve to_curve(const std::vector<Eigen::Index>& ks, const tested_table& tested) {
  permuted_curve curve{{}, tested.p};
  for (std::size_t at = 0; at < ks.size(); ++at) {
    const tested_column& one = tested.columns[at];
    curve.scores.push_back({ks[at], one.observed, one.expected, one.sd, one.z, one.p});
  }
  return curve;
}

}  // namespace detail

/// Could the score of two graphs come from pairing their items at random? The graphs stay as they are, only
/// the pairing changes. Under the null hypothesis p <= a with probability at most a: at each k (`p` of a
/// score), and for the highest z over all k (`p` of the curve; Westfall & Young 1993). z is measured with the
/// mean and standard deviation of the permutations, and is no more than rough if they are few. That of the
/// overlap without groups is exact (judge.hpp).
/// Time O(n K) a permutation, no distances; memory 16 bytes for each permutation and k, and for each thread
/// 8 n + 2 K^2 bytes. The same bits for any executor.
/// @throws input_error for graphs of different n, a k not in [1, both depths], a count not in
///   [1, 2^32), and for groups that are not one label for each item or leave nothing to permute.
template <executor Executor = threads>
permutation_result permutation_test(const neighbor_graph& x, const neighbor_graph& y,
                                    const permutations& options = {}, const Executor& execute = {}) {
  detail::check_graphs(x, y);
  detail::check_permutations(options.count);
  const std::vector<Eigen::Index> ks = detail::ascending_ks(x, y, options.k);
  const detail::pairing pairs(x.size(), options.groups);
  const detail::permuted_scores scores =
      detail::score_permutations(x, y, ks, pairs, options.count, options.seed, execute);
  const detail::tested_table overlap =
      pairs.in_groups() ? detail::test_table_by_moments(scores.overlap)
                        : detail::test_table(scores.overlap, detail::closed_form(x, y, ks, execute));
  return {detail::to_curve(ks, detail::test_table_by_moments(scores.jaccard)), detail::to_curve(ks, overlap)};
}

}  // namespace NNGS_VERSION_NAMESPACE
}  // namespace nngs

#endif
