// SPDX-License-Identifier: MIT
#ifndef NNGS_DETAIL_SEARCH_BY_PRODUCTS_HPP
#define NNGS_DETAIL_SEARCH_BY_PRODUCTS_HPP

#include <Eigen/Core>
#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "nngs/detail/base/blocks.hpp"
#include "nngs/detail/base/pair_schedule.hpp"
#include "nngs/detail/search/decision.hpp"
#include "nngs/detail/search/kernels.hpp"
#include "nngs/detail/search/nearest_list.hpp"
#include "nngs/detail/search/neighbor_set.hpp"
#include "nngs/detail/search/ranking.hpp"
#include "nngs/detail/search/screen.hpp"
#include "nngs/detail/search/shortlists.hpp"
#include "nngs/executor.hpp"
#include "nngs/metric.hpp"
#include "nngs/points.hpp"
#include "nngs/version.hpp"

namespace nngs {
inline namespace NNGS_VERSION_NAMESPACE {
namespace detail::search {

/// The search by products: a screen in float, and the reference where the screen cannot tell. Points and
/// metric have to outlive it.
template <class Scalar, product_metric Metric>
class product_search {
 public:
  template <executor Executor>
  product_search(const points<Scalar>& values, const Metric& metric, base::instruction_set instructions,
                 const Executor& execute)
      : values_(values), metric_(metric), screen_(values, metric, instructions, execute) {}

  /// Calls use(row, neighbours in order) for each given row, with its `depth` nearest points and maybe more.
  /// Memory: 4 n bytes a row of a group.
  template <class Use>
  void rows(std::span<const Eigen::Index> rows, Eigen::Index depth, const Use& use) const {
    reference_order<Scalar, Metric> order(values_, metric_, screen_);
    score_ranking rank(screen_.tile());
    for_each_row_of_scores(rows, [&](Eigen::Index row, const float* scores) {
      use(row, order(row, rank(scores, screen_.size(), row, depth, screen_.bound(row)), depth));
    });
  }

  /// Calls use(row, neighbor_set) for each given row, with its k nearest points in no order.
  template <class Use>
  void sets(std::span<const Eigen::Index> rows, Eigen::Index k, const Use& use) const {
    reference_order<Scalar, Metric> order(values_, metric_, screen_);
    score_ranking rank(screen_.tile());
    neighbor_set nearest(screen_.size());
    std::vector<scored> undecided;
    for_each_row_of_scores(rows, [&](Eigen::Index row, const float* scores) {
      const auto [accept, certain] = rank.find_boundary(scores, screen_.size(), row, k, screen_.bound(row));
      undecided.clear();
      for (Eigen::Index begin = 0; begin < screen_.size(); begin += 64) {
        const Eigen::Index count = std::min<Eigen::Index>(64, screen_.size() - begin);
        score_split split = count == 64
                                ? screen_.tile().split_scores(scores + begin, accept, certain)
                                : split_some_scores(scores + begin, static_cast<int>(count), accept, certain);
        nearest.set_word(static_cast<std::size_t>(begin / 64), split.above);
        for (; split.between != 0; split.between &= split.between - 1) {
          const Eigen::Index point = begin + std::countr_zero(split.between);
          if (point != row) undecided.emplace_back(scores[point], static_cast<std::uint32_t>(point));
        }
      }
      nearest.erase(static_cast<std::size_t>(row));
      std::sort(undecided.begin(), undecided.end());
      const Eigen::Index missing = k - nearest.size();
      const std::vector<ranked>& decided = order(row, undecided, missing);
      for (std::size_t i = 0; i < static_cast<std::size_t>(missing); ++i) nearest.insert(decided[i].index);
      nearest.tied = decided[static_cast<std::size_t>(missing) - 1].tied;
      use(row, nearest);
    });
  }

  /// As `rows` for every row, each pair scored once for both of its points, when `depth` is small beside n.
  template <executor Executor, class Use>
  void join(Eigen::Index depth, const Executor& execute, const Use& use) const {
    candidate_lists lists(screen_.size(), depth);
    const Eigen::Index panels_per_block = join_block_panels();
    base::for_each_pair(execute, base::divided_up(screen_.panels(), panels_per_block),
                        [&](Eigen::Index a, Eigen::Index b) {
                          const Eigen::Index a_end = std::min(screen_.panels(), (a + 1) * panels_per_block);
                          const Eigen::Index b_end = std::min(screen_.panels(), (b + 1) * panels_per_block);
                          for (Eigen::Index i = a * panels_per_block; i < a_end; ++i)
                            for (Eigen::Index j = std::max(i, b * panels_per_block); j < b_end; ++j)
                              join_panels(lists, i, j);
                        });
    base::for_each_block(execute, screen_.size(), ordering_rows(depth),
                         [&](Eigen::Index first, Eigen::Index last) {
                           reference_order<Scalar, Metric> order(values_, metric_, screen_);
                           std::vector<Eigen::Index> overflowed;
                           for (Eigen::Index row = first; row < last; ++row) {
                             if (lists.overflowed(row)) {
                               overflowed.push_back(row);
                               continue;
                             }
                             const score_bound bound = screen_.bound(row);
                             use(row, order(row, lists.sorted(row, bound), depth));
                           }
                           if (!overflowed.empty()) rows(overflowed, depth, use);
                         });
  }

 private:
  /// Calls use(row, scores of all points) for each given row, in order.
  template <class Use>
  void for_each_row_of_scores(std::span<const Eigen::Index> rows, const Use& use) const {
    const Eigen::Index stride = screen_.panels() * panel_points;
    const std::size_t group = stride > 65536 ? 8 : panel_points;
    Eigen::VectorXf scores(stride * static_cast<Eigen::Index>(group));
    query_panel queries(screen_);
    for (std::size_t first = 0; first < rows.size(); first += group) {
      const auto some = rows.subspan(first, std::min(group, rows.size() - first));
      const query_columns columns = queries.of(some);
      for (Eigen::Index panel = 0; panel < screen_.panels(); ++panel)
        screen_.score(panel, columns.packed, columns.offsets, columns.padded_count,
                      scores.data() + panel * panel_points, stride);
      for (std::size_t i = 0; i < some.size(); ++i)
        use(some[i], scores.data() + static_cast<Eigen::Index>(i) * stride);
    }
  }

  /// Points packed alike, a multiple of eight. The scores of those that fill it up are not looked at.
  struct query_columns {
    const float *packed, *offsets;
    int padded_count;
  };

  /// Any points as columns: where they lie if they are neighbours in a panel, else copied.
  class query_panel {
   public:
    explicit query_panel(const product_screen& screen) : screen_(screen), offsets_(panel_points) {}

    query_columns of(std::span<const Eigen::Index> rows) {
      const int padded_count = (static_cast<int>(rows.size()) + 7) / 8 * 8;
      const Eigen::Index panel = rows.front() / panel_points, place = rows.front() % panel_points;
      if (place + padded_count <= panel_points && are_consecutive(rows))
        return {screen_.panel(panel) + place, screen_.offsets(panel) + place, padded_count};
      copy(rows, padded_count);
      return {packed_.data(), offsets_.data(), padded_count};
    }

   private:
    static bool are_consecutive(std::span<const Eigen::Index> rows) {
      for (std::size_t i = 1; i < rows.size(); ++i)
        if (rows[i] != rows[i - 1] + 1) return false;
      return true;
    }

    void copy(std::span<const Eigen::Index> rows, int padded_count) {
      packed_.resize(panel_points * screen_.dimensions());
      const float* from[panel_points];
      for (int column = 0; column < padded_count; ++column) {
        const Eigen::Index row = rows[std::min(static_cast<std::size_t>(column), rows.size() - 1)];
        from[column] = screen_.panel(row / panel_points) + row % panel_points;
        offsets_[column] = screen_.offsets(row / panel_points)[row % panel_points];
      }
      for (Eigen::Index j = 0; j < screen_.dimensions(); ++j)
        for (int column = 0; column < padded_count; ++column)
          packed_[j * panel_points + column] = from[column][j * panel_points];
    }

    const product_screen& screen_;
    Eigen::VectorXf packed_, offsets_;
  };

  /// A pair of blocks is worth a thread: 2^23 products of coordinates take some 0.1 ms.
  Eigen::Index join_block_panels() const {
    const double points = std::sqrt(0x1p23 / static_cast<double>(screen_.dimensions()));
    const auto least = static_cast<Eigen::Index>(points) / panel_points + 1;
    return std::max({least, std::min<Eigen::Index>(21, screen_.panels() / 16),
                     base::divided_up(screen_.panels(), base::most_paired_blocks)});
  }

  static Eigen::Index ordering_rows(Eigen::Index depth) { return 1 + (1 << 14) / depth; }

  void join_panels(candidate_lists& lists, Eigen::Index a, Eigen::Index b) const {
    alignas(64) float scores[panel_points * panel_points];
    tile_hit hits[panel_points * panel_points];
    screen_.score(a, screen_.panel(b), screen_.offsets(b), panel_points, scores, panel_points);
    const Eigen::Index rows = a * panel_points, columns = b * panel_points;
    // A panel with itself holds each pair twice: there only the columns are served.
    static constexpr auto nothing = refuse_all();
    const float* const accept_rows = a == b ? nothing.data() : lists.accept() + rows;
    const int count = screen_.tile().find_hits(scores, accept_rows, lists.accept() + columns, hits);
    for (int i = 0; i < count; ++i) {
      const Eigen::Index row = rows + hits[i].row, column = columns + hits[i].column;
      const float score = scores[hits[i].column * panel_points + hits[i].row];
      if (row != column) lists.offer(column, score, row, screen_.bound(column));
      if (a != b) lists.offer(row, score, column, screen_.bound(row));
    }
  }

  static constexpr std::array<float, panel_points> refuse_all() {
    std::array<float, panel_points> accept{};
    for (float& least : accept) least = std::numeric_limits<float>::infinity();
    return accept;
  }

  const points<Scalar>& values_;
  const Metric& metric_;
  product_screen screen_;
};

}  // namespace detail::search
}  // namespace NNGS_VERSION_NAMESPACE
}  // namespace nngs

#endif
