// SPDX-License-Identifier: MIT
#ifndef NNGS_DETAIL_CKA_MEDIAN_HPP
#define NNGS_DETAIL_CKA_MEDIAN_HPP

#include <Eigen/Core>
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "nngs/detail/base/blocks.hpp"
#include "nngs/detail/base/function_ref.hpp"
#include "nngs/detail/base/instruction_set.hpp"
#include "nngs/detail/base/random.hpp"
#include "nngs/detail/cka/distances.hpp"
#include "nngs/detail/cka/pairs.hpp"
#include "nngs/version.hpp"

// The median distance of two items, from which an RBF kernel takes its bandwidth.

namespace nngs {
inline namespace NNGS_VERSION_NAMESPACE {
namespace detail::cka {

/// The median of the distances of two different items.
struct median_distance {
  double value;
  double rank_error;  ///< standard error of its rank among all pairs, as a share of them; 0 when exact
};

/// The median of distances whose half squares are given: of an even number, the mean of the middle two.
inline double median_of_halves(std::vector<double> halves) {
  const auto middle = halves.begin() + static_cast<std::ptrdiff_t>(halves.size() / 2);
  std::nth_element(halves.begin(), middle, halves.end());
  const double upper = std::sqrt(2 * *middle);
  if (halves.size() % 2 == 1) return upper;
  return (std::sqrt(2 * *std::max_element(halves.begin(), middle)) + upper) / 2;
}

inline std::vector<double> join(const std::vector<std::vector<double>>& lists) {
  std::size_t count = 0;
  for (const std::vector<double>& list : lists) count += list.size();
  std::vector<double> all;
  all.reserve(count);
  for (const std::vector<double>& list : lists)
    for (const double number : list) all.push_back(number);
  return all;
}

/// Over all pairs. Memory: 16 bytes a pair.
inline double median_of_all(const centred_matrix& items, base::instruction_set instructions,
                            base::executor_ref execute) {
  const item_distances distances(items, instructions);
  const Eigen::Index n = items.panels.count(), edge = strip_edge(n), strips = base::divided_up(n, edge);
  std::vector<std::vector<double>> found(static_cast<std::size_t>(strips * (strips + 1) / 2));
  for_each_strip_pair(execute, strips, [&](Eigen::Index pair, Eigen::Index i, Eigen::Index j) {
    block_entries halves;
    std::vector<double>& list = found[static_cast<std::size_t>(pair)];
    for_each_block_of(n, edge, i, j, [&](const block& part) {
      distances(part, halves);
      for (Eigen::Index c = 0; c < part.columns; ++c)
        list.insert(list.end(), halves.column(c) + (part.lower ? c + 1 : 0), halves.column(c) + part.rows);
    });
  });
  return median_of_halves(join(found));
}

/// Over the pairs of random tiles, 24 items by 8: each ordered pair of items is as likely as any other. The
/// error is that of a sample of tiles, since pairs of one tile share items (and, in sorted data, classes).
inline median_distance median_of_sample(const centred_matrix& items, base::instruction_set instructions,
                                        std::uint64_t seed, base::executor_ref execute) {
  constexpr Eigen::Index pieces = 64, tiles = 128;  // 1.5 million pairs
  const item_distances distances(items, instructions);
  const Eigen::Index n = items.panels.count();
  std::vector<std::vector<double>> found(pieces * tiles);
  execute(pieces, [&](Eigen::Index piece) {
    block_entries halves;
    for (Eigen::Index tile = piece * tiles; tile < (piece + 1) * tiles; ++tile) {
      base::random_stream random(seed, static_cast<std::uint64_t>(tile));
      const auto below = [&](Eigen::Index end) -> Eigen::Index {
        return random.below(static_cast<std::uint32_t>(end));
      };
      const Eigen::Index row = tile_rows * below(base::divided_up(n, tile_rows));
      const Eigen::Index column = panel_width * below(base::divided_up(n, panel_width));
      const block part{row, column, std::min(tile_rows, n - row), std::min(panel_width, n - column), false};
      distances(part, halves);
      for (Eigen::Index j = 0; j < part.columns; ++j)
        for (Eigen::Index i = 0; i < part.rows; ++i)
          if (row + i != column + j) found[static_cast<std::size_t>(tile)].push_back(halves.column(j)[i]);
    }
  });
  const double median = median_of_halves(join(found));

  double pairs = 0, squares = 0;
  for (const std::vector<double>& tile : found) {
    double excess = 0;  // of pairs below the median over pairs above, halved
    for (const double half : tile) {
      const double distance = std::sqrt(2 * half);
      excess += distance < median ? 0.5 : distance > median ? -0.5 : 0;
    }
    pairs += static_cast<double>(tile.size());
    squares += excess * excess;
  }
  return {median, std::sqrt(squares) / pairs};
}

/// Exact up to 2,048 items (2 million pairs), from a sample beyond.
inline median_distance find_median(const centred_matrix& items, base::instruction_set instructions,
                                   std::uint64_t seed, base::executor_ref execute) {
  if (items.panels.count() <= 2048) return {median_of_all(items, instructions, execute), 0};
  return median_of_sample(items, instructions, seed, execute);
}

}  // namespace detail::cka
}  // namespace NNGS_VERSION_NAMESPACE
}  // namespace nngs

#endif
