// SPDX-License-Identifier: MIT
#ifndef NNGS_SIMILARITY_MATRIX_HPP
#define NNGS_SIMILARITY_MATRIX_HPP

#include <Eigen/Core>
#include <cstddef>
#include <span>
#include <utility>
#include <vector>

#include "nngs/chance.hpp"
#include "nngs/detail/base/function_ref.hpp"
#include "nngs/detail/space_pairs.hpp"
#include "nngs/diagnostics.hpp"
#include "nngs/executor.hpp"
#include "nngs/judge.hpp"
#include "nngs/neighbor_graph.hpp"
#include "nngs/similarity.hpp"
#include "nngs/version.hpp"

/// @file
/// Many spaces of the same items, each compared with each: layers, checkpoints, models.

namespace nngs {
inline namespace NNGS_VERSION_NAMESPACE {

/// The scores of all pairs of M spaces, or of the pairs between two sets of them, at several k: every entry
/// is what `judge` gives for the pair alone, to the bit. Each space is searched once, by the caller, and
/// diagnosed once; chance is found once a k. Read the matrices by k:
///
///     const nngs::similarity_matrix all(layers, {10, 50});
///     const Eigen::MatrixXd heat = all.adjusted(10);
///
/// 1 - NNGS is a metric (a mean of Jaccard distances), and the matrices of NNGS and of its adjusted value of
/// one set are positive semi-definite with unit diagonal (Gower 1971): classical scaling takes 1 - NNGS as
/// the *squared* distance, and loses nothing to negative eigenvalues.
///
/// Time O(n K) a pair, far below that of the searches, and O(n K) a space; K is the largest k. Memory beside
/// the graphs (5 n K bytes each): 120 bytes for each pair and k; while it is made, 100 bytes more for each,
/// and for each thread 8 n K bytes.
class similarity_matrix {
 public:
  /// One set: the matrix is square and symmetric. `graphs` of the same n; each k in [1, every depth], in any
  /// order, several times if you like.
  /// @throws input_error for no graphs, graphs of different n, no k, and a k not in [1, every depth].
  template <executor Executor = threads>
  similarity_matrix(std::span<const neighbor_graph> graphs, std::vector<Eigen::Index> ks,
                    const Executor& execute = {})
      : similarity_matrix(detail::space_sides(detail::pointers_to(graphs)), std::move(ks),
                          detail::base::executor_ref(execute)) {}

  /// Two sets: a row for each graph of the first, a column for each of the second.
  /// @throws input_error as for one set.
  template <executor Executor = threads>
  similarity_matrix(std::span<const neighbor_graph> rows, std::span<const neighbor_graph> columns,
                    std::vector<Eigen::Index> ks, const Executor& execute = {})
      : similarity_matrix(detail::space_sides(detail::pointers_to(rows), detail::pointers_to(columns)),
                          std::move(ks), detail::base::executor_ref(execute)) {}

  /// Spaces of the rows.
  Eigen::Index rows() const noexcept { return pairs_.rows(); }
  /// Spaces of the columns.
  Eigen::Index cols() const noexcept { return pairs_.columns(); }
  /// Whether rows and columns are the same spaces.
  bool square() const noexcept { return pairs_.square(); }
  /// The k that it was made for, ascending, each once.
  const std::vector<Eigen::Index>& ks() const noexcept { return ks_; }

  /// All scores of one pair at k, judged.
  /// @throws input_error for a pair that is not in the matrix, and a k that it was not made for.
  const tested_score& at(Eigen::Index row, Eigen::Index column, Eigen::Index k) const {
    pairs_.check(row, column);
    return scores_[pairs_.place(row, column) * ks_.size() + detail::place_of_k(ks_, k)];
  }

  /// NNGS. These and the following: rows() x cols(). @throws input_error for a k that it was not made for.
  Eigen::MatrixXd jaccard(Eigen::Index k) const {
    return matrix<double>(k, [](const tested_score& one) { return one.observed.jaccard; });
  }
  /// The mean overlap o / k.
  Eigen::MatrixXd overlap(Eigen::Index k) const {
    return matrix<double>(k, [](const tested_score& one) { return one.observed.overlap; });
  }
  /// NNGS, where chance is 0 and perfect is 1.
  Eigen::MatrixXd adjusted(Eigen::Index k) const {
    return matrix<double>(k, [](const tested_score& one) { return one.adjusted; });
  }
  /// How many standard deviations the overlap lies above that of random pairing. That of a space and itself,
  /// on the diagonal of a square matrix, tells nothing but how far it could be.
  Eigen::MatrixXd z(Eigen::Index k) const {
    return matrix<double>(k, [](const tested_score& one) { return one.overlap_z; });
  }
  /// Items whose k nearest are one choice of several in either space.
  Eigen::Matrix<Eigen::Index, Eigen::Dynamic, Eigen::Dynamic> tied_items(Eigen::Index k) const {
    return matrix<Eigen::Index>(k, [](const tested_score& one) { return one.observed.tied_items; });
  }

 private:
  similarity_matrix(const detail::space_sides& spaces, std::vector<Eigen::Index> ks,
                    detail::base::executor_ref execute)
      : pairs_(spaces.pairs()), ks_(detail::each_once(std::move(ks))) {
    detail::check_spaces(spaces, ks_);
    const Eigen::Index n = spaces.row(0).size();
    const std::vector<graph_diagnostics> diagnosed = detail::diagnose_spaces(spaces, ks_, execute);
    std::vector<baseline> expected;
    for (const Eigen::Index k : ks_) expected.push_back(chance(n, k));
    const std::vector<overlap_tally> tallies = detail::tally_pairs(spaces, n, ks_, execute);
    scores_.reserve(tallies.size());
    pairs_.for_each([&](Eigen::Index row, Eigen::Index column) {
      for (std::size_t at = 0; at < ks_.size(); ++at)
        scores_.push_back(detail::judge_beside(
            to_score(tallies[scores_.size()]), expected[at],
            diagnosed[static_cast<std::size_t>(row) * ks_.size() + at],
            diagnosed[static_cast<std::size_t>(spaces.number_of_column(column)) * ks_.size() + at]));
    });
  }

  template <class Value, class Of>
  Eigen::Matrix<Value, Eigen::Dynamic, Eigen::Dynamic> matrix(Eigen::Index k, const Of& of) const {
    const std::size_t at = detail::place_of_k(ks_, k);
    Eigen::Matrix<Value, Eigen::Dynamic, Eigen::Dynamic> values(rows(), cols());
    for (Eigen::Index row = 0; row < rows(); ++row)
      for (Eigen::Index column = 0; column < cols(); ++column)
        values(row, column) = of(scores_[pairs_.place(row, column) * ks_.size() + at]);
    return values;
  }

  detail::space_pairs pairs_;
  std::vector<Eigen::Index> ks_;
  std::vector<tested_score> scores_;  // pair after pair, each at every k
};

}  // namespace NNGS_VERSION_NAMESPACE
}  // namespace nngs

#endif
