// SPDX-License-Identifier: MIT
#ifndef NNGS_SAMPLE_MATRIX_HPP
#define NNGS_SAMPLE_MATRIX_HPP

#include <Eigen/Core>
#include <algorithm>
#include <cstddef>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "nngs/detail/base/check.hpp"
#include "nngs/detail/base/data_requirements.hpp"
#include "nngs/detail/base/function_ref.hpp"
#include "nngs/detail/base/sentence.hpp"
#include "nngs/detail/row_tallies.hpp"
#include "nngs/detail/search/find_neighbors.hpp"
#include "nngs/detail/search/input.hpp"
#include "nngs/detail/search/metric_requirements.hpp"
#include "nngs/detail/search/neighbor_lists.hpp"
#include "nngs/detail/space_pairs.hpp"
#include "nngs/error.hpp"
#include "nngs/executor.hpp"
#include "nngs/metric.hpp"
#include "nngs/neighbor_graph.hpp"
#include "nngs/points.hpp"
#include "nngs/sample.hpp"
#include "nngs/tally.hpp"
#include "nngs/version.hpp"

/// @file
/// Many large spaces, from some of their rows: the same rows of all, each searched among all items.

namespace nngs {
inline namespace NNGS_VERSION_NAMESPACE {

/// The neighbour lists of some rows of one space. Memory: 5 bytes a neighbour.
class sampled_lists {
 public:
  /// `values`: as for `build_graph`, n rows. `rows`: different, each in [0, n), in any order (`sample_rows`
  /// draws them). `search`: a metric, or an `exact` builder. Time O(rows n d).
  /// @throws input_error for such rows, for a depth not in [1, n - 1], and where build_graph does.
  template <class Derived, class Search = euclidean, executor Executor = threads>
  sampled_lists(const Eigen::MatrixBase<Derived>& values, std::span<const Eigen::Index> rows,
                Eigen::Index depth, const Search& search = {}, const Executor& execute = {})
      : items_(values.rows()),
        rows_(detail::sorted_rows(rows, values.rows())),
        lists_(find(values, depth, search, execute)) {}

  /// n, of which the lists name some.
  Eigen::Index items() const noexcept { return items_; }
  /// The rows that have a list, ascending.
  const std::vector<Eigen::Index>& rows() const noexcept { return rows_; }
  /// The number of neighbours in each list.
  Eigen::Index depth() const noexcept { return lists_.depth(); }
  /// The neighbours of rows()[place], nearest first; no bounds check.
  std::span<const neighbor_graph::index_type> neighbors(Eigen::Index place) const noexcept {
    return lists_.neighbors(place);
  }

  /// @cond for sampled_matrix
  const neighbor_graph& lists() const noexcept { return lists_; }
  /// @endcond

 private:
  template <class Derived, class Search>
  neighbor_graph find(const Eigen::MatrixBase<Derived>& values, Eigen::Index depth, const Search& search,
                      detail::base::executor_ref execute) const {
    using Scalar = typename Derived::Scalar;
    detail::base::require_coordinates<Scalar>();
    detail::search::require_metric<detail::search::metric_in<Search>>();
    detail::base::check_shape(values.rows(), values.cols());
    detail::base::check_k(depth, values.rows());
    const points<Scalar> given(values.derived());
    detail::search::check_finite(given);
    const detail::search::search_input<detail::search::metric_in<Search>> ready(
        given, detail::search::metric_of(search), detail::search::ties_of(search));
    detail::search::neighbor_lists lists(static_cast<Eigen::Index>(rows_.size()), depth);
    detail::search::search_rows(
        ready, rows_, std::min(depth + 1, items_ - 1), execute,
        [&](Eigen::Index position, const auto& nearest) { lists.set(position, nearest); });
    return neighbor_graph(std::move(lists));
  }

  Eigen::Index items_;
  std::vector<Eigen::Index> rows_;
  neighbor_graph lists_;
};

/// The scores of all pairs of M spaces, or of the pairs between two sets of them, as the same random rows of
/// all tell them: every entry is what `sample_similarity` gives for the pair alone, to the bit. Each space is
/// searched once, by the caller. Time O(rows K) a pair; memory 150 bytes for each pair and k.
class sampled_matrix {
 public:
  /// One set, square; each k in [1, every depth], in any order. `confidence` of the intervals, in (0, 1).
  /// @throws input_error for no spaces, spaces of different n or rows, no k, a k not in [1, every depth],
  ///   fewer than 2 rows, and such a confidence.
  template <executor Executor = threads>
  sampled_matrix(std::span<const sampled_lists> spaces, std::vector<Eigen::Index> ks,
                 double confidence = 0.95, const Executor& execute = {})
      : sampled_matrix(spaces, {}, detail::space_sides(pointers_to(spaces)), std::move(ks), confidence,
                       detail::base::executor_ref(execute)) {}

  /// Two sets: a row for each space of the first, a column for each of the second.
  /// @throws input_error as for one set.
  template <executor Executor = threads>
  sampled_matrix(std::span<const sampled_lists> rows, std::span<const sampled_lists> columns,
                 std::vector<Eigen::Index> ks, double confidence = 0.95, const Executor& execute = {})
      : sampled_matrix(rows, columns, detail::space_sides(pointers_to(rows), pointers_to(columns)),
                       std::move(ks), confidence, detail::base::executor_ref(execute)) {}

  /// Spaces of the rows.
  Eigen::Index rows() const noexcept { return pairs_.rows(); }
  /// Spaces of the columns.
  Eigen::Index cols() const noexcept { return pairs_.columns(); }
  /// The k that it was made for, ascending, each once.
  const std::vector<Eigen::Index>& ks() const noexcept { return ks_; }

  /// All scores of one pair at k.
  /// @throws input_error for a pair that is not in the matrix, and a k that it was not made for.
  const sampled_score& at(Eigen::Index row, Eigen::Index column, Eigen::Index k) const {
    pairs_.check(row, column);
    return scores_[pairs_.place(row, column) * ks_.size() + detail::place_of_k(ks_, k)];
  }

 private:
  static detail::space_sides::graphs pointers_to(std::span<const sampled_lists> spaces) {
    detail::space_sides::graphs pointers;
    for (const sampled_lists& space : spaces) pointers.push_back(&space.lists());
    return pointers;
  }

  sampled_matrix(std::span<const sampled_lists> some, std::span<const sampled_lists> others,
                 const detail::space_sides& spaces, std::vector<Eigen::Index> ks, double confidence,
                 detail::base::executor_ref execute)
      : pairs_(spaces.pairs()), ks_(detail::each_once(std::move(ks))) {
    detail::check_spaces(spaces, ks_);
    for (const std::span<const sampled_lists> side : {some, others})
      for (const sampled_lists& space : side)
        if (space.items() != some.front().items() || space.rows() != some.front().rows())
          throw input_error(
              detail::base::sentence({"spaces sampled in different rows, or of ", space.items(), " and ",
                                      some.front().items(), " items: sample the same rows of all"}));
    const Eigen::Index n = some.front().items();
    scores_ = estimate_score_curve(detail::tally_pairs(spaces, n, ks_, execute), n, confidence);
  }

  detail::space_pairs pairs_;
  std::vector<Eigen::Index> ks_;
  std::vector<sampled_score> scores_;  // pair after pair, each at every k
};

}  // namespace NNGS_VERSION_NAMESPACE
}  // namespace nngs

#endif
