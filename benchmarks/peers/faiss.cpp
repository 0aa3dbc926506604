// SPDX-License-Identifier: MIT
// FAISS, exact (IndexFlatL2), at its best: the queries split over plain threads, each with OpenMP held to
// one. run.py also sets OPENBLAS_NUM_THREADS=1: the threads of OpenMP and of the BLAS would spin against each
// other.
#include <faiss/IndexFlat.h>
#include <omp.h>

#include "contestant.hpp"

contestant::lists contestant::nearest(const matrix& points, Index k, unsigned threads) {
  faiss::IndexFlatL2 index(static_cast<int>(points.cols()));
  index.add(points.rows(), points.data());
  lists all(points.rows(), k);
  share_rows(points.rows(), threads, [&](Index first, Index last) {
    omp_set_num_threads(1);
    const auto size = static_cast<std::size_t>((last - first) * (k + 1));
    std::vector<float> distances(size);
    std::vector<std::int64_t> found(size);
    index.search(last - first, points.row(first).data(), k + 1, distances.data(), found.data());
    for (Index item = first; item < last; ++item)
      set_list(all, item, &found[static_cast<std::size_t>((item - first) * (k + 1))]);
  });
  return all;
}
