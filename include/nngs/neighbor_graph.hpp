// SPDX-License-Identifier: MIT
#ifndef NNGS_NEIGHBOR_GRAPH_HPP
#define NNGS_NEIGHBOR_GRAPH_HPP

#include <Eigen/Core>
#include <cstdint>
#include <span>
#include <utility>

#include "nngs/detail/base/check.hpp"
#include "nngs/detail/search/neighbor_lists.hpp"
#include "nngs/version.hpp"

/// @file
/// Neighbour lists, their ties, and the checked constructors for lists found elsewhere.

namespace nngs {
inline namespace NNGS_VERSION_NAMESPACE {

/// Some items in a row: those from `first` up to and without `last`, counted from 0.
struct item_range {
  Eigen::Index first;  ///< in [0, last]
  Eigen::Index last;   ///< in [first, n]

  friend bool operator==(const item_range&, const item_range&) = default;
};

/// The k-nearest-neighbour graph of n items: for each, `depth` others, nearest first and equally near ones in
/// their tie order (tie_order.hpp), never the item itself. The first k of each list are the graph at k, for
/// any k <= depth. Memory: 5 bytes a neighbour.
class neighbor_graph {
 public:
  /// Of an item: graphs have up to 2^32 - 1.
  using index_type = std::uint32_t;

  /// Lists found elsewhere: an n x k matrix of any integer type, row i the neighbours of item i, nearest
  /// first. A library's result over memory is `Eigen::Map<const Eigen::Matrix<std::int64_t, -1, -1,
  /// Eigen::RowMajor>>`. Such lists know no ties: give the distances too where you have them. O(n k log k).
  /// @throws input_error when n < 2, when k is not in [1, n - 1], and when a list names the item itself, one
  ///   item twice, or one outside [0, n). Row and column of the error are the item and the rank, from 0.
  template <class Lists>
  explicit neighbor_graph(const Eigen::DenseBase<Lists>& lists)
      : lists_(detail::search::checked_lists(lists)) {}

  /// Lists found elsewhere with their distances, which tell ties: `distances(i, j)` is that of item i and its
  /// neighbour `lists(i, j)`, in any unit (squared, say), ascending along each row. Neighbours whose
  /// distances are the same number are tied; the order of the lists stays. n x k distances tell no tie
  /// between the k-th neighbour and the next; n x (k + 1), the last of the next neighbour, tell it too. Of
  /// any type of numbers; infinity is one. O(n k log k).
  /// @throws input_error for lists that the constructor of lists alone refuses, for distances of another
  ///   shape, and for a distance that is NaN or smaller than the one before it: of inner products and
  ///   similarities, give the negative. Row and column of the error are the item and the rank, from 0.
  template <class Lists, class Distances>
  neighbor_graph(const Eigen::DenseBase<Lists>& lists, const Eigen::DenseBase<Distances>& distances)
      : lists_(detail::search::with_ties(detail::search::checked_lists(lists), distances)) {}

  /// For the builders of this library: lists that are right by construction.
  explicit neighbor_graph(detail::search::neighbor_lists lists) noexcept : lists_(std::move(lists)) {}

  /// The number of items n.
  Eigen::Index size() const noexcept { return lists_.size(); }

  /// The number of neighbours of each item.
  Eigen::Index depth() const noexcept { return lists_.depth(); }

  /// The neighbours of one item in [0, n), nearest first; no bounds check. Valid as long as the graph.
  std::span<const index_type> neighbors(Eigen::Index item) const noexcept { return lists_.of(item); }

  /// The first k of them, 0 <= k <= depth.
  std::span<const index_type> neighbors(Eigen::Index item, Eigen::Index k) const noexcept {
    return lists_.of(item).first(static_cast<std::size_t>(k));
  }

  /// The graph at k: the first k of each list, with their ties. O(n k).
  /// @throws input_error when k is not in [1, depth].
  neighbor_graph first(Eigen::Index k) const {
    detail::base::check_depth(k, depth());
    detail::search::neighbor_lists lists(size(), k);
    for (Eigen::Index item = 0; item < size(); ++item)
      for (Eigen::Index rank = 0; rank < k; ++rank) {
        lists.set_neighbor(item, rank, lists_.of(item)[static_cast<std::size_t>(rank)]);
        lists.set_tied(item, rank, lists_.tied(item, rank));
      }
    return neighbor_graph(std::move(lists));
  }

  /// Whether the item's k-th and (k+1)-th neighbours are equally near, so that its neighbourhood at k is one
  /// choice of several. 1 <= k <= depth, no bounds check.
  bool tied(Eigen::Index item, Eigen::Index k) const noexcept { return lists_.tied(item, k - 1); }

  /// The tie report: how many items are tied at k. O(n).
  /// @throws input_error when k is not in [1, depth].
  Eigen::Index tied_items(Eigen::Index k) const {
    detail::base::check_depth(k, depth());
    Eigen::Index count = 0;
    for (Eigen::Index item = 0; item < size(); ++item) count += tied(item, k);
    return count;
  }

  friend bool operator==(const neighbor_graph&, const neighbor_graph&) = default;

 private:
  detail::search::neighbor_lists lists_;
};

}  // namespace NNGS_VERSION_NAMESPACE
}  // namespace nngs

#endif
