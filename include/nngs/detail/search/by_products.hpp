// SPDX-License-Identifier: MIT
#ifndef NNGS_DETAIL_SEARCH_BY_PRODUCTS_HPP
#define NNGS_DETAIL_SEARCH_BY_PRODUCTS_HPP

#include <Eigen/Core>
#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "nngs/detail/base/blocks.hpp"
#include "nngs/detail/base/compiled.hpp"
#include "nngs/detail/base/float_buffer.hpp"
#include "nngs/detail/base/pair_schedule.hpp"
#include "nngs/detail/search/all_pairs.hpp"
#include "nngs/detail/search/final_order.hpp"
#include "nngs/detail/search/input.hpp"
#include "nngs/detail/search/kernels.hpp"
#include "nngs/detail/search/neighbor_lists.hpp"
#include "nngs/detail/search/neighbor_set.hpp"
#include "nngs/detail/search/packed_score.hpp"
#include "nngs/detail/search/plan.hpp"
#include "nngs/detail/search/query_panel.hpp"
#include "nngs/detail/search/ranking.hpp"
#include "nngs/detail/search/screen.hpp"
#include "nngs/detail/search/shortlists.hpp"
#include "nngs/metric.hpp"
#include "nngs/version.hpp"

// All pairs by products: the screen scores them in float, and the final order settles what scores cannot.

namespace nngs {
inline namespace NNGS_VERSION_NAMESPACE {
namespace detail::search {

/// Thresholds for a panel that no score reaches.
inline constexpr auto accept_nothing = [] {
  std::array<float, panel_points> accept{};
  for (float& least : accept) least = std::numeric_limits<float>::infinity();
  return accept;
}();

/// Runs work(a, b) for every pair of panels, a <= b, and no panel in two hands; see base::for_each_pair.
inline void for_each_panel_pair(base::executor_ref execute, Eigen::Index panels, Eigen::Index dimensions,
                                base::pair_work work) {
  const Eigen::Index per_block = joined_panels(panels, dimensions);
  base::for_each_pair(execute, base::divided_up(panels, per_block), [&](Eigen::Index a, Eigen::Index b) {
    for (Eigen::Index i = a * per_block; i < std::min(panels, (a + 1) * per_block); ++i)
      for (Eigen::Index j = std::max(i, b * per_block); j < std::min(panels, (b + 1) * per_block); ++j)
        work(i, j);
  });
}

/// For metrics whose keys follow from inner products and norms. Only its constructor knows which metric.
class by_products final : public all_pairs {
 public:
  /// `input`: a search_input, or what it says.
  template <class Input>
  by_products(const Input& input, base::instruction_set instructions, base::executor_ref execute)
      : reference_(input.values, input.metric, instructions),
        order_{&input.ties},
        screen_(input.values, input.range.largest, form_of(input.metric), instructions, execute) {}

  Eigen::Index block_rows() const noexcept override {
    return search::block_rows(screen_.size(), screen_.dimensions());
  }

  /// Memory: 4 n bytes a row of a group, or 12 (depth + 20) bytes a row of a panel.
  void rows(std::span<const Eigen::Index> rows, Eigen::Index depth, use_list use) const override {
    if (shortlists_are_faster(screen_.size(), depth))
      rows_by_shortlists(rows, depth, use);
    else
      rows_by_ranking(rows, depth, use);
  }

  /// Memory: as `rows`.
  void sets(std::span<const Eigen::Index> rows, Eigen::Index k, use_set use) const override {
    final_order decide(reference_, order_);
    score_ranking rank(screen_.instructions());
    neighbor_set nearest(screen_.size());
    std::vector<packed_score> undecided;
    for_each_row_of_scores(rows, [&](Eigen::Index row, const float* scores) {
      const score_bound bound = screen_.bound(row);
      const auto boundary = rank.find_boundary(scores, screen_.size(), row, k, bound);
      split_row(row, scores, boundary, nearest, undecided);
      const Eigen::Index missing = k - nearest.size();
      sort_scores(undecided.data(), undecided.data() + undecided.size());
      const auto decided = decide(row, undecided, missing, bound).first(static_cast<std::size_t>(missing));
      for (const ranked& one : decided) nearest.insert(one.index);
      nearest.tied = decided.back().tied;
      use(row, nearest);
    });
  }

  /// Memory: 8 n (depth + max(depth / 2, 20)) bytes.
  void join(Eigen::Index depth, base::executor_ref execute, use_list use) const override {
    shortlists lists(screen_.size(), depth, screen_.instructions());
    for_each_panel_pair(execute, screen_.panels(), screen_.dimensions(),
                        [&](Eigen::Index a, Eigen::Index b) { join_panels(lists, a, b); });
    base::for_each_block(
        execute, screen_.size(), ordered_lists(depth),
        [&](Eigen::Index first, Eigen::Index last) { order_lists(lists, first, last, depth, use); });
  }

 private:
  static product_form form_of(const euclidean&) { return product_form::distance; }
  static product_form form_of(const inner_product&) { return product_form::inner_product; }

  using use_scores = base::function_ref<void(Eigen::Index row, const float* scores)>;

  /// Calls use with the scores of all points for each given row, in order.
  void for_each_row_of_scores(std::span<const Eigen::Index> rows, use_scores use) const {
    const Eigen::Index stride = screen_.panels() * panel_points;
    const std::size_t group = rows_of_scores(stride);
    const base::float_buffer scores(stride * static_cast<Eigen::Index>(group));
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

  void rows_by_ranking(std::span<const Eigen::Index> rows, Eigen::Index depth, use_list use) const {
    final_order decide(reference_, order_);
    score_ranking rank(screen_.instructions());
    for_each_row_of_scores(rows, [&](Eigen::Index row, const float* scores) {
      const score_bound bound = screen_.bound(row);
      const Eigen::Index wanted = std::min(depth, screen_.size() - (row < screen_.size() ? 1 : 0));
      if (wanted == 0) return use(row, {});
      use(row, decide(row, rank(scores, screen_.size(), row, wanted, bound), wanted, bound));
    });
  }

  /// The same where few of the points are wanted: most are refused by their score alone.
  void rows_by_shortlists(std::span<const Eigen::Index> rows, Eigen::Index depth, use_list use) const {
    final_order decide(reference_, order_);
    query_panel queries(screen_);
    for (std::size_t first = 0; first < rows.size(); first += panel_points) {
      const auto some = rows.subspan(first, std::min<std::size_t>(panel_points, rows.size() - first));
      shortlists lists(static_cast<Eigen::Index>(some.size()), depth, screen_.instructions());
      offer_all_points(lists, some, queries.of(some));
      for (std::size_t i = 0; i < some.size(); ++i) {
        const auto list = static_cast<Eigen::Index>(i);
        const score_bound bound = screen_.bound(some[i]);
        if (lists.overflowed(list))
          rows_by_ranking(some.subspan(i, 1), depth, use);
        else
          use(some[i], decide(some[i], lists.sorted(list, bound), depth, bound));
      }
    }
  }

  /// Offers every point to the lists of up to a panel of rows.
  void offer_all_points(shortlists& lists, std::span<const Eigen::Index> rows,
                        const query_columns& columns) const {
    alignas(64) float scores[panel_points * panel_points] = {};
    tile_hit hits[panel_points * panel_points];
    for (Eigen::Index panel = 0; panel < screen_.panels(); ++panel) {
      screen_.score(panel, columns.packed, columns.offsets, columns.padded_count, scores, panel_points);
      const int count = base::compiled<find_hits>(screen_.instructions())(scores, accept_nothing.data(),
                                                                          lists.accept(), hits);
      for (int i = 0; i < count; ++i) {
        const Eigen::Index point = panel * panel_points + hits[i].row, list = hits[i].column;
        const Eigen::Index row = rows[static_cast<std::size_t>(list)];
        if (point == row || point >= screen_.size()) continue;
        if (lists.offer(list, scores[list * panel_points + hits[i].row], point))
          lists.shrink(list, screen_.bound(row));
      }
    }
  }

  /// Puts what is certainly nearer than the boundary into `nearest`, and what may be into `undecided`.
  void split_row(Eigen::Index row, const float* scores, const score_ranking::boundary& boundary,
                 neighbor_set& nearest, std::vector<packed_score>& undecided) const {
    const auto split_64 = base::compiled<split_scores>(screen_.instructions());
    const score_bound bound = screen_.bound(row);
    undecided.clear();
    for (Eigen::Index begin = 0; begin < screen_.size(); begin += 64) {
      const auto count = static_cast<int>(std::min<Eigen::Index>(64, screen_.size() - begin));
      score_split split = count == 64
                              ? split_64(scores + begin, boundary.accept, boundary.certain)
                              : split_some_scores(scores + begin, count, boundary.accept, boundary.certain);
      nearest.set_word(static_cast<std::size_t>(begin / 64), split.above);
      for (; split.between != 0; split.between &= split.between - 1) {
        const auto point = static_cast<std::uint32_t>(begin + std::countr_zero(split.between));
        if (point == row) continue;
        if (bound.least(scores[point], point) > boundary.exact)
          nearest.insert(point);
        else
          undecided.emplace_back(scores[point], point);
      }
    }
    nearest.erase(static_cast<std::size_t>(row));
  }

  /// Scores the pairs of two panels and offers those that pass to the lists of both points.
  void join_panels(shortlists& lists, Eigen::Index a, Eigen::Index b) const {
    alignas(64) float scores[panel_points * panel_points];
    tile_hit hits[panel_points * panel_points];
    screen_.score(a, screen_.panel(b), screen_.offsets(b), panel_points, scores, panel_points);
    const Eigen::Index rows = a * panel_points, columns = b * panel_points;
    // A panel with itself holds each pair twice: there only the columns are served.
    const float* const accept_rows = a == b ? accept_nothing.data() : lists.accept() + rows;
    const int count = base::compiled<find_hits>(screen_.instructions())(scores, accept_rows,
                                                                        lists.accept() + columns, hits);
    for (int i = 0; i < count; ++i) {
      const Eigen::Index row = rows + hits[i].row, column = columns + hits[i].column;
      const float score = scores[hits[i].column * panel_points + hits[i].row];
      if (row != column && lists.offer(column, score, row)) lists.shrink(column, screen_.bound(column));
      if (a != b && lists.offer(row, score, column)) lists.shrink(row, screen_.bound(row));
    }
  }

  /// Decides the lists of the rows [first, last). Those that overflowed are searched again by whole rows.
  void order_lists(shortlists& lists, Eigen::Index first, Eigen::Index last, Eigen::Index depth,
                   use_list use) const {
    final_order decide(reference_, order_);
    std::vector<Eigen::Index> overflowed;
    for (Eigen::Index row = first; row < last; ++row) {
      const score_bound bound = screen_.bound(row);
      if (lists.overflowed(row))
        overflowed.push_back(row);
      else
        use(row, decide(row, lists.sorted(row, bound), depth, bound));
    }
    if (!overflowed.empty()) rows_by_ranking(overflowed, depth, use);
  }

  reference_points reference_;
  neighbor_order order_;
  float_screen screen_;
};

}  // namespace detail::search
}  // namespace NNGS_VERSION_NAMESPACE
}  // namespace nngs

#endif
