// SPDX-License-Identifier: MIT
#ifndef NNGS_DETAIL_SEARCH_PLAN_HPP
#define NNGS_DETAIL_SEARCH_PLAN_HPP

#include <Eigen/Core>
#include <algorithm>
#include <cmath>

#include "nngs/detail/base/blocks.hpp"
#include "nngs/detail/base/pair_schedule.hpp"
#include "nngs/detail/search/kernels.hpp"
#include "nngs/version.hpp"

// Which way is fastest, and how large a block of work is worth a thread: every such choice, with what was
// measured. None changes a graph. All depend on the shape of the data, the join by whole numbers on a sample
// of them too, and none on the threads.

namespace nngs {
inline namespace NNGS_VERSION_NAMESPACE {
namespace detail::search {

/// Where the tree beats looking at every pair. Measured with normal data of 500 to 100,000 points, AVX-512,
/// two cores: at k = 10 it is 2 to 11 times as fast in 2 and 3 dimensions, 1.1 to 3 times in 5, and slower in
/// 8 but for the fewest points; from k = n / 8 on it is slower in all.
inline bool tree_is_faster(Eigen::Index n, Eigen::Index dimensions, Eigen::Index k) noexcept {
  return n >= 500 && dimensions <= 5 && k <= n / 50;
}

/// Where each pair is looked at once for both of its points. Elsewhere a list of its own for every point
/// costs more than looking at each pair twice. Fitted to where both cost the same for normal data, AVX-512:
///
///     n =            300    500    1,000    3,000    8,000    20,000
///     d = 16, k =     15     18       20       42       75       180
///     d = 64, k =     16     19       26       58      100       260
///     d = 512, k =    38     45       75      190
inline bool join_is_faster(Eigen::Index n, Eigen::Index dimensions, Eigen::Index depth) noexcept {
  return n >= 200 && depth <= 12 + n / 128 + n * dimensions / 12800;
}

/// Where a row is searched faster by a short list than by ranking all its scores: that costs some 4 ns a
/// score, and the list some 0.2 ns and what its members cost.
inline bool shortlists_are_faster(Eigen::Index n, Eigen::Index depth) noexcept {
  return n >= 200 && depth <= 12 + n / 128;
}

/// Where a join by whole numbers beats one by floats, with AVX-512 VNNI. `candidates`: how many points a list
/// has to evaluate even when it knows its neighbours; no fewer than `depth`. By what a point costs in ns,
/// fitted to joins of 1,000 to 20,000 points, d = 24 to 768, k = 10 to 200, which it tells within 20 %; it
/// has to promise a quarter. Normal data leave 16 candidates at k = 10, d = 64 and 37 at d = 512; embeddings
/// of few directions, 16 at d = 768. Time by floats over time by whole numbers, at k = 10 / 50:
///
///     n = 5,000    normal data d = 64    0.87 / 0.77       n = 10,000   normal data d = 128  1.19 / 0.95
///     n = 5,000    normal data d = 256   1.08 / 0.86       n = 10,000   normal data d = 512  1.6
///     n = 20,000   GloVe d = 100         1.55 / 1.00       n = 20,000   24 directions d = 768  2.8 / 1.85
inline bool integers_are_faster(Eigen::Index n, Eigen::Index dimensions, Eigen::Index depth,
                                double candidates, bool are_floats) noexcept {
  const auto points = static_cast<double>(n), d = static_cast<double>(dimensions),
             wanted = static_cast<double>(depth);
  const double by_floats = 0.01 * points * d + 0.03 * points + 60 * wanted * std::log(points / wanted);
  const double by_integers = 0.0026 * points * d + 0.15 * points + 4 * d +
                             70 * candidates * std::log(points / candidates) +
                             (are_floats ? 0.1 : 1) * candidates * d;
  return candidates < points / 8 && by_floats > 1.25 * by_integers;
}

/// Where one score costs less from sets of neighbours than from graphs, which hold them in order. Fitted as
/// above to where both cost the same:
///
///     n =           500    1,000    3,000    8,000
///     d = 16, k =     3        6       21       39
///     d = 64, k =     5       12       28       50
///     d = 512, k =   32       44      100 and more
///
/// At n = 5,000, d = 128, k = 1,000 sets take 188 ms and lists 508.
inline bool sets_are_faster(Eigen::Index n, Eigen::Index x_cols, Eigen::Index y_cols,
                            Eigen::Index k) noexcept {
  const Eigen::Index dimensions = std::min(x_cols, y_cols);
  return (n < 200 || k > 1 + n / 200 + n * dimensions / 12800) && !tree_is_faster(n, dimensions, k);
}

/// Rows searched by one thread: panels of them, as all points are read for each. 2^20 coordinates take 0.05
/// to 0.5 ms.
inline Eigen::Index block_rows(Eigen::Index n, Eigen::Index dimensions) noexcept {
  return panel_points * std::clamp<Eigen::Index>((1 << 20) / panel_points / (n * dimensions), 1, 5);
}

/// The same for metrics that take some 20 ns a coordinate, by a power or a call: a block is the least that a
/// report of progress waits for, so that it takes some 0.2 s, or is one row.
inline Eigen::Index costly_block_rows(Eigen::Index n, Eigen::Index dimensions) noexcept {
  return std::clamp<Eigen::Index>((1 << 23) / (n * dimensions), 1, block_rows(n, dimensions));
}

/// The same where all n others of each row are put in order, which takes some 60 ns for each.
inline Eigen::Index ordered_block_rows(Eigen::Index n, Eigen::Index rows) noexcept {
  return std::clamp<Eigen::Index>((1 << 19) / n, 1, rows);
}

/// Rows whose scores with all n points are in memory at once: fewer where they would leave the cache.
inline std::size_t rows_of_scores(Eigen::Index n) noexcept { return n > 65536 ? 8 : panel_points; }

/// Panels packed by one thread.
inline Eigen::Index packed_panels(Eigen::Index dimensions) noexcept {
  return std::max<Eigen::Index>(1, (1 << 18) / (panel_points * dimensions));
}

/// Panels of a block whose pairs with another block are scored by one thread: 2^23 products of coordinates
/// take some 0.1 ms.
inline Eigen::Index joined_panels(Eigen::Index panels, Eigen::Index dimensions) noexcept {
  const double points = std::sqrt(0x1p23 / static_cast<double>(dimensions));
  const auto least = static_cast<Eigen::Index>(points) / panel_points + 1;
  return std::max(
      {least, std::min<Eigen::Index>(21, panels / 16), base::divided_up(panels, base::most_paired_blocks)});
}

/// Rows of a block whose keys with another block are evaluated by one thread: 2^20 coordinates take some
/// 0.2 ms.
inline Eigen::Index joined_rows(Eigen::Index n, Eigen::Index dimensions) noexcept {
  const auto worth = static_cast<Eigen::Index>(std::sqrt(0x1p20 / static_cast<double>(dimensions))) + 1;
  return std::max(worth, base::divided_up(n, base::most_paired_blocks));
}

/// Lists of `depth` put in order by one thread.
inline Eigen::Index ordered_lists(Eigen::Index depth) noexcept { return 1 + (1 << 14) / depth; }

/// Groups of equal rows whose lists are told in items by one thread.
inline constexpr Eigen::Index told_groups = 64;

/// Queries of the tree by one thread: some 0.5 ms at d = 3, k = 10.
inline constexpr Eigen::Index tree_queries = 256;

/// Points put on Morton's curve by one thread: some 0.5 ms.
inline Eigen::Index morton_points(Eigen::Index n) noexcept {
  return std::max<Eigen::Index>(n / 8 + 1, 1 << 13);
}

}  // namespace detail::search
}  // namespace NNGS_VERSION_NAMESPACE
}  // namespace nngs

#endif
