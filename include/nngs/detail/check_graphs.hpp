// SPDX-License-Identifier: MIT
#ifndef NNGS_DETAIL_CHECK_GRAPHS_HPP
#define NNGS_DETAIL_CHECK_GRAPHS_HPP

#include <Eigen/Core>
#include <algorithm>

#include "nngs/detail/base/sentence.hpp"
#include "nngs/error.hpp"
#include "nngs/neighbor_graph.hpp"
#include "nngs/version.hpp"

// What functions of two graphs check before anything else.

namespace nngs {
inline namespace NNGS_VERSION_NAMESPACE {
namespace detail {

inline void check_graphs(const neighbor_graph& x, const neighbor_graph& y) {
  if (x.size() != y.size())
    throw input_error(base::sentence({"the graphs are of ", x.size(), " and ", y.size(),
                                      " items: both need the same items, in the same order"}));
}

inline void check_graphs(const neighbor_graph& x, const neighbor_graph& y, Eigen::Index k) {
  check_graphs(x, y);
  if (k < 1 || k > std::min(x.depth(), y.depth()))
    throw input_error(base::sentence({"k = ", k, " is not in [1, depth] for graphs of depth ", x.depth(),
                                      " and ", y.depth(), ": build them with a larger k"}));
}

inline void check_range(item_range items, Eigen::Index n) {
  if (items.first < 0 || items.first > items.last || items.last > n)
    throw input_error(
        base::sentence({"items [", items.first, ", ", items.last, ") are not in [0, ", n, ")"}));
}

/// All items of a graph.
inline item_range every_item(const neighbor_graph& graph) { return {.first = 0, .last = graph.size()}; }

}  // namespace detail
}  // namespace NNGS_VERSION_NAMESPACE
}  // namespace nngs

#endif
