// SPDX-License-Identifier: MIT
#ifndef NNGS_DETAIL_SEARCH_NEIGHBOR_ORDER_HPP
#define NNGS_DETAIL_SEARCH_NEIGHBOR_ORDER_HPP

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

#include "nngs/detail/search/neighbor_lists.hpp"
#include "nngs/detail/search/tie_rank.hpp"
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

inline bool same_key(double a, double b) noexcept { return !(a < b) && !(b < a); }

/// Whether one candidate comes before another: the smaller key first, equal keys in the tie order.
struct neighbor_order {
  const tie_rank* ties;

  bool operator()(const candidate& a, const candidate& b) const {
    return a.key < b.key || (!(b.key < a.key) && ties->before(a.index, b.index));
  }
};

[[gnu::noinline]] inline void sort_candidates(std::span<candidate> some, const neighbor_order& order) {
  std::sort(some.data(), some.data() + some.size(), order);
}

/// Sorts candidates and appends them. Whether the last is tied with what follows is not known.
[[gnu::noinline]] inline void append_in_order(std::span<candidate> some, const neighbor_order& order,
                                              std::vector<ranked>& list) {
  sort_candidates(some, order);
  for (std::size_t i = 0; i < some.size(); ++i)
    list.push_back({some[i].index, i + 1 < some.size() && same_key(some[i].key, some[i + 1].key)});
}

}  // namespace detail::search
}  // namespace NNGS_VERSION_NAMESPACE
}  // namespace nngs

#endif
