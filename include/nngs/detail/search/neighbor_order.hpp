// SPDX-License-Identifier: MIT
#ifndef NNGS_DETAIL_SEARCH_NEIGHBOR_ORDER_HPP
#define NNGS_DETAIL_SEARCH_NEIGHBOR_ORDER_HPP

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

#include "nngs/detail/search/neighbor_lists.hpp"
#include "nngs/version.hpp"

// The order of every neighbour list, decided here and nowhere else.

namespace nngs {
inline namespace NNGS_VERSION_NAMESPACE {
namespace detail::search {

/// A point and its reference key.
struct candidate {
  double key;
  std::uint32_t index;
};

/// Whether one candidate comes before another: the smaller key first, of equal keys the smaller index.
struct neighbor_order {
  bool operator()(const candidate& a, const candidate& b) const noexcept {
    return a.key < b.key || (a.key == b.key && a.index < b.index);
  }
};

/// Sorts candidates and appends them. Whether the last is tied with what follows is not known.
inline void append_in_order(std::span<candidate> some, const neighbor_order& order,
                            std::vector<ranked>& list) {
  std::sort(some.begin(), some.end(), order);
  for (std::size_t i = 0; i < some.size(); ++i)
    list.push_back({some[i].index, i + 1 < some.size() && some[i].key == some[i + 1].key});
}

}  // namespace detail::search
}  // namespace NNGS_VERSION_NAMESPACE
}  // namespace nngs

#endif
