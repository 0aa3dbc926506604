// SPDX-License-Identifier: MIT
#ifndef NNGS_DETAIL_SEARCH_DUPLICATES_HPP
#define NNGS_DETAIL_SEARCH_DUPLICATES_HPP

#include <Eigen/Core>
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <utility>
#include <vector>

#include "nngs/detail/base/blocks.hpp"
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

/// A hash of each row; equal rows have equal hashes.
inline std::uint64_t hash_row(const given_points& points, Eigen::Index row, std::vector<double>& buffer) {
  points.read(row, buffer.data());
  std::uint64_t hash = 0;
  for (const double value : buffer) hash = mix(hash ^ bits_of(value));
  return hash;
}

/// Whether at least a quarter of 64 rows spread evenly repeat another of them. O(64 d).
inline bool many_rows_repeat(const given_points& points) {
  constexpr Eigen::Index most = 64;
  const Eigen::Index n = points.rows(), rows = std::min(n, most);
  std::vector<double> buffer(static_cast<std::size_t>(points.cols()));
  std::vector<std::uint64_t> hashes;
  for (Eigen::Index i = 0; i < rows; ++i) hashes.push_back(hash_row(points, i * n / rows, buffer));
  std::sort(hashes.begin(), hashes.end());
  const auto distinct = std::unique(hashes.begin(), hashes.end()) - hashes.begin();
  return 4 * (rows - distinct) >= rows;
}

/// The groups of equal rows, numbered by their first items in the tie order.
class row_groups {
 public:
  row_groups(const given_points& points, const tie_rank& ties) {
    const auto n = static_cast<std::size_t>(points.rows());
    std::vector<double> a(static_cast<std::size_t>(points.cols())), b = a;
    items_.reserve(n);
    std::vector<std::pair<std::uint64_t, std::uint32_t>> by_hash;
    by_hash.reserve(n);
    for (std::uint32_t item = 0; item < n; ++item) by_hash.emplace_back(hash_row(points, item, a), item);
    std::sort(by_hash.begin(), by_hash.end());
    std::vector<std::vector<std::uint32_t>> groups;
    for (std::size_t begin = 0, end = 0; begin < n; begin = end) {
      const std::size_t first = groups.size();  // of those with this hash
      for (end = begin; end < n && by_hash[end].first == by_hash[begin].first; ++end) {
        const std::uint32_t item = by_hash[end].second;
        points.read(item, a.data());
        std::size_t at = first;
        for (; at < groups.size(); ++at) {
          points.read(groups[at].front(), b.data());
          if (a == b) break;
        }
        if (at == groups.size()) groups.emplace_back();
        groups[at].push_back(item);
      }
    }
    const auto before = [&](std::uint32_t x, std::uint32_t y) { return ties.before(x, y); };
    for (auto& group : groups) std::sort(group.begin(), group.end(), before);
    std::sort(groups.begin(), groups.end(),
              [&](const auto& x, const auto& y) { return before(x.front(), y.front()); });
    for (const auto& group : groups) {
      begins_.push_back(items_.size());
      items_.insert(items_.end(), group.begin(), group.end());
    }
    begins_.push_back(items_.size());
  }

  Eigen::Index count() const noexcept { return static_cast<Eigen::Index>(begins_.size()) - 1; }
  /// The items of a group, in the tie order.
  std::span<const std::uint32_t> items(std::size_t group) const noexcept {
    return {items_.data() + begins_[group], begins_[group + 1] - begins_[group]};
  }

 private:
  std::vector<std::uint32_t> items_;
  std::vector<std::size_t> begins_;
};

/// Tells the lists of groups in items. `near`: of each group its nearest others, `depth` of them or all;
/// `key`: the reference key of two groups.
inline void set_lists(const row_groups& groups, const neighbor_lists* near, const tie_rank& ties,
                      Eigen::Index depth, base::function_ref<double(std::size_t, std::size_t)> key,
                      base::executor_ref execute, neighbor_lists& lists) {
  const auto wanted = static_cast<std::size_t>(depth);
  constexpr Eigen::Index groups_per_block = 64;
  base::for_each_block(execute, groups.count(), groups_per_block, [&](Eigen::Index first, Eigen::Index last) {
    std::vector<candidate> order;
    std::vector<std::uint32_t> equal;
    std::vector<std::pair<std::uint32_t, std::uint32_t>> near_items;  // and which of the keys is theirs
    std::vector<ranked> list;
    const auto before = [&](std::uint32_t a, std::uint32_t b) { return ties.before(a, b); };
    for (auto group = static_cast<std::size_t>(first); group < static_cast<std::size_t>(last); ++group) {
      order.assign(1, {key(group, group), static_cast<std::uint32_t>(group)});
      if (near != nullptr)
        for (const std::uint32_t other : near->neighbors(static_cast<Eigen::Index>(group)))
          order.push_back({key(group, other), other});
      std::sort(order.begin(), order.end(), [](const candidate& a, const candidate& b) {
        return a.key < b.key || (a.key == b.key && a.index < b.index);
      });
      near_items.clear();
      std::uint32_t rank = 0;
      // One item more than wanted: the row itself is among them.
      for (std::size_t begin = 0, end = 0; begin < order.size() && near_items.size() <= wanted;
           begin = end, ++rank) {
        equal.clear();
        for (end = begin; end < order.size() && order[end].key == order[begin].key; ++end) {
          const auto items = groups.items(order[end].index);
          equal.insert(equal.end(), items.begin(),
                       items.begin() + static_cast<std::ptrdiff_t>(std::min(items.size(), wanted + 1)));
        }
        if (end > begin + 1) std::sort(equal.begin(), equal.end(), before);
        for (const std::uint32_t item : equal) near_items.emplace_back(item, rank);
      }
      for (const std::uint32_t row : groups.items(group)) {
        list.clear();
        std::uint32_t last_rank = rank;
        for (const auto& [item, key_rank] : near_items) {
          if (item == row) continue;
          if (key_rank == last_rank) list.back().tied = true;
          last_rank = key_rank;
          list.push_back({item, false});
        }
        lists.set(row, list);
      }
    }
  });
}

}  // namespace detail::search
}  // namespace NNGS_VERSION_NAMESPACE
}  // namespace nngs

#endif
