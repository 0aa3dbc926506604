// SPDX-License-Identifier: MIT
#ifndef NNGS_DETAIL_SPACE_PAIRS_HPP
#define NNGS_DETAIL_SPACE_PAIRS_HPP

#include <Eigen/Core>
#include <algorithm>
#include <cstddef>
#include <mutex>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "nngs/detail/base/blocks.hpp"
#include "nngs/detail/base/function_ref.hpp"
#include "nngs/detail/base/sentence.hpp"
#include "nngs/detail/overlap_counter.hpp"
#include "nngs/diagnostics.hpp"
#include "nngs/error.hpp"
#include "nngs/executor.hpp"
#include "nngs/neighbor_graph.hpp"
#include "nngs/tally.hpp"
#include "nngs/version.hpp"

// Many spaces of the same items: which pairs of them are compared, and the tallies of all these pairs.

namespace nngs {
inline namespace NNGS_VERSION_NAMESPACE {
namespace detail {

/// The pairs of a matrix: each row with each column; of one set of spaces, each unordered pair and each space
/// with itself, once.
class space_pairs {
 public:
  /// One set.
  explicit space_pairs(Eigen::Index spaces) noexcept : rows_(spaces), columns_(spaces), square_(true) {}
  space_pairs(Eigen::Index rows, Eigen::Index columns) noexcept
      : rows_(rows), columns_(columns), square_(false) {}

  Eigen::Index rows() const noexcept { return rows_; }
  Eigen::Index columns() const noexcept { return columns_; }
  bool square() const noexcept { return square_; }
  std::size_t count() const noexcept {
    return static_cast<std::size_t>(square_ ? rows_ * (rows_ + 1) / 2 : rows_ * columns_);
  }

  /// The first column of a row whose pair is not that of an earlier row.
  Eigen::Index first_column(Eigen::Index row) const noexcept { return square_ ? row : 0; }

  /// Where a pair is in a list of all: rows one after the other.
  std::size_t place(Eigen::Index row, Eigen::Index column) const noexcept {
    if (!square_) return static_cast<std::size_t>(row * columns_ + column);
    const auto [first, second] = std::minmax(row, column);
    return static_cast<std::size_t>(first * rows_ - first * (first - 1) / 2 + second - first);
  }

  /// Calls use(row, column) for the pairs in the order of their places.
  template <class Use>
  void for_each(const Use& use) const {
    for (Eigen::Index row = 0; row < rows_; ++row)
      for (Eigen::Index column = first_column(row); column < columns_; ++column) use(row, column);
  }

  /// @throws input_error for what is not in the matrix.
  void check(Eigen::Index row, Eigen::Index column) const {
    if (row < 0 || row >= rows_ || column < 0 || column >= columns_)
      throw input_error(base::sentence(
          {"no pair (", row, ", ", column, "), counted from 0: the matrix is ", rows_, " x ", columns_}));
  }

 private:
  Eigen::Index rows_, columns_;
  bool square_;
};

/// The spaces of a matrix, held by somebody else: those of the rows and those of the columns, the same for a
/// square one.
class space_sides {
 public:
  using graphs = std::vector<const neighbor_graph*>;

  explicit space_sides(graphs all)
      : space_sides(all, space_pairs(static_cast<Eigen::Index>(all.size())), all) {}
  space_sides(const graphs& rows, const graphs& columns)
      : space_sides(
            rows,
            space_pairs(static_cast<Eigen::Index>(rows.size()), static_cast<Eigen::Index>(columns.size())),
            columns) {}

  const space_pairs& pairs() const noexcept { return pairs_; }
  const neighbor_graph& row(Eigen::Index number) const { return *rows_[static_cast<std::size_t>(number)]; }
  const neighbor_graph& column(Eigen::Index number) const {
    return *columns_[static_cast<std::size_t>(number)];
  }

  /// Where the space of a column is among `each`.
  Eigen::Index number_of_column(Eigen::Index column) const noexcept {
    return pairs_.square() ? column : pairs_.rows() + column;
  }
  /// Each space once; those of the columns behind those of the rows.
  graphs each() const {
    graphs all = rows_;
    if (!pairs_.square()) all.insert(all.end(), columns_.begin(), columns_.end());
    return all;
  }

 private:
  space_sides(graphs rows, const space_pairs& pairs, graphs columns)
      : rows_(std::move(rows)), columns_(std::move(columns)), pairs_(pairs) {}

  graphs rows_, columns_;
  space_pairs pairs_;
};

inline space_sides::graphs pointers_to(std::span<const neighbor_graph> graphs) {
  space_sides::graphs pointers;
  for (const neighbor_graph& graph : graphs) pointers.push_back(&graph);
  return pointers;
}

/// @throws input_error for no graphs, graphs of different n, and a k that is not in [1, every depth].
inline void check_spaces(const space_sides& spaces, const std::vector<Eigen::Index>& ks) {
  const space_pairs& pairs = spaces.pairs();
  if (pairs.count() == 0)
    throw input_error(base::sentence(
        {"a matrix of ", pairs.rows(), " x ", pairs.columns(), " spaces: give one or more for each side"}));
  if (ks.empty()) throw input_error("a matrix at no k: give one k or more");
  const Eigen::Index n = spaces.row(0).size();
  const auto [smallest, largest] = std::minmax_element(ks.begin(), ks.end());
  const space_sides::graphs all = spaces.each();
  for (std::size_t number = 0; number < all.size(); ++number) {
    const neighbor_graph& graph = *all[number];
    const std::string name =
        base::sentence({"graph ", number, " (counted from 0", pairs.square() ? ")" : ", the rows first)"});
    if (graph.size() != n)
      throw input_error(base::sentence({name, " is of ", graph.size(), " items, the first of ", n,
                                        ": all need the same items, in the same order"}));
    for (const Eigen::Index k : {*smallest, *largest})
      if (k < 1 || k > graph.depth())
        throw input_error(base::sentence({"k = ", k, " is not in [1, depth] for ", name, " of depth ",
                                          graph.depth(), ": build it with a larger k"}));
  }
}

/// The k that a matrix is of, ascending, each once.
inline std::vector<Eigen::Index> each_once(std::vector<Eigen::Index> ks) {
  std::sort(ks.begin(), ks.end());
  ks.erase(std::unique(ks.begin(), ks.end()), ks.end());
  return ks;
}

/// Where a k is among those of a matrix.
/// @throws input_error for one that is not.
inline std::size_t place_of_k(const std::vector<Eigen::Index>& ks, Eigen::Index k) {
  const auto found = std::lower_bound(ks.begin(), ks.end(), k);
  if (found != ks.end() && *found == k) return static_cast<std::size_t>(found - ks.begin());
  std::string made_for;
  for (const Eigen::Index one : ks) made_for += base::sentence({made_for.empty() ? "" : ", ", one});
  throw input_error(base::sentence({"k = ", k, " is not in the matrix, which was made for k = ", made_for}));
}

/// The diagnostics of each space (see space_sides::each), one after the other, at each of the ascending `ks`.
/// A space is one piece of work: half of it could not be shared.
inline std::vector<graph_diagnostics> diagnose_spaces(const space_sides& spaces,
                                                      const std::vector<Eigen::Index>& ks,
                                                      base::executor_ref execute) {
  const space_sides::graphs graphs = spaces.each();
  std::vector<graph_diagnostics> diagnosed(graphs.size() * ks.size());
  execute(static_cast<Eigen::Index>(graphs.size()), [&](Eigen::Index number) {
    const auto space = static_cast<std::size_t>(number);
    const auto curve = diagnostics_curve(*graphs[space], ks.back(), serial{});
    for (std::size_t at = 0; at < ks.size(); ++at)
      diagnosed[space * ks.size() + at] = curve[static_cast<std::size_t>(ks[at]) - 1];
  });
  return diagnosed;
}

/// The tallies of all pairs of checked spaces whose lists name `items` items, at each of the ascending `ks`:
/// those of the pair at `place` begin at place * ks.size(). An item's list in the space of a row is looked up
/// once and compared with those of all columns. Time O(lists K) a pair; memory for each thread 4 bytes an
/// item and 100 bytes for each column and k.
inline std::vector<overlap_tally> tally_pairs(const space_sides& spaces, Eigen::Index items,
                                              const std::vector<Eigen::Index>& ks,
                                              base::executor_ref execute) {
  const space_pairs& pairs = spaces.pairs();
  const Eigen::Index depth = ks.back(), lists = spaces.row(0).size();
  const auto empty_row = [&](Eigen::Index row) {
    std::vector<overlap_tally> tallies;
    for (Eigen::Index column = pairs.first_column(row); column < pairs.columns(); ++column)
      for (const Eigen::Index k : ks) tallies.emplace_back(k);
    return tallies;
  };
  const auto count_item = [&](overlap_counter& counter, Eigen::Index row, Eigen::Index item,
                              overlap_tally* tally) {
    const neighbor_graph& x = spaces.row(row);
    counter.set(x.neighbors(item, depth));
    for (Eigen::Index column = pairs.first_column(row); column < pairs.columns(); ++column) {
      const neighbor_graph& y = spaces.column(column);
      if (ks.size() == 1) {
        (tally++)->add(counter.shared(y.neighbors(item, depth)), x.tied(item, depth), y.tied(item, depth));
        continue;
      }
      const auto shared = counter.shared_at_every_k(y.neighbors(item, depth));
      for (const Eigen::Index k : ks)
        (tally++)->add(shared[static_cast<std::size_t>(k) - 1], x.tied(item, k), y.tied(item, k));
    }
  };

  std::vector<overlap_tally> whole;
  whole.reserve(pairs.count() * ks.size());
  for (std::size_t pair = 0; pair < pairs.count(); ++pair)
    for (const Eigen::Index k : ks) whole.emplace_back(k);
  std::mutex mutex;
  const Eigen::Index per_block = items_per_block(depth * pairs.columns());
  base::for_each_block(execute, pairs.rows() * lists, per_block, [&](Eigen::Index first, Eigen::Index last) {
    overlap_counter counter(items);
    while (first < last) {  // the block's part of one row after the other
      const Eigen::Index row = first / lists, end = std::min(last, (row + 1) * lists);
      std::vector<overlap_tally> part = empty_row(row);
      for (; first < end; ++first) count_item(counter, row, first % lists, part.data());
      const std::lock_guard lock(mutex);
      overlap_tally* sum = whole.data() + pairs.place(row, pairs.first_column(row)) * ks.size();
      for (const overlap_tally& one : part) *sum++ += one;
    }
  });
  return whole;
}

}  // namespace detail
}  // namespace NNGS_VERSION_NAMESPACE
}  // namespace nngs

#endif
