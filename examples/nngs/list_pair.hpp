// SPDX-License-Identifier: MIT
#ifndef NNGS_EXAMPLES_LIST_PAIR_HPP
#define NNGS_EXAMPLES_LIST_PAIR_HPP

#include <Eigen/Core>
#include <nngs/item_test.hpp>
#include <nngs/neighbor_graph.hpp>
#include <nngs/similarity.hpp>
#include <optional>
#include <vector>

#include "list_file.hpp"

// Two files of neighbour lists, and their scores where neighbours are missing. An item with a neighbours in
// x and b in y, of which o are common, has the Jaccard similarity o / (a + b - o) and the overlap
// 2 o / (a + b); both are those of whole lists where a = b = k. An item with none in either file tells
// nothing and is left out of the means.

namespace program {

/// Lists of the same items.
struct list_pair {
  list_file x, y;

  Eigen::Index items() const { return x.items(); }
  /// The one with the fewest neighbours.
  const list_file& shallower() const { return y.depth() < x.depth() ? y : x; }
  /// The largest k that both have.
  Eigen::Index depth() const { return shallower().depth(); }
};

/// Throws file_error for lists of different items.
list_pair pair_lists(list_file x, list_file y);

/// What is not there at one k.
struct missing_neighbors {
  Eigen::Index k;
  Eigen::Index short_x, short_y;  // lists with fewer than k neighbours
  Eigen::Index left_out;          // items with none in either file
};

/// None where every list has k neighbours.
std::optional<missing_neighbors> missing_at(const list_pair& pair, Eigen::Index k);

/// The graph at k. Every list has to have k neighbours.
nngs::neighbor_graph to_graph(const list_file& file, Eigen::Index k);

/// A score of the neighbours that are there, and what pairing the rows at random would give with each row's
/// own two numbers of neighbours, exactly.
struct partial_score {
  nngs::score observed;
  double expected_jaccard, expected_overlap;
};

/// At each of the k, ascending. O(n K), and one expectation for each pair of sizes.
std::vector<partial_score> score_lists(const list_pair& pair, const std::vector<Eigen::Index>& ks);

/// Each item at k, tested with its own two numbers of neighbours. Of an item that has none in either file,
/// the Jaccard similarity and p are 1.
std::vector<nngs::item_score> test_lists(const list_pair& pair, Eigen::Index k);

}  // namespace program

#endif
