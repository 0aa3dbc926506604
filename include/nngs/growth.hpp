// SPDX-License-Identifier: MIT
#ifndef NNGS_GROWTH_HPP
#define NNGS_GROWTH_HPP

#include <Eigen/Core>
#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "nngs/chance.hpp"
#include "nngs/detail/base/check.hpp"
#include "nngs/detail/base/random.hpp"
#include "nngs/detail/base/sentence.hpp"
#include "nngs/detail/search/given_points.hpp"
#include "nngs/detail/search/keyed_lists.hpp"
#include "nngs/error.hpp"
#include "nngs/estimate.hpp"
#include "nngs/executor.hpp"
#include "nngs/metric.hpp"
#include "nngs/nearest_lists.hpp"
#include "nngs/neighbor_graph.hpp"
#include "nngs/points.hpp"
#include "nngs/search_piece.hpp"
#include "nngs/tie_order.hpp"
#include "nngs/version.hpp"

/// @file
/// The score as the number of items grows: of all n of a base, of about n / 2 of them, n / 4 and so on, from
/// one pass over its pieces.
///
/// Every row of the base has a level, drawn by a seed from its number alone: l or more with probability 2^-l.
/// The items of level l are the rows of level l or more and all rows that ask. The score of these items is
/// told by the rows that ask, searched among them.
///
/// Why that is unbiased: a way to ask Q and items S that hold it come about when the rows that ask are Q and,
/// of the others, just those in S have the level. All Q are as likely (`sample_rows`), and levels are
/// independent of them and of each other, so the probability of (Q, S) depends on the sizes of both alone.
/// Given its size n', S is therefore any n' rows with equal probability, and Q any of its rows: the mean over
/// Q estimates, unbiased, the score of S, and that is on average the mean score of n' random rows of the
/// base.

namespace nngs {
inline namespace NNGS_VERSION_NAMESPACE {

/// Nested subsets of the rows of a base.
struct growth_levels {
  Eigen::Index count;      ///< of levels, in [1, 33]: that of all rows, and others with half as many each
  std::uint64_t seed = 0;  ///< for X and Y the same

  /// As many levels as leave about as many other rows as ask, or more.
  static growth_levels for_rows(Eigen::Index n, Eigen::Index rows, std::uint64_t seed = 0) noexcept {
    growth_levels levels{1, seed};
    while (levels.count < 33 && n >> levels.count >= std::max<Eigen::Index>(1, rows)) ++levels.count;
    return levels;
  }

  /// The level of a row, in [0, count). Rows that ask are of all levels, whatever this says.
  Eigen::Index of(Eigen::Index row) const noexcept {
    constexpr std::uint32_t stream = 1;  // that of sample_rows is 0
    const std::uint32_t word =
        detail::base::philox({static_cast<std::uint32_t>(row), 0, stream, 0},
                             {static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32)})[0];
    return std::min<Eigen::Index>(std::countr_zero(word), count - 1);
  }

  friend bool operator==(const growth_levels&, const growth_levels&) = default;
};

/// As `nearest_lists`, of every level. Memory: that of a `nearest_lists` for each level.
class growth_lists {
 public:
  /// Of no piece so far. `rows`, `n`, `depth`, `ties`: as for `nearest_lists`.
  /// @throws input_error where that does, and for a number of levels not in [1, 33].
  growth_lists(std::vector<Eigen::Index> rows, Eigen::Index n, Eigen::Index depth, tie_order ties,
               growth_levels levels)
      : levels_(checked(levels)),
        parts_(static_cast<std::size_t>(levels.count), nearest_lists(std::move(rows), n, depth, ties)),
        counts_(parts_.size()) {}

  /// Adds the lists of the same queries in other rows of the base.
  /// @throws input_error as `nearest_lists` does, and for other levels. Nothing is added then.
  growth_lists& operator+=(const growth_lists& other) {
    if (levels_ != other.levels_)
      throw input_error(detail::base::sentence({"lists of ", levels_.count, " levels of seed ", levels_.seed,
                                                " and of ", other.levels_.count, " levels of seed ",
                                                other.levels_.seed, " do not add up"}));
    std::vector<nearest_lists> sums = parts_;
    for (std::size_t i = 0; i < sums.size(); ++i) sums[i] += other.parts_[i];
    parts_ = std::move(sums);
    for (std::size_t i = 0; i < counts_.size(); ++i) counts_[i] += other.counts_[i];
    return *this;
  }

  /// As given.
  const growth_levels& levels() const noexcept { return levels_; }
  /// As given.
  Eigen::Index items() const noexcept { return parts_.front().items(); }
  /// As given.
  Eigen::Index depth() const noexcept { return parts_.front().depth(); }
  /// As given.
  tie_order ties() const noexcept { return parts_.front().ties(); }
  /// The rows that ask, as given.
  const std::vector<Eigen::Index>& rows() const noexcept { return parts_.front().rows(); }
  /// The rows of the base that were searched: ascending ranges with gaps between them.
  const std::vector<item_range>& searched() const noexcept { return parts_.front().searched(); }

  friend bool operator==(const growth_lists&, const growth_lists&) = default;

 private:
  friend struct detail::list_levels;

  static growth_levels checked(growth_levels levels) {
    if (levels.count < 1 || levels.count > 33)
      throw input_error(detail::base::sentence({levels.count, " levels are not in [1, 33]"}));
    return levels;
  }

  growth_levels levels_;
  // Each row is in one part: of its level, and of the last one if it asks. So each is searched once, and the
  // lists of a level are those of its part and all later ones together.
  std::vector<nearest_lists> parts_;
  std::vector<Eigen::Index> counts_;  ///< rows in each part
};

namespace detail {

/// What searches and scores may do with lists of levels.
struct list_levels {
  /// Which rows of a piece each part has.
  static std::vector<std::vector<std::uint32_t>> rows_of_parts(const growth_lists& lists, Eigen::Index first,
                                                               Eigen::Index rows) {
    std::vector<std::vector<std::uint32_t>> parts(lists.parts_.size());
    auto asking = std::lower_bound(lists.rows().begin(), lists.rows().end(), first);
    for (Eigen::Index row = 0; row < rows; ++row) {
      const bool asks = asking != lists.rows().end() && *asking == first + row;
      asking += asks;
      const Eigen::Index part = asks ? lists.levels_.count - 1 : lists.levels_.of(first + row);
      parts[static_cast<std::size_t>(part)].push_back(static_cast<std::uint32_t>(row));
    }
    return parts;
  }

  template <metric Metric>
  static growth_lists search_part(const growth_lists& lists, const search::given_points& queries,
                                  const search::given_points& piece, Eigen::Index first, const Metric& metric,
                                  base::executor_ref execute) {
    const auto rows = rows_of_parts(lists, first, piece.rows());
    const std::uint64_t hash = hash_of_queries(queries);
    growth_lists found(lists.rows(), lists.items(), lists.depth(), lists.ties(), lists.levels());
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const asked_piece asked{piece, queries, first, lists.rows(), hash, rows[i]};
      found.parts_[i] = list_search::search_part(lists.parts_[i], asked, metric, execute);
      found.counts_[i] = static_cast<Eigen::Index>(rows[i].size());
    }
    return found;
  }

  /// The lists of every level, from that of all items on. Their depth is no more than their items allow.
  static std::vector<nearest_lists> of_levels(const growth_lists& lists) {
    std::vector<nearest_lists> levels = lists.parts_;
    for (std::size_t i = levels.size() - 1; i-- > 0;) {
      levels[i].found_ = search::keyed_lists::merged(levels[i].found_, levels[i + 1].found_, lists.ties());
      levels[i].range_.include(levels[i + 1].range_);
    }
    const std::vector<Eigen::Index> items = items_of_levels(lists);
    for (std::size_t i = 0; i < levels.size(); ++i) {
      levels[i].range_ = levels.front().range_;  // keys that vanish are refused only where all do
      levels[i].depth_ = std::min(levels[i].depth_, items[i] - 1);
    }
    return levels;
  }

  /// The number of items of every level.
  static std::vector<Eigen::Index> items_of_levels(const growth_lists& lists) {
    std::vector<Eigen::Index> items = lists.counts_;
    for (std::size_t i = items.size() - 1; i-- > 0;) items[i] += items[i + 1];
    return items;
  }
};

/// An estimate of a score as one of the adjusted score, which is linear in it.
inline estimate adjusted_estimate(const estimate& one, double expected) noexcept {
  const double range = 1 - expected;
  return {.value = adjusted(one.value, expected),
          .standard_error = range > 0 ? one.standard_error / range : 0,
          .lower = adjusted(one.lower, expected),
          .upper = adjusted(one.upper, expected)};
}

}  // namespace detail

/// `search_piece` for lists of levels: every row is searched once. Time and memory are those of one search of
/// the piece, and O(queries d) for each level.
/// @throws input_error as for `nearest_lists`.
template <class Queries, class Piece, class Metric = euclidean, executor Executor = threads>
void search_piece(growth_lists& lists, const Eigen::MatrixBase<Queries>& queries,
                  const Eigen::MatrixBase<Piece>& piece, Eigen::Index first, const Metric& metric = {},
                  const Executor& execute = {}) {
  using Scalar = typename Piece::Scalar;
  detail::require_piece<Queries, Piece, Metric>();
  detail::check_piece(lists.items(), lists.rows(), queries.rows(), queries.cols(), piece.rows(), piece.cols(),
                      first);
  const points<Scalar> query_points(queries.derived()), piece_points(piece.derived());
  lists += detail::list_levels::search_part(lists, query_points, piece_points, first, metric, execute);
}

/// What stays as it is while the number of items falls: k itself, or its share of them.
enum class growth_scale {
  neighbors,  ///< k at every number of items
  share       ///< k / n of them
};

/// The score of one level, as the rows that ask tell it.
struct grown_score {
  Eigen::Index items;      ///< n', those of the level
  sampled_score observed;  ///< at k, which is in it; the errors are over the rows that ask, given these items
  baseline expected;       ///< what random pairing of n' items gives
  estimate adjusted;       ///< NNGS adjusted by the expectation; errors as those of NNGS
};

/// The scores of every level, from that of all items on: at k, or with `growth_scale::share` at
/// max(1, floor(k n' / n)). A level of k or fewer items has no score at k and ends the list. `x`, `y`: the
/// same rows, items and levels, all of the base searched. The rows that ask are taken for a random sample
/// (`sample_rows`), of which the errors are those for the items of each level as they are; other seeds draw
/// other items, and a level of few items is one draw of many. Time O(levels rows depth log depth), memory
/// that of both lists once more.
/// @throws input_error for lists that do not fit each other or whose base was not searched as a whole, for a
///   k not in [1, both depths], fewer than 2 rows that ask, and a confidence not in (0, 1).
template <executor Executor = threads>
std::vector<grown_score> growth(const growth_lists& x, const growth_lists& y, Eigen::Index k,
                                growth_scale scale = growth_scale::neighbors, double confidence = 0.95,
                                const Executor& execute = {}) {
  if (x.levels() != y.levels() || x.items() != y.items())
    throw input_error(detail::base::sentence(
        {"lists of ", x.levels().count, " levels of ", x.items(), " items and of ", y.levels().count, " of ",
         y.items(), ": both need the same levels, of the same seed, of the same items"}));
  detail::base::check_depth(k, std::min(x.depth(), y.depth()));
  const std::vector<nearest_lists> lists_x = detail::list_levels::of_levels(x),
                                   lists_y = detail::list_levels::of_levels(y);
  detail::base::naming("x", [&] { lists_x.front().check_complete(); });
  detail::base::naming("y", [&] { lists_y.front().check_complete(); });
  const std::vector<Eigen::Index> items = detail::list_levels::items_of_levels(x);
  const auto n = static_cast<std::uint64_t>(x.items());
  std::vector<grown_score> scores;
  for (std::size_t level = 0; level < items.size(); ++level) {
    const auto share = static_cast<std::uint64_t>(k) * static_cast<std::uint64_t>(items[level]) / n;
    const Eigen::Index here =
        scale == growth_scale::neighbors ? k : std::max<Eigen::Index>(1, static_cast<Eigen::Index>(share));
    if (here >= items[level]) break;
    const overlap_tally shared = tally(lists_x[level], lists_y[level], here, execute);
    const sampled_score observed = estimate_score(shared, items[level], confidence);
    const baseline expected = chance(items[level], here);
    scores.push_back(
        {items[level], observed, expected, detail::adjusted_estimate(observed.jaccard, expected.jaccard)});
  }
  return scores;
}

}  // namespace NNGS_VERSION_NAMESPACE
}  // namespace nngs

#endif
