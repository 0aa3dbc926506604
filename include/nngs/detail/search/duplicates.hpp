// SPDX-License-Identifier: MIT
#ifndef NNGS_DETAIL_SEARCH_DUPLICATES_HPP
#define NNGS_DETAIL_SEARCH_DUPLICATES_HPP

#include <Eigen/Core>
#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "nngs/detail/base/function_ref.hpp"
#include "nngs/detail/search/given_points.hpp"
#include "nngs/detail/search/neighbor_lists.hpp"
#include "nngs/detail/search/neighbor_order.hpp"
#include "nngs/detail/search/tie_rank.hpp"
#include "nngs/version.hpp"

// Where many rows repeat (classes, bits, zero rows, a constant matrix), each distinct row is searched once,
// and its list is told in items. Otherwise every list would overflow with items equally near, and all of them
// would have to be evaluated.
//
// Equal rows are a group. Groups are numbered by the first of their items in the tie order, so that among
// equal keys the group with the smaller number holds the item that comes first. The `depth` first items other
// than the row itself all lie in its own group and the `depth` first other groups: each of these has an item
// that comes before all items of a later group.

namespace nngs {
inline namespace NNGS_VERSION_NAMESPACE {
namespace detail::search {

/// A hash of the first coordinates of a row, as many as fit the buffer; equal rows have equal hashes.
inline std::uint64_t hash_row(const given_points& points, Eigen::Index row, std::vector<double>& buffer) {
  points.read(row, buffer.data(), static_cast<Eigen::Index>(buffer.size()));
  std::uint64_t hash = 0;
  for (const double value : buffer) hash = mix(hash ^ bits_of(value));
  return hash;
}

/// Whether at least a quarter of 64 rows spread evenly repeat another of them in their first coordinates.
inline bool many_rows_repeat(const given_points& points, Eigen::Index coordinates) {
  constexpr Eigen::Index most = 64;
  const Eigen::Index n = points.rows(), rows = std::min(n, most);
  std::vector<double> buffer(static_cast<std::size_t>(coordinates));
  std::uint64_t hashes[most];
  Eigen::Index repeats = 0;
  for (Eigen::Index i = 0; i < rows; ++i) {
    hashes[i] = hash_row(points, i * n / rows, buffer);
    repeats += std::find(hashes, hashes + i, hashes[i]) != hashes + i;
  }
  return 4 * repeats >= rows;
}

/// The same of whole rows. Most data are told by a few coordinates.
inline bool many_rows_repeat(const given_points& points) {
  constexpr Eigen::Index few = 8;
  return many_rows_repeat(points, std::min(few, points.cols())) && many_rows_repeat(points, points.cols());
}

/// The groups of equal rows, numbered by their first items in the tie order.
class row_groups {
 public:
  row_groups(const given_points& points, const tie_rank& ties) {
    const auto n = static_cast<std::size_t>(points.rows());
    std::vector<std::uint32_t> in_order(n), group_of(n);
    for (std::uint32_t item = 0; item < n; ++item) in_order[item] = item;
    ties.sort(in_order);
    find_groups(points, in_order, group_of);
    for (const std::uint32_t group : group_of) ++ends_[group];
    std::uint32_t total = 0;  // from counts to beginnings; an item that takes its place moves it to the end
    for (std::uint32_t& end : ends_) total += std::exchange(end, total);
    items_.resize(n);
    for (const std::uint32_t item : in_order) items_[ends_[group_of[item]]++] = item;
  }

  Eigen::Index count() const noexcept { return static_cast<Eigen::Index>(firsts_.size()); }
  /// The first item of each group.
  std::span<const std::uint32_t> first_items() const noexcept { return firsts_; }
  /// The items of a group, in the tie order.
  std::span<const std::uint32_t> items(std::size_t group) const noexcept {
    const std::uint32_t begin = group == 0 ? 0 : ends_[group - 1];
    return {items_.data() + begin, ends_[group] - begin};
  }

 private:
  /// Finds the group of every item, by a table of groups that are found by the hash of their rows.
  void find_groups(const given_points& points, const std::vector<std::uint32_t>& in_order,
                   std::vector<std::uint32_t>& group_of) {
    constexpr std::uint32_t none = 0xFFFFFFFF;
    const auto d = static_cast<std::size_t>(points.cols());
    std::vector<std::uint32_t> table(std::bit_ceil(2 * in_order.size()), none);
    std::vector<double> row(d), first(d);
    for (const std::uint32_t item : in_order) {
      std::size_t at = hash_row(points, item, row) % table.size();
      for (; table[at] != none; at = (at + 1) % table.size()) {
        points.read(firsts_[table[at]], first.data());
        if (first == row) break;
      }
      if (table[at] == none) {
        table[at] = static_cast<std::uint32_t>(firsts_.size());
        firsts_.push_back(item);
      }
      group_of[item] = table[at];
    }
    ends_.resize(firsts_.size());
  }

  std::vector<std::uint32_t> firsts_, items_;
  std::vector<std::uint32_t> ends_;  ///< of the groups in `items_`
};

/// Sets the reference keys of some groups with one.
using set_group_keys = base::function_ref<void(std::size_t group, std::span<candidate> others)>;

/// Tells the lists of groups in items.
class item_lists {
 public:
  /// `near`: of each group its k + 1 nearest others, or all.
  item_lists(const row_groups& groups, const neighbor_lists& near, const tie_rank& ties,
             set_group_keys set_keys, neighbor_lists& lists)
      : groups_(groups), near_(near), ties_(ties), set_keys_(set_keys), lists_(lists) {}

  /// Sets the lists of all items of one group.
  void set(std::size_t group) {
    order_groups(group);
    order_items();
    for (const std::uint32_t row : groups_.items(group)) set_list(row);
  }

 private:
  void order_groups(std::size_t group) {
    order_.clear();
    for (const std::uint32_t other : near_.of(static_cast<Eigen::Index>(group))) order_.push_back({0, other});
    order_.push_back({0, static_cast<std::uint32_t>(group)});
    set_keys_(group, order_);
    // The others are in order: the group itself goes to its place.
    for (std::size_t at = order_.size() - 1; at > 0 && order_[at].key < order_[at - 1].key; --at)
      std::swap(order_[at], order_[at - 1]);
  }

  /// The items of the nearest groups: one more than wanted and more, as the row itself is among them.
  void order_items() {
    const auto wanted = static_cast<std::size_t>(lists_.depth()) + 2;
    items_.clear();
    for (std::size_t begin = 0, end = 0; begin < order_.size() && items_.size() < wanted; begin = end) {
      equal_.clear();
      for (end = begin; end < order_.size() && same_key(order_[end].key, order_[begin].key); ++end) {
        const auto items = groups_.items(order_[end].index);
        for (const std::uint32_t item : items.first(std::min(items.size(), wanted))) equal_.push_back(item);
      }
      if (end > begin + 1) ties_.sort(equal_);
      for (const std::uint32_t item : equal_) items_.push_back({order_[begin].key, item});
    }
  }

  void set_list(std::uint32_t row) {
    list_.clear();
    double last_key = 0;
    for (const candidate& one : items_) {
      if (one.index == row) continue;
      if (!list_.empty()) list_.back().tied = same_key(one.key, last_key);
      last_key = one.key;
      list_.push_back({one.index, false});
    }
    lists_.set(row, list_);
  }

  const row_groups& groups_;
  const neighbor_lists& near_;
  const tie_rank& ties_;
  set_group_keys set_keys_;
  neighbor_lists& lists_;
  std::vector<candidate> order_, items_;
  std::vector<std::uint32_t> equal_;
  std::vector<ranked> list_;
};

}  // namespace detail::search
}  // namespace NNGS_VERSION_NAMESPACE
}  // namespace nngs

#endif
