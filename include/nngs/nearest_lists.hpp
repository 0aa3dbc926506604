// SPDX-License-Identifier: MIT
#ifndef NNGS_NEAREST_LISTS_HPP
#define NNGS_NEAREST_LISTS_HPP

#include <Eigen/Core>
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "nngs/detail/base/check.hpp"
#include "nngs/detail/base/sentence.hpp"
#include "nngs/detail/overlap_counter.hpp"
#include "nngs/detail/row_ranges.hpp"
#include "nngs/detail/search/key_range.hpp"
#include "nngs/detail/search/keyed_lists.hpp"
#include "nngs/error.hpp"
#include "nngs/executor.hpp"
#include "nngs/neighbor_graph.hpp"
#include "nngs/overlap_tally.hpp"
#include "nngs/tie_order.hpp"
#include "nngs/version.hpp"

/// @file
/// Neighbour lists of some rows of a matrix that is never in memory as a whole: it comes in pieces, or lies
/// on many machines. `search_piece` (search_piece.hpp) searches one piece; lists of different pieces add up.

namespace nngs {
inline namespace NNGS_VERSION_NAMESPACE {
namespace detail {
struct list_search;  // search_piece.hpp
struct list_levels;  // growth.hpp
struct list_words;   // serialize.hpp

/// What lists asked, as far as it can be told: hashes of the queries as they were given, in double, and of
/// the keys of some pairs of them. Metrics that give these pairs the same keys are taken for one.
struct asked_question {
  std::uint64_t queries, metric;

  friend bool operator==(const asked_question&, const asked_question&) = default;
};

/// Rows that ask.
/// @throws input_error for rows that are not ascending, or not in [0, n).
inline void check_queries(std::span<const Eigen::Index> rows, Eigen::Index n) {
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (rows[i] < 0 || rows[i] >= n)
      throw input_error(base::sentence({"row ", rows[i], " is not one of the base: 0 .. ", n - 1}));
    if (i > 0 && rows[i] <= rows[i - 1])
      throw input_error(base::sentence({"row ", rows[i], " comes after row ", rows[i - 1],
                                        ": give the rows that ask in ascending order, each once"}));
  }
}

}  // namespace detail

/// The nearest rows of a base for each of some queries, which are rows of it too, as far as the base was
/// searched. Which pieces it came in, and in what order they were searched and added up, changes no bit.
/// Memory: 12 bytes for each query and neighbour.
class nearest_lists {
 public:
  /// Of no piece so far. `rows`: which rows of the base ask, ascending (`sample_rows` draws them). `n`: the
  /// rows of the whole base. `depth`: neighbours that are wanted; one more is kept, which tells ties. `ties`:
  /// one order for all pieces; `tie_order_of` finds that of the matrix.
  /// @throws input_error for such rows, a depth not in [1, n - 1], n < 2, and an order left to the matrix.
  nearest_lists(std::vector<Eigen::Index> rows, Eigen::Index n, Eigen::Index depth, tie_order ties)
      : n_(checked(rows, n, depth, ties)),
        depth_(depth),
        ties_(ties),
        rows_(std::move(rows)),
        found_(rows_.size(), static_cast<std::size_t>(std::min(depth + 1, n - 1)), 0) {}

  /// Adds the lists of the same queries in other rows of the base. O(queries depth).
  /// @throws input_error for lists of another n, depth, tie order or other rows, for queries of other values,
  ///   another metric as far as the keys of some of the queries tell, and rows of the base that were searched
  ///   in both. Nothing is added then.
  nearest_lists& operator+=(const nearest_lists& other) {
    detail::row_ranges searched = check_adds(other);
    found_ = detail::search::keyed_lists::merged(found_, other.found_, ties_);
    searched_ = std::move(searched);
    range_.include(other.range_);
    if (!asked_) asked_ = other.asked_;
    return *this;
  }

  /// n, as given.
  Eigen::Index items() const noexcept { return n_; }
  /// As given.
  Eigen::Index depth() const noexcept { return depth_; }
  /// As given.
  tie_order ties() const noexcept { return ties_; }
  /// The rows that ask, as given.
  const std::vector<Eigen::Index>& rows() const noexcept { return rows_; }
  /// The rows of the base that were searched: ascending ranges with gaps between them.
  const std::vector<item_range>& searched() const noexcept { return searched_; }

  /// The neighbours of rows()[place] in what was searched, nearest first: `depth` rows of the base, or all
  /// others where fewer were searched. No bounds check.
  std::span<const std::uint32_t> neighbors(Eigen::Index place) const noexcept {
    const auto all = found_.neighbors(static_cast<std::size_t>(place));
    return all.first(std::min(all.size(), static_cast<std::size_t>(depth_)));
  }
  /// Whether the k-th and (k+1)-th neighbours of rows()[place] are equally near. 1 <= k <= depth; no bounds
  /// check.
  bool tied(Eigen::Index place, Eigen::Index k) const noexcept {
    const auto keys = found_.keys(static_cast<std::size_t>(place));
    const auto next = static_cast<std::size_t>(k);
    return next < keys.size() && !(keys[next - 1] < keys[next]);
  }

  /// Whether all of the base was searched, so that these are the lists of the whole.
  /// @throws input_error that names rows which were not, and for data whose keys all vanish in double.
  void check_complete() const {
    const item_range gap = detail::first_gap(searched_, n_);
    if (gap.first < gap.last)
      throw input_error(detail::base::sentence(
          {"rows [", gap.first, ", ", gap.last, ") of the base of ", n_, " were not searched"}));
    detail::search::check_not_vanishing(range_);
  }

  friend bool operator==(const nearest_lists&, const nearest_lists&) = default;

 private:
  friend struct detail::list_search;
  friend struct detail::list_levels;
  friend struct detail::list_words;

  static Eigen::Index checked(const std::vector<Eigen::Index>& rows, Eigen::Index n, Eigen::Index depth,
                              tie_order ties) {
    detail::base::check_items(n);
    detail::base::check_k(depth, n);
    detail::check_queries(rows, n);
    if (ties.from_matrix())
      throw input_error(
          "pieces of a matrix have no tie order by themselves: give that of the whole (tie_order_of), a "
          "seed, "
          "or that by index");
    return n;
  }

  /// The rows that were searched in both.
  detail::row_ranges check_adds(const nearest_lists& other) const {
    if (n_ != other.n_ || depth_ != other.depth_)
      throw input_error(detail::base::sentence({"lists of depth ", depth_, " of ", n_, " items and of depth ",
                                                other.depth_, " of ", other.n_, " items do not add up"}));
    if (rows_ != other.rows_)
      throw input_error(detail::base::sentence({"lists of ", rows_.size(), " and ", other.rows_.size(),
                                                " rows, which are not the same, do not add up"}));
    if (ties_ != other.ties_) throw input_error("lists with different tie orders do not add up");
    if (asked_ && other.asked_ && asked_->queries != other.asked_->queries)
      throw input_error("the rows that ask have other values than before: the lists do not add up");
    if (asked_ && other.asked_ && asked_->metric != other.asked_->metric)
      throw input_error(
          "the rows that ask have other keys than before, by another metric: the lists do not add up");
    return detail::united(searched_, other.searched_);
  }

  Eigen::Index n_, depth_;
  tie_order ties_;
  std::vector<Eigen::Index> rows_;
  detail::search::keyed_lists found_;
  detail::row_ranges searched_;
  std::optional<detail::asked_question> asked_;  ///< once a piece was searched
  detail::search::key_range range_;              ///< of what was searched, and of the queries
};

namespace detail {

/// Lists with their neighbours numbered anew, a query at a time, so that counting what two share takes memory
/// for these alone and not for each of n items.
class numbered_lists {
 public:
  explicit numbered_lists(const nearest_lists& lists) : lists_(lists) {}

  /// The neighbours of a query as the places that they have in `all`, which holds them in order.
  void set(Eigen::Index place, const std::vector<std::uint32_t>& all) {
    numbers_.clear();
    for (const std::uint32_t neighbor : lists_.neighbors(place))
      numbers_.push_back(
          static_cast<std::uint32_t>(std::lower_bound(all.begin(), all.end(), neighbor) - all.begin()));
  }

  std::span<const std::uint32_t> neighbors(Eigen::Index /*place*/, Eigen::Index k) const noexcept {
    return std::span(numbers_).first(static_cast<std::size_t>(k));
  }
  bool tied(Eigen::Index place, Eigen::Index k) const noexcept { return lists_.tied(place, k); }

 private:
  const nearest_lists& lists_;
  std::vector<std::uint32_t> numbers_;
};

/// Calls count(part, counter, lists of x, lists of y, place) for every query, and adds the parts up.
template <class Tally, class Count>
Tally tally_queries(const nearest_lists& x, const nearest_lists& y, const Tally& empty,
                    base::executor_ref execute, const Count& count) {
  if (x.items() != y.items() || x.rows() != y.rows())
    throw input_error(
        base::sentence({"lists of ", x.rows().size(), " of ", x.items(), " items and of ", y.rows().size(),
                        " of ", y.items(), ": both need the same items and the same rows that ask"}));
  base::naming("x", [&] { x.check_complete(); });
  base::naming("y", [&] { y.check_complete(); });
  const Eigen::Index depth = x.depth() + y.depth();
  return sum_blocks(empty, execute, 0, static_cast<Eigen::Index>(x.rows().size()), items_per_block(depth),
                    [&](Eigen::Index first, Eigen::Index last, Tally& part) {
                      overlap_counter counter(depth);
                      numbered_lists numbered_x(x), numbered_y(y);
                      std::vector<std::uint32_t> all;
                      for (Eigen::Index place = first; place < last; ++place) {
                        const auto near_x = x.neighbors(place), near_y = y.neighbors(place);
                        all.assign(near_x.begin(), near_x.end());
                        all.insert(all.end(), near_y.begin(), near_y.end());
                        std::sort(all.begin(), all.end());
                        numbered_x.set(place, all);
                        numbered_y.set(place, all);
                        count(part, counter, numbered_x, numbered_y, place);
                      }
                    });
}

}  // namespace detail

/// The tally at one k of the rows that ask: that of `tally` of these rows of the whole matrices, to the bit.
/// Time O(rows depth log depth), memory O(depth) a thread.
/// @throws input_error for lists of different n or rows, a k not in [1, both depths], and rows of a base that
///   were not searched; it names the lists, x or y.
template <executor Executor = threads>
overlap_tally tally(const nearest_lists& x, const nearest_lists& y, Eigen::Index k,
                    const Executor& execute = {}) {
  const Eigen::Index depth = std::min(x.depth(), y.depth());
  detail::base::check_depth(k, depth);
  return detail::tally_queries(x, y, overlap_tally(k), execute,
                               [k](overlap_tally& part, detail::overlap_counter& counter, const auto& near_x,
                                   const auto& near_y, Eigen::Index place) {
                                 part.add(
                                     counter.shared(near_x.neighbors(place, k), near_y.neighbors(place, k)),
                                     near_x.tied(place, k), near_y.tied(place, k));
                               });
}

/// The tallies at k = 1 .. the smaller depth: element k - 1 is that at k. Cost and errors are those of
/// `tally`.
template <executor Executor = threads>
std::vector<overlap_tally> tally_curve(const nearest_lists& x, const nearest_lists& y,
                                       const Executor& execute = {}) {
  return detail::tally_queries(
      x, y, empty_tallies(std::min(x.depth(), y.depth())), execute,
      [](std::vector<overlap_tally>& part, detail::overlap_counter& counter, const auto& near_x,
         const auto& near_y, Eigen::Index place) { detail::add_item(part, counter, near_x, near_y, place); });
}

}  // namespace NNGS_VERSION_NAMESPACE
}  // namespace nngs

#endif
