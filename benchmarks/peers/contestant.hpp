// SPDX-License-Identifier: MIT
// What every peer in C++ shares: the data, the Jaccard of its lists, and the clock.
// usage of each: PEER FOLDER WORKLOAD THREADS [LISTS]     prints seconds (the mean over half a second or
// more) and the score as JSON. With LISTS it writes its neighbour lists there instead, for nngs_agreement.
#ifndef NNGS_BENCHMARKS_CONTESTANT_HPP
#define NNGS_BENCHMARKS_CONTESTANT_HPP

#include <algorithm>
#include <chrono>
#include <thread>
#include <vector>

#include "../workloads.hpp"

namespace contestant {

using workloads::Index;
using workloads::matrix;
using lists =
    Eigen::Matrix<std::int32_t, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;  // one row an item

/// Each peer defines it: the k nearest other rows of every row, in any order.
lists nearest(const matrix& points, Index k, unsigned threads);

/// Calls body(first, last) on plain threads for equal shares of the rows.
template <class Body>
void share_rows(Index rows, unsigned threads, const Body& body) {
  std::vector<std::thread> team;
  for (unsigned part = 0; part < threads; ++part)
    team.emplace_back(body, rows * part / threads, rows * (part + 1) / threads);
  for (std::thread& thread : team) thread.join();
}

/// Copies the first k of k + 1 found to the list, without the item itself.
template <class Found>
void set_list(lists& all, Index item, const Found* found) {
  Index rank = 0;
  for (const Found* next = found; rank < all.cols(); ++next)
    if (static_cast<Index>(*next) != item) all(item, rank++) = static_cast<std::int32_t>(*next);
}

inline double mean_jaccard(lists x, lists y, unsigned threads) {
  Eigen::VectorXd similarity(x.rows());
  share_rows(x.rows(), threads, [&](Index first, Index last) {
    std::vector<std::int32_t> both;
    for (Index item = first; item < last; ++item) {
      auto a = x.row(item), b = y.row(item);
      std::sort(a.begin(), a.end());
      std::sort(b.begin(), b.end());
      both.clear();
      std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(both));
      const auto shared = static_cast<double>(both.size());
      similarity[item] = shared / (2 * static_cast<double>(x.cols()) - shared);
    }
  });
  return similarity.mean();
}

}  // namespace contestant

int main(int count, char** arguments) {  // NOLINT(bugprone-exception-escape): ends a measurement
  using clock = std::chrono::steady_clock;
  if (count < 4) workloads::fail("usage: PEER FOLDER WORKLOAD THREADS [LISTS]");
  const workloads::workload& w = workloads::find(arguments[2]);
  const auto threads = static_cast<unsigned>(std::stoul(arguments[3]));
  const auto x = workloads::load_x(arguments[1], w), y = workloads::load_y(arguments[1], w);

  if (count > 4) {
    std::ofstream file(arguments[4], std::ios::binary);
    for (const auto* points : {&x, &y}) {
      const contestant::lists found = contestant::nearest(*points, w.k, threads);
      file.write(reinterpret_cast<const char*>(found.data()),
                 found.size() * contestant::Index{sizeof(std::int32_t)});
    }
    return 0;
  }

  double value = 0, seconds = 0;
  int runs = 0;
  for (const auto start = clock::now(); seconds < 0.5; ++runs) {
    value = contestant::mean_jaccard(contestant::nearest(x, w.k, threads),
                                     contestant::nearest(y, w.k, threads), threads);
    seconds = std::chrono::duration<double>(clock::now() - start).count();
  }
  std::cout.precision(12);
  std::cout << "{\"seconds\": " << seconds / runs << ", \"value\": " << value << "}\n";
}

#endif
