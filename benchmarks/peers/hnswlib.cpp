// SPDX-License-Identifier: MIT
// hnswlib: approximate. M = 16, ef = 100 both to build and to search, as its users start with.
#include <hnswlib/hnswlib.h>

#include <atomic>

#include "contestant.hpp"

contestant::lists contestant::nearest(const matrix& points, Index k, unsigned threads) {
  constexpr std::size_t links = 16, ef = 100;
  const Index n = points.rows();
  hnswlib::L2Space space(static_cast<std::size_t>(points.cols()));
  hnswlib::HierarchicalNSW<float> index(&space, static_cast<std::size_t>(n), links, ef);
  index.setEf(std::max(ef, static_cast<std::size_t>(k) + 1));
  std::atomic<Index> next{0};
  share_rows(n, threads, [&](Index, Index) {
    for (Index item; (item = next++) < n;)
      index.addPoint(points.row(item).data(), static_cast<std::size_t>(item));
  });
  lists all = lists::Constant(n, k, -1);  // it may find fewer than k
  share_rows(n, threads, [&](Index first, Index last) {
    for (Index item = first; item < last; ++item) {
      auto found = index.searchKnn(points.row(item).data(), static_cast<std::size_t>(k) + 1);
      for (Index rank = 0; rank < k && !found.empty(); found.pop())
        if (static_cast<Index>(found.top().second) != item)
          all(item, rank++) = static_cast<std::int32_t>(found.top().second);
    }
  });
  return all;
}
