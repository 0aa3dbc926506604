// SPDX-License-Identifier: MIT
// Many items: neighbours from an approximate index (hnswlib), and what the index misses made up for by an
// exact search of some rows.
#include <hnswlib/hnswlib.h>

#include <cstdint>
#include <iostream>
#include <nngs/corrected.hpp>
#include <vector>

using embeddings = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using labels = Eigen::Matrix<std::int64_t, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

/// The k nearest of each row as the index finds them. `effort`: how many candidates it keeps, k + 1 at least.
nngs::neighbor_graph approximate_graph(const embeddings& items, Eigen::Index k, std::size_t effort) {
  constexpr std::size_t links = 16, effort_to_build = 100;
  hnswlib::L2Space space(static_cast<std::size_t>(items.cols()));
  hnswlib::HierarchicalNSW<float> index(&space, static_cast<std::size_t>(items.rows()), links,
                                        effort_to_build);
  for (Eigen::Index item = 0; item < items.rows(); ++item)
    index.addPoint(items.row(item).data(), static_cast<std::size_t>(item));
  index.setEf(effort);

  labels found = labels::Constant(items.rows(), k, -1);  // -1, where too few are found, is refused below
  for (Eigen::Index item = 0; item < items.rows(); ++item) {
    auto nearest = index.searchKnn(items.row(item).data(), static_cast<std::size_t>(k) + 1);
    std::vector<std::int64_t> others;  // the farthest first
    for (; !nearest.empty(); nearest.pop())
      if (static_cast<Eigen::Index>(nearest.top().second) != item)
        others.push_back(static_cast<std::int64_t>(nearest.top().second));
    for (Eigen::Index rank = 0; rank < k && !others.empty(); ++rank) {
      found(item, rank) = others.back();
      others.pop_back();
    }
  }
  return nngs::neighbor_graph(found);
}

int main() {  // NOLINT(bugprone-exception-escape): bad lists end it
  const embeddings x = embeddings::Random(20000, 16), y = x + 0.2f * embeddings::Random(20000, 16);
  const nngs::neighbor_graph found_x = approximate_graph(x, 10, 20), found_y = approximate_graph(y, 10, 20);
  const nngs::corrected_score ten =
      nngs::corrected_similarity(x, y, found_x, found_y, 10, {.rows = 1000, .seed = 1});
  std::cout << "NNGS of the lists at k = 10: " << ten.uncorrected.jaccard << " (recall " << ten.recall_x.value
            << " and " << ten.recall_y.value << ")\nof exact lists: " << ten.jaccard.value << " in ["
            << ten.jaccard.lower << ", " << ten.jaccard.upper << "]\n";
}
