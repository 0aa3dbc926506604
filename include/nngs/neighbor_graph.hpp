// SPDX-License-Identifier: MIT
#ifndef NNGS_NEIGHBOR_GRAPH_HPP
#define NNGS_NEIGHBOR_GRAPH_HPP

#include <Eigen/Core>
#include <algorithm>
#include <concepts>
#include <cstdint>
#include <span>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "nngs/detail/base/check.hpp"
#include "nngs/detail/search/neighbor_lists.hpp"
#include "nngs/version.hpp"

/// @file
/// Neighbour lists, their ties, and the checked constructor for lists found elsewhere.

namespace nngs {
inline namespace NNGS_VERSION_NAMESPACE {

/// The k-nearest-neighbour graph of n items: for each, `depth` others, nearest first, ties to the smaller
/// index, never the item itself. The first k of each list are the graph at k, for any k <= depth. Memory: 5
/// bytes a neighbour.
class neighbor_graph {
 public:
  /// Of an item: graphs have up to 2^32 - 1.
  using index_type = std::uint32_t;

  /// Lists found elsewhere: an n x k matrix of any integer type, row i the neighbours of item i, nearest
  /// first. A library's result over memory is `Eigen::Map<const Eigen::Matrix<std::int64_t, -1, -1,
  /// Eigen::RowMajor>>`. Such lists carry no keys: no ties are known. Cost O(n k log k).
  /// @throws std::invalid_argument when n < 2, when k is not in [1, n - 1], or when a list names the item
  ///   itself, an item twice, or one outside [0, n).
  template <class Derived>
  explicit neighbor_graph(const Eigen::DenseBase<Derived>& lists)
      : lists_(checked_size(lists.rows(), lists.cols()), lists.cols()) {
    static_assert(std::integral<typename Derived::Scalar> && !std::same_as<typename Derived::Scalar, bool>,
                  "neighbour lists are a matrix of integers");
    for (Eigen::Index item = 0; item < size(); ++item) {
      index_type* list = lists_.indices_.data() + item * depth();
      for (Eigen::Index rank = 0; rank < depth(); ++rank)
        list[rank] = checked_neighbor(item, lists.derived().coeff(item, rank));
      check_distinct(item);
    }
  }

  /// For the builders of this library: lists that are right by construction.
  explicit neighbor_graph(detail::search::neighbor_lists lists) noexcept : lists_(std::move(lists)) {}

  /// The number of items n.
  Eigen::Index size() const noexcept { return lists_.size_; }

  /// The number of neighbours of each item.
  Eigen::Index depth() const noexcept { return lists_.depth_; }

  /// The neighbours of one item in [0, n), nearest first; no bounds check. Valid as long as the graph.
  std::span<const index_type> neighbors(Eigen::Index item) const noexcept {
    return {lists_.indices_.data() + item * depth(), static_cast<std::size_t>(depth())};
  }

  /// Whether the item's k-th and (k+1)-th neighbours are equally near, so that its neighbourhood at k is one
  /// choice of several. 1 <= k <= depth, no bounds check.
  bool tied(Eigen::Index item, Eigen::Index k) const noexcept {
    return lists_.tied_[static_cast<std::size_t>(item * depth() + k - 1)] != 0;
  }

  /// The tie report: how many items are tied at k. O(n). @throws std::invalid_argument when k is not in [1,
  /// depth].
  Eigen::Index tied_items(Eigen::Index k) const {
    detail::base::check_depth(k, depth());
    Eigen::Index count = 0;
    for (Eigen::Index item = 0; item < size(); ++item) count += tied(item, k);
    return count;
  }

  friend bool operator==(const neighbor_graph&, const neighbor_graph&) = default;

 private:
  static Eigen::Index checked_size(Eigen::Index rows, Eigen::Index cols) {
    detail::base::check_items(rows);
    detail::base::check_k(cols, rows);
    return rows;
  }

  template <std::integral Integer>
  index_type checked_neighbor(Eigen::Index item, Integer neighbor) const {
    if (std::cmp_less(neighbor, 0) || std::cmp_greater_equal(neighbor, size()))
      bad_list(item, "names item " + std::to_string(neighbor) + ", which is not in [0, " +
                         std::to_string(size()) + ")");
    if (std::cmp_equal(neighbor, item)) bad_list(item, "names the item itself: search one more and drop it");
    return static_cast<index_type>(neighbor);
  }

  void check_distinct(Eigen::Index item) const {
    const auto list = neighbors(item);
    std::vector<index_type> sorted(list.begin(), list.end());
    std::sort(sorted.begin(), sorted.end());
    const auto twice = std::adjacent_find(sorted.begin(), sorted.end());
    if (twice != sorted.end()) bad_list(item, "names item " + std::to_string(*twice) + " twice");
  }

  [[noreturn]] static void bad_list(Eigen::Index item, const std::string& what) {
    throw std::invalid_argument("the neighbour list of item " + std::to_string(item) + " " + what);
  }

  detail::search::neighbor_lists lists_;
};

}  // namespace NNGS_VERSION_NAMESPACE
}  // namespace nngs

#endif
