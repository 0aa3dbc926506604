// SPDX-License-Identifier: MIT
#ifndef NNGS_DETAIL_ROW_RANGES_HPP
#define NNGS_DETAIL_ROW_RANGES_HPP

#include <Eigen/Core>
#include <algorithm>
#include <iterator>
#include <vector>

#include "nngs/detail/base/sentence.hpp"
#include "nngs/error.hpp"
#include "nngs/neighbor_graph.hpp"
#include "nngs/version.hpp"

// Which rows of a base were searched.

namespace nngs {
inline namespace NNGS_VERSION_NAMESPACE {
namespace detail {

/// Ascending ranges of rows, none empty, with gaps between them.
using row_ranges = std::vector<item_range>;

/// Both together.
/// @throws input_error for rows that lie in both.
inline row_ranges united(const row_ranges& a, const row_ranges& b) {
  row_ranges all;
  all.reserve(a.size() + b.size());
  std::merge(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(all),
             [](const item_range& one, const item_range& other) { return one.first < other.first; });
  row_ranges joined;
  for (const item_range& next : all) {
    if (!joined.empty() && next.first < joined.back().last)
      throw input_error(base::sentence({"rows [", next.first, ", ", std::min(next.last, joined.back().last),
                                        ") of the base were searched already: each counts once"}));
    if (!joined.empty() && next.first == joined.back().last)
      joined.back().last = next.last;
    else
      joined.push_back(next);
  }
  return joined;
}

/// Whether a row lies in one of them. O(log of their number).
inline bool holds(const row_ranges& some, Eigen::Index row) noexcept {
  const auto after =
      std::upper_bound(some.begin(), some.end(), row,
                       [](Eigen::Index at, const item_range& range) { return at < range.first; });
  return after != some.begin() && row < std::prev(after)->last;
}

/// The first rows of [0, n) that lie in none; empty when all do.
inline item_range first_gap(const row_ranges& some, Eigen::Index n) {
  if (some.empty()) return {0, n};
  if (some.front().first > 0) return {0, some.front().first};
  return {some.front().last, some.size() > 1 ? some[1].first : n};
}

}  // namespace detail
}  // namespace NNGS_VERSION_NAMESPACE
}  // namespace nngs

#endif
