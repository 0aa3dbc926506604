// SPDX-License-Identifier: MIT
#ifndef NNGS_DETAIL_SEARCH_KEYED_LISTS_HPP
#define NNGS_DETAIL_SEARCH_KEYED_LISTS_HPP

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "nngs/detail/search/tie_place.hpp"
#include "nngs/tie_order.hpp"
#include "nngs/version.hpp"

// Neighbour lists with their keys, which can be merged. What comes first of two sets together comes first of
// one of them: so lists of the parts of a base tell those of the whole, in whatever order they are merged.

namespace nngs {
inline namespace NNGS_VERSION_NAMESPACE {
namespace detail::search {

/// A list for each of several queries, of what was searched so far: the smaller reference key first and equal
/// keys in the tie order. Memory: 12 bytes a neighbour.
class keyed_lists {
 public:
  /// Empty lists that never hold more than `most`, and have room for as many of `rows` that are searched.
  keyed_lists(std::size_t queries, std::size_t most, std::size_t rows)
      : most_(most),
        room_(std::min(most, rows)),
        sizes_(queries),
        keys_(queries * room_),
        neighbors_(queries * room_) {}

  std::size_t queries() const noexcept { return sizes_.size(); }
  std::size_t most() const noexcept { return most_; }
  std::span<const double> keys(std::size_t query) const noexcept {
    return {keys_.data() + query * room_, sizes_[query]};
  }
  /// Rows of the whole base.
  std::span<const std::uint32_t> neighbors(std::size_t query) const noexcept {
    return {neighbors_.data() + query * room_, sizes_[query]};
  }

  /// The next neighbour of a query, for which there is room. Different queries at the same time.
  void append(std::size_t query, double key, std::uint32_t neighbor) noexcept {
    const std::size_t at = query * room_ + sizes_[query]++;
    keys_[at] = key;
    neighbors_[at] = neighbor;
  }

  /// The lists of the same queries in the parts of the base that two searched.
  static keyed_lists merged(const keyed_lists& one, const keyed_lists& other, tie_order ties) {
    keyed_lists both(one.queries(), one.most_, one.room_ + other.room_);
    for (std::size_t query = 0; query < both.queries(); ++query) {
      const std::span<const double> keys_a = one.keys(query), keys_b = other.keys(query);
      const std::span<const std::uint32_t> near_a = one.neighbors(query), near_b = other.neighbors(query);
      const std::size_t size = std::min(both.most_, keys_a.size() + keys_b.size());
      for (std::size_t a = 0, b = 0; a + b < size;) {
        const bool from_a =
            b == keys_b.size() ||
            (a < keys_a.size() && (keys_a[a] < keys_b[b] ||
                                   (!(keys_b[b] < keys_a[a]) && comes_first(ties, near_a[a], near_b[b]))));
        both.append(query, from_a ? keys_a[a] : keys_b[b], from_a ? near_a[a] : near_b[b]);
        ++(from_a ? a : b);
      }
    }
    return both;
  }

  friend bool operator==(const keyed_lists&, const keyed_lists&) = default;

 private:
  std::size_t most_, room_;
  std::vector<std::uint32_t> sizes_;
  std::vector<double> keys_;
  std::vector<std::uint32_t> neighbors_;
};

}  // namespace detail::search
}  // namespace NNGS_VERSION_NAMESPACE
}  // namespace nngs

#endif
