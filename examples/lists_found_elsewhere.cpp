// SPDX-License-Identifier: MIT
// Neighbour lists from another library (FAISS, hnswlib, a file). Such libraries find each item itself among
// its neighbours: ask them for k + 1 and drop the item by its index, not by its place; duplicates may come
// first.
#include <cstdint>
#include <iostream>
#include <nngs/nngs.hpp>
#include <vector>

using labels = Eigen::Matrix<std::int64_t, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

labels without_self(const Eigen::Map<const labels>& found) {
  labels lists(found.rows(), found.cols() - 1);
  for (Eigen::Index item = 0; item < found.rows(); ++item) {
    Eigen::Index kept = 0;
    for (const std::int64_t neighbor : found.row(item))
      if (neighbor != item && kept < lists.cols()) lists(item, kept++) = neighbor;
  }
  return lists;
}

int main() {  // NOLINT(bugprone-exception-escape): bad lists end it
  // What faiss::IndexFlatL2::search wrote for 4 items on a line at 0, 1, 2, 10 and at 0, 1, 9, 10, with k + 1
  // = 3.
  const std::vector<std::int64_t> found_x{0, 1, 2, 1, 0, 2, 2, 1, 0, 3, 2, 1};
  const std::vector<std::int64_t> found_y{0, 1, 2, 1, 0, 2, 2, 3, 1, 3, 2, 1};

  const nngs::neighbor_graph x(without_self({found_x.data(), 4, 3}));
  const nngs::neighbor_graph y(without_self({found_y.data(), 4, 3}));
  std::cout << "NNGS at k = 1: " << nngs::similarity(x, y, 1) << ", at k = 2: " << nngs::similarity(x, y, 2)
            << '\n';
}
