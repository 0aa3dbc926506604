// SPDX-License-Identifier: MIT
#include "list_pair.hpp"

#include <algorithm>
#include <cstddef>
#include <map>
#include <nngs/chance.hpp>
#include <string>
#include <utility>

#include "file_error.hpp"

namespace program {
namespace {

/// How many neighbours an item has in each file, and in both.
struct sizes {
  Eigen::Index x, y, shared;
};

/// Counts one item after another; the ranks of a list take the place of those before.
class common_neighbors {
 public:
  explicit common_neighbors(const list_pair& pair)
      : pair_(pair),
        rank_(static_cast<std::size_t>(pair.items())),
        of_(static_cast<std::size_t>(pair.items()), pair.items()) {}

  /// At each k, ascending.
  const std::vector<sizes>& operator()(Eigen::Index item, const std::vector<Eigen::Index>& ks) {
    const auto in_x = pair_.x.first(item, ks.back()), in_y = pair_.y.first(item, ks.back());
    for (std::size_t rank = 0; rank < in_x.size(); ++rank) {
      rank_[in_x[rank]] = rank;
      of_[in_x[rank]] = item;
    }
    // A neighbour is common at k when the larger of its two ranks is below k.
    larger_.clear();
    for (std::size_t rank = 0; rank < in_y.size(); ++rank)
      if (of_[in_y[rank]] == item)
        larger_.push_back(static_cast<Eigen::Index>(std::max(rank, rank_[in_y[rank]])));
    std::sort(larger_.begin(), larger_.end());
    at_k_.clear();
    for (const Eigen::Index k : ks)
      at_k_.push_back({std::min(k, static_cast<Eigen::Index>(in_x.size())),
                       std::min(k, static_cast<Eigen::Index>(in_y.size())),
                       std::lower_bound(larger_.begin(), larger_.end(), k) - larger_.begin()});
    return at_k_;
  }

 private:
  const list_pair& pair_;
  std::vector<std::size_t> rank_;
  std::vector<Eigen::Index> of_;  // whose list an item was last seen in
  std::vector<Eigen::Index> larger_;
  std::vector<sizes> at_k_;
};

double jaccard(const sizes& of) {
  return static_cast<double>(of.shared) / static_cast<double>(of.x + of.y - of.shared);
}

double overlap(const sizes& of) {
  return 2 * static_cast<double>(of.shared) / static_cast<double>(of.x + of.y);
}

/// E[2 o / (a + b)], for E[o] = a b / (n - 1).
double expected_overlap(Eigen::Index n, const sizes& of) {
  const auto x = static_cast<double>(of.x), y = static_cast<double>(of.y);
  return 2 * x * y / ((x + y) * static_cast<double>(n - 1));
}

}  // namespace

list_pair pair_lists(list_file x, list_file y) {
  if (x.items() != y.items())
    throw file_error(y.path, "has " + std::to_string(y.items()) + " lists, but " + x.path + " has " +
                                 std::to_string(x.items()) + ": both need the same items, in the same order");
  return {std::move(x), std::move(y)};
}

std::optional<missing_neighbors> missing_at(const list_pair& pair, Eigen::Index k) {
  missing_neighbors missing{k, pair.x.short_lists(k), pair.y.short_lists(k), 0};
  if (missing.short_x == 0 && missing.short_y == 0) return std::nullopt;
  for (std::size_t item = 0; item < pair.x.sizes.size(); ++item)
    missing.left_out += pair.x.sizes[item] == 0 && pair.y.sizes[item] == 0;
  return missing;
}

nngs::neighbor_graph to_graph(const list_file& file, Eigen::Index k) {
  const auto lists = file.neighbors.leftCols(k);
  if (!file.has_distances()) return nngs::neighbor_graph(lists);
  const bool next = file.depth() > k && file.short_lists(k + 1) == 0;
  return nngs::neighbor_graph(lists, file.distances.leftCols(next ? k + 1 : k));
}

std::vector<partial_score> score_lists(const list_pair& pair, const std::vector<Eigen::Index>& ks) {
  std::vector<partial_score> scores(ks.size());
  for (std::size_t i = 0; i < ks.size(); ++i) scores[i] = {{ks[i], 0, 0, 0, 0}, 0, 0};
  std::map<std::pair<Eigen::Index, Eigen::Index>, double> expected;
  common_neighbors common(pair);
  Eigen::Index items = 0;
  for (Eigen::Index item = 0; item < pair.items(); ++item) {
    const std::vector<sizes>& at_k = common(item, ks);
    if (at_k.front().x + at_k.front().y == 0) continue;
    ++items;
    for (std::size_t i = 0; i < ks.size(); ++i) {
      const sizes& of = at_k[i];
      const auto [known, unknown] = expected.try_emplace({of.x, of.y}, 0);
      if (unknown) known->second = nngs::expected_jaccard(pair.items(), of.x, of.y);
      nngs::score& observed = scores[i].observed;
      observed.jaccard += jaccard(of);
      observed.overlap += overlap(of);
      const bool tied_x = pair.x.tied(item, ks[i]), tied_y = pair.y.tied(item, ks[i]);
      observed.tied_items += tied_x || tied_y;
      observed.tied_in_both += tied_x && tied_y;
      scores[i].expected_jaccard += known->second;
      scores[i].expected_overlap += expected_overlap(pair.items(), of);
    }
  }
  for (partial_score& one : scores)
    for (double* const sum :
         {&one.observed.jaccard, &one.observed.overlap, &one.expected_jaccard, &one.expected_overlap})
      *sum /= static_cast<double>(items);
  return scores;
}

std::vector<nngs::item_score> test_lists(const list_pair& pair, Eigen::Index k) {
  std::map<std::pair<Eigen::Index, Eigen::Index>, std::vector<double>> tails;
  std::vector<nngs::item_score> items;
  std::vector<double> p;
  common_neighbors common(pair);
  for (Eigen::Index item = 0; item < pair.items(); ++item) {
    const sizes of = common(item, {k}).front();
    std::vector<double>& tail = tails[{of.x, of.y}];
    if (tail.empty()) tail = nngs::overlap_tail(pair.items(), of.x, of.y);
    p.push_back(tail[static_cast<std::size_t>(of.shared)]);
    items.push_back({of.shared, of.x + of.y == 0 ? 1 : jaccard(of), p.back(), 0});
  }
  const std::vector<double> adjusted = nngs::benjamini_hochberg(p);
  for (std::size_t item = 0; item < items.size(); ++item) items[item].adjusted_p = adjusted[item];
  return items;
}

}  // namespace program
