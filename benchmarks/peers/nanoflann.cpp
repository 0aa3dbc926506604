// SPDX-License-Identifier: MIT
// nanoflann as its users have it: float, the dimension known to the compiler where it is 3, leaves of 10, the
// queries in the order of the rows, split over threads.
#include <nanoflann.hpp>

#include "contestant.hpp"

namespace {

struct cloud {
  const contestant::matrix& points;
  std::size_t kdtree_get_point_count() const { return static_cast<std::size_t>(points.rows()); }
  float kdtree_get_pt(std::size_t item, std::size_t dimension) const {
    return points(static_cast<Eigen::Index>(item), static_cast<Eigen::Index>(dimension));
  }
  template <class Box>
  bool kdtree_get_bbox(Box&) const {
    return false;
  }
};

template <int Dimension>
contestant::lists search(const contestant::matrix& points, Eigen::Index k, unsigned threads) {
  const cloud source{points};
  const nanoflann::KDTreeSingleIndexAdaptor<nanoflann::L2_Simple_Adaptor<float, cloud>, cloud, Dimension>
      tree(static_cast<int>(points.cols()), source);
  contestant::lists all(points.rows(), k);
  contestant::share_rows(points.rows(), threads, [&](Eigen::Index first, Eigen::Index last) {
    const auto size = static_cast<std::size_t>(k + 1);
    std::vector<std::uint32_t> found(size);
    std::vector<float> distances(size);
    for (Eigen::Index item = first; item < last; ++item) {
      tree.knnSearch(points.row(item).data(), size, found.data(), distances.data());
      contestant::set_list(all, item, found.data());
    }
  });
  return all;
}

}  // namespace

contestant::lists contestant::nearest(const matrix& points, Index k, unsigned threads) {
  return points.cols() == 3 ? search<3>(points, k, threads) : search<-1>(points, k, threads);
}
