// SPDX-License-Identifier: MIT
#ifndef NNGS_PERMUTATION_MATRIX_HPP
#define NNGS_PERMUTATION_MATRIX_HPP

#include <Eigen/Core>
#include <algorithm>
#include <cstddef>
#include <limits>
#include <numeric>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "nngs/chance.hpp"
#include "nngs/detail/base/function_ref.hpp"
#include "nngs/detail/base/sentence.hpp"
#include "nngs/detail/judge/permuted_scores.hpp"
#include "nngs/detail/judge/permuted_spaces.hpp"
#include "nngs/detail/space_pairs.hpp"
#include "nngs/diagnostics.hpp"
#include "nngs/error.hpp"
#include "nngs/executor.hpp"
#include "nngs/judge.hpp"
#include "nngs/neighbor_graph.hpp"
#include "nngs/permutation.hpp"
#include "nngs/version.hpp"

/// @file
/// Permutation tests of all pairs of many spaces, and of the best of them.

namespace nngs {
inline namespace NNGS_VERSION_NAMESPACE {

/// A pair of spaces at one k.
struct matrix_place {
  Eigen::Index row;     ///< its space, counted from 0
  Eigen::Index column;  ///< its space, counted from 0 among those of the columns
  Eigen::Index k;       ///< neighbours of each item

  friend bool operator==(const matrix_place&, const matrix_place&) = default;
};

/// One score of every pair of spaces, against the permuted ones.
class permuted_matrix {
 public:
  /// One pair at one k. `p` there is that of this pair alone, chosen beforehand.
  /// @throws input_error for a pair that is not in the matrix, a space and itself, and a k that was not asked
  ///   for.
  const permuted_score& at(Eigen::Index row, Eigen::Index column, Eigen::Index k) const {
    pairs_.check(row, column);
    if (pairs_.square() && row == column)
      throw input_error(detail::base::sentence({"space ", row, " is not tested against itself"}));
    return scores_[place(row, column) * ks_.size() + detail::place_of_k(ks_, k)];
  }

  /// The p of every pair at k; NaN for a space and itself.
  /// @throws input_error for a k that was not asked for.
  Eigen::MatrixXd p(Eigen::Index k) const {
    return matrix(k, [](const permuted_score& one) { return one.p; });
  }
  /// The z of every pair at k; NaN for a space and itself.
  /// @throws input_error for a k that was not asked for.
  Eigen::MatrixXd z(Eigen::Index k) const {
    return matrix(k, [](const permuted_score& one) { return one.z; });
  }

  /// The pair and the k whose z is highest.
  const matrix_place& best() const noexcept { return best_; }
  /// The p of the best: holds although it is the best of all these pairs and k (Westfall & Young 1993).
  double best_p() const noexcept { return best_p_; }

  /// @cond for permutation_test
  permuted_matrix(const detail::space_pairs& pairs, std::vector<Eigen::Index> ks,
                  const std::vector<detail::tested_pair>& tested, const detail::tested_table& table)
      : pairs_(pairs), ks_(std::move(ks)), best_p_(table.p) {
    const detail::tested_pair& best = tested[table.best / ks_.size()];
    best_ = {best.row, best.column, ks_[table.best % ks_.size()]};
    for (std::size_t at = 0; at < table.columns.size(); ++at) {
      const detail::tested_column& one = table.columns[at];
      scores_.push_back({ks_[at % ks_.size()], one.observed, one.expected, one.sd, one.z, one.p});
    }
  }
  /// @endcond

 private:
  /// Among the tested pairs: without those of earlier rows with themselves, and this one's.
  std::size_t place(Eigen::Index row, Eigen::Index column) const {
    const std::size_t untested = pairs_.square() ? static_cast<std::size_t>(std::min(row, column)) + 1 : 0;
    return pairs_.place(row, column) - untested;
  }

  template <class Of>
  Eigen::MatrixXd matrix(Eigen::Index k, const Of& of) const {
    const std::size_t at_k = detail::place_of_k(ks_, k);
    Eigen::MatrixXd values(pairs_.rows(), pairs_.columns());
    for (Eigen::Index row = 0; row < pairs_.rows(); ++row)
      for (Eigen::Index column = 0; column < pairs_.columns(); ++column)
        values(row, column) = pairs_.square() && row == column
                                  ? std::numeric_limits<double>::quiet_NaN()
                                  : of(scores_[place(row, column) * ks_.size() + at_k]);
    return values;
  }

  detail::space_pairs pairs_;
  std::vector<Eigen::Index> ks_;
  std::vector<permuted_score> scores_;
  matrix_place best_{};
  double best_p_;
};

/// Both scores under the same permutations.
struct permutation_matrix_result {
  permuted_matrix jaccard;  ///< NNGS
  permuted_matrix overlap;  ///< mean o / k
};

namespace detail {

inline permutation_matrix_result test_spaces(const space_sides& spaces, const permutations& options,
                                             base::executor_ref execute) {
  check_permutations(options.count);
  std::vector<Eigen::Index> ks = each_once(options.k);
  const space_sides::graphs all = spaces.each();
  if (ks.empty() && !all.empty()) {
    const auto shallower = [](const neighbor_graph* a, const neighbor_graph* b) {
      return a->depth() < b->depth();
    };
    ks.resize(static_cast<std::size_t>((*std::min_element(all.begin(), all.end(), shallower))->depth()));
    std::iota(ks.begin(), ks.end(), Eigen::Index{1});
  }
  check_spaces(spaces, ks);
  const std::vector<tested_pair> tested = tested_pairs(spaces.pairs());
  if (tested.empty()) throw input_error("one space has no pair to test: give two or more");
  const Eigen::Index n = spaces.row(0).size();
  const pairing groups(n, options.groups);
  const permuted_scores scores =
      score_permuted_spaces(spaces, tested, ks, groups, options.count, options.seed, execute);
  std::vector<expected_score> closed;
  if (!groups.in_groups()) {
    const std::vector<graph_diagnostics> diagnosed = diagnose_spaces(spaces, ks, execute);
    for (const auto& [row, column] : tested)
      for (std::size_t at = 0; at < ks.size(); ++at) {
        const graph_diagnostics
            &x = diagnosed[static_cast<std::size_t>(row) * ks.size() + at],
            &y = diagnosed[static_cast<std::size_t>(spaces.number_of_column(column)) * ks.size() + at];
        closed.push_back({static_cast<double>(ks[at]) / static_cast<double>(n - 1), overlap_sd(x, y, n)});
      }
  }
  const tested_table jaccard = test_table_by_moments(scores.jaccard),
                     overlap = groups.in_groups() ? test_table_by_moments(scores.overlap)
                                                  : test_table(scores.overlap, closed);
  return {permuted_matrix(spaces.pairs(), ks, tested, jaccard),
          permuted_matrix(spaces.pairs(), ks, tested, overlap)};
}

}  // namespace detail

/// Is any pair of these spaces more alike than random pairings of its items, and is the best one, although it
/// is the best of many? Every space gets permutations of its own, for the null hypothesis is that no two are
/// related; one set of them serves all pairs. Under it p <= a with probability at most a: for each pair and
/// k, and for the highest z over all of them. z and `permutations` are as for two graphs; `k`: none = every k
/// up to the smallest depth.
/// Time O(n K) a pair and permutation; memory 16 bytes for each pair, k and permutation, and for each thread
/// 8 n bytes a space. The same bits for any executor.
/// @throws input_error as for two graphs, and for fewer than two spaces.
template <executor Executor = threads>
permutation_matrix_result permutation_test(std::span<const neighbor_graph> graphs,
                                           const permutations& options = {}, const Executor& execute = {}) {
  return detail::test_spaces(detail::space_sides(detail::pointers_to(graphs)), options, execute);
}

/// The same between two sets, the layers of two models, say: the items of all columns are permuted in the
/// same way, so that layers stay related to each other as they are, and p holds for the best pair of the two
/// models. That of a pair is that of `permutation_test` for the pair alone, to the bit.
/// @throws input_error as for two graphs, and for an empty set.
template <executor Executor = threads>
permutation_matrix_result permutation_test(std::span<const neighbor_graph> rows,
                                           std::span<const neighbor_graph> columns,
                                           const permutations& options = {}, const Executor& execute = {}) {
  return detail::test_spaces(detail::space_sides(detail::pointers_to(rows), detail::pointers_to(columns)),
                             options, execute);
}

}  // namespace NNGS_VERSION_NAMESPACE
}  // namespace nngs

#endif
