// SPDX-License-Identifier: MIT
#ifndef NNGS_DETAIL_SEARCH_BY_INTEGERS_HPP
#define NNGS_DETAIL_SEARCH_BY_INTEGERS_HPP

#include <Eigen/Core>
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "nngs/detail/base/blocks.hpp"
#include "nngs/detail/base/compiled.hpp"
#include "nngs/detail/search/all_pairs.hpp"
#include "nngs/detail/search/best_first.hpp"
#include "nngs/detail/search/by_products.hpp"
#include "nngs/detail/search/final_order.hpp"
#include "nngs/detail/search/given_points.hpp"
#include "nngs/detail/search/input.hpp"
#include "nngs/detail/search/integer_screen.hpp"
#include "nngs/detail/search/neighbor_lists.hpp"
#include "nngs/detail/search/neighbor_order.hpp"
#include "nngs/detail/search/packed_score.hpp"
#include "nngs/detail/search/plan.hpp"
#include "nngs/detail/search/screen_error.hpp"
#include "nngs/detail/search/squared_distance.hpp"
#include "nngs/detail/search/tie_rank.hpp"
#include "nngs/metric.hpp"
#include "nngs/version.hpp"

// A join by whole numbers: the screen leaves out the pairs that are certainly too far apart. The others wait
// in lists, and the best of them are evaluated when their list is full: so each list knows a true distance
// that its point's k-th neighbour does not exceed, and that is the reach of the screen. What waits in the end
// is evaluated, and decided as ever.

namespace nngs {
inline namespace NNGS_VERSION_NAMESPACE {
namespace detail::search {

/// Scores of pairs of rows by their distance in double or, where floats were given, in float.
///
/// The score -|x - y|^2 / 2, scaled as the screen's points are, is rounded to float. It stands for the exact
/// one up to a part of itself: a unit for that rounding, (d + 4) 2^-53 for the sum in double or (d / 16 + 80)
/// 2^-24 for that in float (squared_distance.hpp), as much as the former again for the reference; and up to
/// what vanishes below the normal range of float, or of double before it is scaled. The difference of two
/// coordinates is off by one rounding, so no other point matters, and no origin.
class exact_scores {
 public:
  exact_scores(const given_points& values, int exponent, base::instruction_set instructions)
      : values_(values),
        // Elsewhere sums of squares overflow in float, or vanish.
        in_float_(values.are_floats() && exponent <= 2 && exponent >= -80),
        distance_(values.distance_of_rows(in_float_, instructions)),
        factor_(std::ldexp(1.0, -exponent)),
        bound_(bound_of(values.cols(), exponent)) {}

  float operator()(std::uint32_t one, std::uint32_t other) const {
    const double squared = distance_(values_.row(one), values_.row(other), values_.cols());
    return static_cast<float>(-0.5 * squared * factor_ * factor_);  // one by one: the square may overflow
  }

  /// Asks for the beginning of a row that will be wanted soon.
  void fetch(std::uint32_t row) const {
    constexpr Eigen::Index line = 64;
    const auto* const begin = static_cast<const char*>(values_.row(row));
    const Eigen::Index bytes = values_.cols() * (values_.are_floats() ? 4 : 8);
    for (Eigen::Index at = 0; at < std::min(bytes, 16 * line); at += line) __builtin_prefetch(begin + at);
  }

  const score_bound& bound() const noexcept { return bound_; }

 private:
  score_bound bound_of(Eigen::Index dimensions, int exponent) const {
    const auto d = static_cast<double>(dimensions);
    const double sum = in_float_ ? (d / 16 + 80) * 0x1p-24 : (d + 4) * 0x1p-53;
    const double relative = 1.01 * (0x1p-24 + sum + (d + 4) * 0x1p-53);
    const double absolute = 0x1p-120 + std::ldexp(d, (in_float_ ? -124 : -1020) - 2 * exponent);
    return {absolute, relative * (1 + 2 * relative), 0, nullptr, 0};
  }

  given_points values_;
  bool in_float_;
  squared_distance_function* distance_;
  double factor_;  ///< by which the points were scaled
  score_bound bound_;
};

/// Who may be among the `depth` nearest of each point, while the screen looks at pairs in any order. A new
/// candidate comes with the most that its score can be. When a list is full, who cannot reach the `depth`
/// best goes: first by the least that the screen says of these, and when that does not help, by evaluating
/// some. A list in which too many stay (points equally near) overflows, and is to be made in another way.
/// Memory: 8 capacity + 20 bytes a list. Different lists may be changed at the same time.
class screened_lists {
 public:
  screened_lists(const integer_screen& screen, const exact_scores& scores, Eigen::Index depth)
      : screen_(screen),
        scores_(scores),
        copy_sorted_(base::compiled<copy_sorted>(screen.instructions())),
        depth_(static_cast<std::size_t>(depth)),
        capacity_(depth_ + std::max<std::size_t>(52, depth_ * 3 / 2)),
        lists_(static_cast<std::size_t>(screen.panels() * panel_points)),
        slots_(static_cast<std::size_t>(screen.size()) * capacity_) {
    for (Eigen::Index place = 0; place < screen.size(); ++place)
      lists_[static_cast<std::size_t>(place)].reach = screen.reach(std::numeric_limits<double>::max(), place);
  }

  /// What a score of the screen has to reach for the list at a place to want the point, a point of a panel
  /// with this slack.
  float least_score(Eigen::Index place, float slack) const noexcept {
    const list& one = lists_[static_cast<std::size_t>(place)];
    const float reach = one.reach + slack;
    return one.closed - reach * reach * 0.5F;
  }

  /// Puts a row into the list at a place, which its score of the screen reached.
  void offer(Eigen::Index place, float score, float slack, std::uint32_t row) {
    list& one = lists_[static_cast<std::size_t>(place)];
    if (one.size == capacity_) return;  // overflowed, or did since the panel was screened
    packed_score* const begin = list_at(place);
    one.widest = std::max(one.widest, slack);
    begin[one.size++] = {screen_.most(place, score, slack), row};
    if (one.size == capacity_) shrink(place, one, begin);
  }

  bool overflowed(Eigen::Index place) const noexcept {
    return lists_[static_cast<std::size_t>(place)].size == capacity_;
  }

  /// The members of a list that has not overflowed, all evaluated and sorted.
  std::span<const packed_score> finish(Eigen::Index place) {
    list& one = lists_[static_cast<std::size_t>(place)];
    packed_score* const begin = list_at(place);
    if (one.known == 0) settle(place, one, begin, depth_);
    settle(place, one, begin, one.size - one.known);
    return {begin, one.size};
  }

 private:
  struct list {
    float reach = 0;
    float widest = 0;  ///< the largest slack of a member's panel
    float closed = 0;  ///< infinity for a list that overflowed: no score reaches that
    std::uint32_t size = 0;
    std::uint32_t known = 0;  ///< of them the first, sorted; the others wait
  };

  packed_score* list_at(Eigen::Index place) noexcept {
    return slots_.data() + static_cast<std::size_t>(place) * capacity_;
  }

  void shrink(Eigen::Index place, list& one, packed_score* begin) {
    const std::size_t wanted = capacity_ - (capacity_ - depth_) / 4;
    if (one.known == 0) narrow(place, one, begin);
    if (one.size > wanted) settle(place, one, begin, one.known == 0 ? depth_ : depth_ / 2 + 1);
    if (one.size > wanted) settle(place, one, begin, one.size - one.known);
    if (one.size <= wanted) return;
    one.size = static_cast<std::uint32_t>(capacity_);
    one.closed = std::numeric_limits<float>::infinity();
  }

  /// Drops those whom the others leave no hope by their scores of the screen alone, where none is evaluated.
  void narrow(Eigen::Index place, list& one, packed_score* begin) {
    packed_score* const worst = begin + depth_ - 1;
    put_best_first(begin, begin + one.size, depth_, copy_sorted_);
    drop_hopeless(place, one, worst + 1, worst + 1, begin + one.size,
                  double{screen_.least(place, worst->score(), one.widest)});
  }

  /// Evaluates the best `count` of those that wait, and drops those whom the known leave no hope.
  void settle(Eigen::Index place, list& one, packed_score* begin, std::size_t count) {
    packed_score* const waiting = begin + one.known;
    packed_score* const end = begin + one.size;
    packed_score* const settled =
        waiting + std::min<std::ptrdiff_t>(static_cast<std::ptrdiff_t>(count), end - waiting);
    if (settled < end) put_best_first(waiting, end, count, copy_sorted_);
    evaluate(screen_.row(place), waiting, settled);
    for (packed_score* at = waiting; at < settled; ++at) {
      const packed_score next = *at;
      packed_score* to = at;
      for (; to > begin && next < to[-1]; --to) *to = to[-1];
      *to = next;
    }
    one.known = static_cast<std::uint32_t>(settled - begin);
    const double least = scores_.bound().least(begin[depth_ - 1].score(), 0);
    while (begin[one.known - 1].score() < scores_.bound().accept(least)) --one.known;
    drop_hopeless(place, one, begin + one.known, settled, end, least);
  }

  /// `depth` points of a list score so much at least. Keeps in [kept, ..) those of [at, end) that can as
  /// well.
  void drop_hopeless(Eigen::Index place, list& one, packed_score* kept, const packed_score* at,
                     const packed_score* end, double least) {
    const float accept = scores_.bound().accept(least);
    for (; at < end; ++at) {
      *kept = *at;
      kept += at->score() >= accept;
    }
    one.size = static_cast<std::uint32_t>(kept - list_at(place));
    one.reach = screen_.reach(std::sqrt(-2 * least), place);
  }

  void evaluate(std::uint32_t row, packed_score* begin, packed_score* end) const {
    for (packed_score* at = begin; at < std::min(begin + ahead, end); ++at) scores_.fetch(at->index());
    for (packed_score* at = begin; at < end; ++at) {
      if (end - at > ahead) scores_.fetch(at[ahead].index());
      *at = {scores_(row, at->index()), at->index()};
    }
  }

  static constexpr std::ptrdiff_t ahead = 4;
  const integer_screen& screen_;
  const exact_scores& scores_;
  copy_sorted::signature* copy_sorted_;
  std::size_t depth_, capacity_;
  std::vector<list> lists_;
  std::vector<packed_score> slots_;
};

/// All lists of a matrix by distance.
class by_integers {
  struct sampled {
    float score, most;
  };

 public:
  /// For metrics whose search metric is euclidean. `input` has to outlive it.
  template <class Metric>
  by_integers(const search_input<Metric>& input, base::instruction_set instructions,
              base::executor_ref execute)
      : input_{input.values, input.metric, input.range, input.ties},
        screen_(input.values, input.range.largest, instructions, execute),
        scores_(input.values, screen_.exponent(), instructions) {}
  by_integers(const by_integers&) = delete;

  /// About how many points a list of `depth` has to evaluate even when it knows its neighbours: by a few rows
  /// of two panels against 64 panels or fewer.
  double candidates(Eigen::Index depth) const {
    constexpr Eigen::Index most_panels = 64;
    constexpr int every = 6;  // row of a panel
    const Eigen::Index panels = screen_.panels(), step = base::divided_up(panels, most_panels);
    double total = 0, rows = 0;
    for (const Eigen::Index panel : {panels / 3, 2 * panels / 3}) {
      std::vector<sampled> scores[panel_points / every];
      for (Eigen::Index other = 0; other < panels; other += step) sample_scores(panel, other, every, scores);
      for (std::vector<sampled>& of_row : scores) {
        if (of_row.empty()) continue;
        total += candidates_of(of_row, depth);
        ++rows;
      }
    }
    return total / rows;
  }

  /// Calls use for every row, on any thread and in any order, with its `depth` nearest others.
  /// Memory: 8 n (depth + max(1.5 depth, 52)) bytes; where many points are equally near, that of by_products.
  void join(Eigen::Index depth, base::executor_ref execute, use_list use) const {
    screened_lists lists(screen_, scores_, depth);
    for_each_panel_pair(execute, screen_.panels(), screen_.dimensions(),
                        [&](Eigen::Index a, Eigen::Index b) { join_panels(lists, a, b); });
    base::for_each_block(
        execute, screen_.size(), ordered_lists(depth),
        [&](Eigen::Index first, Eigen::Index last) { order_lists(lists, first, last, depth, use); });
    search_overflowed(lists, depth, execute, use);
  }

 private:
  /// Adds the scores of every few rows of a panel with the points of another, each with the most that it can
  /// stand for.
  void sample_scores(Eigen::Index panel, Eigen::Index other, int every, std::vector<sampled>* to) const {
    alignas(64) std::int32_t products[panel_points * panel_points];
    const integer_scores scores = screen_.score(panel, other, products);
    for (int row = 0; row < panel_points; row += every, ++to)
      for (int column = 0; column < panel_points; ++column) {
        const Eigen::Index place = panel * panel_points + row, at = other * panel_points + column;
        if (place >= screen_.size() || at >= screen_.size() || place == at) continue;
        const float score = scores.of(row, column);
        to->push_back({score, screen_.most(place, score, screen_.slack(other))});
      }
  }

  double candidates_of(std::vector<sampled>& of_row, Eigen::Index depth) const {
    const double seen = static_cast<double>(of_row.size()) / static_cast<double>(screen_.size());
    const auto near = static_cast<std::ptrdiff_t>(std::max(1.0, static_cast<double>(depth) * seen));
    std::nth_element(of_row.begin(), of_row.begin() + near - 1, of_row.end(),
                     [](const sampled& a, const sampled& b) { return a.score > b.score; });
    const float least = of_row[static_cast<std::size_t>(near - 1)].score;
    const auto left =
        std::count_if(of_row.begin(), of_row.end(), [&](const sampled& of) { return of.most >= least; });
    return static_cast<double>(left) / static_cast<double>(near) * static_cast<double>(depth);
  }

  void join_panels(screened_lists& lists, Eigen::Index a, Eigen::Index b) const {
    alignas(64) std::int32_t products[panel_points * panel_points];
    tile_hit hits[panel_points * panel_points];
    float accept_rows[panel_points], accept_columns[panel_points];
    const Eigen::Index rows = a * panel_points, columns = b * panel_points;
    const float slack_a = screen_.slack(a), slack_b = screen_.slack(b);
    const integer_scores scores = screen_.score(a, b, products);
    for (int i = 0; i < panel_points; ++i) {
      accept_rows[i] = lists.least_score(rows + i, slack_b);
      accept_columns[i] = lists.least_score(columns + i, slack_a);
    }
    const int count =
        base::compiled<find_integer_hits>(screen_.instructions())(scores, accept_rows, accept_columns, hits);
    for (int i = 0; i < count; ++i) {
      const int row = hits[i].row, column = hits[i].column;
      if (rows + row >= columns + column) continue;  // a panel with itself has each pair twice
      const float score = scores.of(row, column);
      if (score >= accept_rows[row]) lists.offer(rows + row, score, slack_b, screen_.row(columns + column));
      if (score >= accept_columns[column])
        lists.offer(columns + column, score, slack_a, screen_.row(rows + row));
    }
  }

  void order_lists(screened_lists& lists, Eigen::Index first, Eigen::Index last, Eigen::Index depth,
                   use_list use) const {
    const reference_points reference(input_.values, input_.metric, screen_.instructions());
    final_order decide(reference, neighbor_order{&input_.ties});
    for (Eigen::Index place = first; place < last; ++place)
      if (!lists.overflowed(place))
        use(screen_.row(place), decide(screen_.row(place), lists.finish(place), depth, scores_.bound()));
  }

  /// The rows whose lists overflowed, by whole rows of scores.
  void search_overflowed(const screened_lists& lists, Eigen::Index depth, base::executor_ref execute,
                         use_list use) const {
    std::vector<Eigen::Index> rows;
    for (Eigen::Index place = 0; place < screen_.size(); ++place)
      if (lists.overflowed(place)) rows.push_back(screen_.row(place));
    if (rows.empty()) return;
    const by_products search(input_, screen_.instructions(), execute);
    base::for_each_block(execute, static_cast<Eigen::Index>(rows.size()), search.block_rows(),
                         [&](Eigen::Index first, Eigen::Index last) {
                           search.rows(std::span(rows).subspan(static_cast<std::size_t>(first),
                                                               static_cast<std::size_t>(last - first)),
                                       depth, use);
                         });
  }

  struct {
    given_points values;
    const euclidean& metric;
    key_range range;
    const tie_rank& ties;
  } input_;
  integer_screen screen_;
  exact_scores scores_;
};

}  // namespace detail::search
}  // namespace NNGS_VERSION_NAMESPACE
}  // namespace nngs

#endif
