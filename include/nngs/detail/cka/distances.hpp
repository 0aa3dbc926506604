// SPDX-License-Identifier: MIT
#ifndef NNGS_DETAIL_CKA_DISTANCES_HPP
#define NNGS_DETAIL_CKA_DISTANCES_HPP

#include <Eigen/Core>
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

#include "nngs/detail/base/blocks.hpp"
#include "nngs/detail/base/random.hpp"
#include "nngs/detail/cka/centring.hpp"
#include "nngs/detail/cka/pairs.hpp"
#include "nngs/executor.hpp"
#include "nngs/version.hpp"

namespace nngs {
inline namespace NNGS_VERSION_NAMESPACE {
namespace detail::cka {

/// Half the squared distances of items, block by block, by products of centred rows. Pairs so near each
/// other, beside their norms, that this costs more than 12 bits are evaluated again from differences.
class item_distances {
 public:
  /// `items`: rows in panels. `unimportant`: pairs whose half squared norms add up to less are not evaluated
  /// again.
  item_distances(const centred& items, const double_loops& loops, double unimportant = 0)
      : panels_(items.panels),
        loops_(loops),
        unimportant_(unimportant),
        half_norms_(Eigen::VectorXd::Zero(panels_.panels() * panel_width)) {
    half_norms_.head(panels_.count()) = items.squares / 2;
  }

  void operator()(const block& part, block_entries& halves) const {
    multiply(panels_, panels_, part, loops_, halves);
    for (Eigen::Index j = 0; j < part.columns; ++j) {
      const double* norms = half_norms_.data() + part.row;
      if (loops_.half_squares(halves.column(j), norms, half_norms_[part.column + j], halves.height()))
        mend(part, j, halves.column(j));
    }
  }

 private:
  void mend(const block& part, Eigen::Index j, double* halves) const {
    for (Eigen::Index i = part.lower ? j + 1 : 0; i < part.rows; ++i) {
      const double norms = half_norms_[part.row + i] + half_norms_[part.column + j];
      if (halves[i] < norms * lost_share && norms > unimportant_)
        halves[i] = from_differences(part.row + i, part.column + j);
    }
  }

  double from_differences(Eigen::Index a, Eigen::Index b) const {
    double sum = 0;
    for (Eigen::Index entry = 0; entry < panels_.depth(); ++entry) {
      const double difference = panels_.at(a / panel_width, entry)[a % panel_width] -
                                panels_.at(b / panel_width, entry)[b % panel_width];
      sum += difference * difference;
    }
    return sum / 2;
  }

  const double_panels& panels_;
  const double_loops& loops_;
  double unimportant_;
  Eigen::VectorXd half_norms_;
};

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

template <class Lists>
std::vector<double> joined(const Lists& lists) {
  std::vector<double> all;
  for (const auto& list : lists) all.insert(all.end(), list.begin(), list.end());
  return all;
}

/// Over all pairs. Memory: 16 bytes a pair.
template <executor Executor>
double median_of_all(const centred& items, const double_loops& loops, const Executor& execute) {
  const item_distances distances(items, loops);
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
  return median_of_halves(joined(found));
}

/// Over the pairs of random tiles, 24 items by 8: each ordered pair of items is as likely as any other. The
/// error is that of a sample of tiles, since pairs of one tile share items (and, in sorted data, classes).
template <executor Executor>
median_distance median_of_sample(const centred& items, const double_loops& loops, std::uint64_t seed,
                                 const Executor& execute) {
  constexpr Eigen::Index pieces = 64, tiles = 128;  // 1.5 million pairs
  const item_distances distances(items, loops);
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
  const double median = median_of_halves(joined(found));

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
template <executor Executor>
median_distance find_median(const centred& items, const double_loops& loops, std::uint64_t seed,
                            const Executor& execute) {
  if (items.panels.count() <= 2048) return {median_of_all(items, loops, execute), 0};
  return median_of_sample(items, loops, seed, execute);
}

}  // namespace detail::cka
}  // namespace NNGS_VERSION_NAMESPACE
}  // namespace nngs

#endif
