// SPDX-License-Identifier: MIT
#ifndef NNGS_EXACT_HPP
#define NNGS_EXACT_HPP

#include <Eigen/Core>
#include <algorithm>
#include <concepts>
#include <cstring>
#include <numeric>
#include <span>
#include <utility>
#include <vector>

#include "nngs/detail/lane.hpp"
#include "nngs/detail/nearest.hpp"
#include "nngs/executor.hpp"
#include "nngs/metric.hpp"
#include "nngs/neighbor_graph.hpp"
#include "nngs/points.hpp"
#include "nngs/version.hpp"

namespace nngs::inline NNGS_VERSION_NAMESPACE {

namespace detail {

template <coordinate_metric Metric, class Lane>
Lane add_term(const Metric& metric, Lane key, Lane a, Lane b) {
  if constexpr (requires { metric.combine(key, a); })
    return metric.combine(key, rounded(metric.term(a, b)));
  else
    return key + rounded(metric.term(a, b));
}

/// The reference key of two points, coordinate by coordinate in order.
template <coordinate_metric Metric, class A, class B>
double reference_key(const Metric& metric, const A* a, const B* b, Eigen::Index dimensions) {
  double key = 0;
  for (Eigen::Index j = 0; j < dimensions; ++j)
    key = add_term(metric, key, static_cast<double>(a[j]), static_cast<double>(b[j]));
  return key;
}

/// A panel holds this many points side by side, coordinate by coordinate: four lanes keep the adders busy.
inline constexpr int panel_points = 4 * doubles_per_lane;

/// The reference keys of one point and a panel of points: the same operations in the same order as
/// reference_key, for several points side by side.
template <class Lane, coordinate_metric Metric>
void panel_keys(const Metric& metric, const double* row, const double* panel, Eigen::Index dimensions,
                double* keys) {
  constexpr int width = sizeof(Lane) / sizeof(double);
  for (int first = 0; first < panel_points; first += 4 * width) {
    Lane k0{}, k1{}, k2{}, k3{};
    for (Eigen::Index j = 0; j < dimensions; ++j) {
      const double* at = panel + j * panel_points + first;
      Lane b[4];
      std::memcpy(&b, at, sizeof(b));
      const Lane a = row[j] - Lane{};
      k0 = add_term(metric, k0, a, b[0]);
      k1 = add_term(metric, k1, a, b[1]);
      k2 = add_term(metric, k2, a, b[2]);
      k3 = add_term(metric, k3, a, b[3]);
    }
    const Lane all[4] = {k0, k1, k2, k3};
    std::memcpy(keys + first, &all, sizeof(all));
  }
}

template <class Metric>
concept lane_metric = coordinate_metric<Metric> && requires(const Metric& metric, lane a) {
  { add_term(metric, a, a, a) } -> std::same_as<lane>;
  { metric.term(a, a) } -> std::same_as<lane>;
};

/// Searches some rows of a matrix against all of them by evaluating every key.
/// Memory: 8 d (rows + panel) + 16 rows (depth + 1) bytes.
template <class Scalar, metric Metric>
class row_search {
 public:
  row_search(const points<Scalar>& values, const Metric& metric)
      : values_(values), metric_(metric), stride_(padded(values.cols())) {}

  /// Calls use(row, candidates in order) for rows [first, last), each with its `depth` nearest others.
  template <class Use>
  void operator()(Eigen::Index first, Eigen::Index last, Eigen::Index depth, const Use& use) const {
    std::vector<Eigen::Index> rows(static_cast<std::size_t>(last - first));
    std::iota(rows.begin(), rows.end(), first);
    (*this)(rows, depth, use);
  }

  /// The same for any rows.
  template <class Use>
  void operator()(std::span<const Eigen::Index> rows, Eigen::Index depth, const Use& use) const {
    std::vector<nearest_list> lists;
    lists.reserve(rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) lists.emplace_back(depth);
    const buffer copies = copy_rows(rows);
    if constexpr (coordinate_metric<Metric>)
      offer_panels(copies, rows, lists);
    else
      offer_points(copies, rows, lists);
    for (std::size_t i = 0; i < rows.size(); ++i)
      lists[i].take([&](const auto& nearest) { use(rows[i], nearest); });
  }

 private:
  // Eigen aligns the memory and each row is padded to a whole number of vectors, so that a user's key that
  // sums with Eigen groups the coordinates of every row alike.
  using buffer = row_major<double>;
  static Eigen::Index padded(Eigen::Index dimensions) { return (dimensions + 7) / 8 * 8; }

  buffer copy_rows(std::span<const Eigen::Index> rows) const {
    buffer copies(static_cast<Eigen::Index>(rows.size()), stride_);
    for (Eigen::Index i = 0; i < copies.rows(); ++i)
      copies.row(i).head(values_.cols()) =
          values_.row(rows[static_cast<std::size_t>(i)]).template cast<double>();
    return copies;
  }

  static void offer(nearest_list& list, Eigen::Index row, double key, Eigen::Index other) {
    if (other != row) list.offer(key, other);
  }

  void offer_panels(const buffer& copies, std::span<const Eigen::Index> rows,
                    std::vector<nearest_list>& lists) const {
    const Eigen::Index dimensions = values_.cols();
    std::vector<double> panel(static_cast<std::size_t>(dimensions * panel_points));
    double keys[panel_points];
    for (Eigen::Index begin = 0; begin < values_.rows(); begin += panel_points) {
      const auto count = std::min<Eigen::Index>(panel_points, values_.rows() - begin);
      for (Eigen::Index point = 0; point < count; ++point)
        for (Eigen::Index j = 0; j < dimensions; ++j)
          panel[static_cast<std::size_t>(j * panel_points + point)] =
              static_cast<double>(values_.coeff(begin + point, j));
      for (std::size_t i = 0; i < rows.size(); ++i) {
        const double* row = &copies(static_cast<Eigen::Index>(i), 0);
        if constexpr (lane_metric<Metric>)
          panel_keys<lane>(metric_, row, panel.data(), dimensions, keys);
        else
          panel_keys<double>(metric_, row, panel.data(), dimensions, keys);
        for (Eigen::Index point = 0; point < count; ++point)
          offer(lists[i], rows[i], keys[point], begin + point);
      }
    }
  }

  void offer_points(const buffer& copies, std::span<const Eigen::Index> rows,
                    std::vector<nearest_list>& lists) const {
    buffer one(1, stride_);
    for (Eigen::Index other = 0; other < values_.rows(); ++other) {
      one.leftCols(values_.cols()) = values_.row(other).template cast<double>();
      for (std::size_t i = 0; i < rows.size(); ++i)
        offer(lists[i], rows[i],
              metric_.key(point(&copies(static_cast<Eigen::Index>(i), 0), values_.cols()),
                          point(&one(0, 0), values_.cols())),
              other);
    }
  }

  const points<Scalar>& values_;
  const Metric& metric_;
  Eigen::Index stride_;
};
template <class Scalar, class Metric>
row_search(const points<Scalar>&, const Metric&) -> row_search<Scalar, Metric>;

/// Rows are searched in blocks: large enough to share a panel and to be worth a thread (2^20 coordinates take
/// 0.2 ms), small enough to stay in cache. Blocks depend on the data's shape alone.
inline Eigen::Index block_rows(Eigen::Index n, Eigen::Index dimensions) {
  return std::clamp<Eigen::Index>((Eigen::Index{1} << 20) / (n * dimensions + 1), 32, 256);
}

inline Eigen::Index block_count(Eigen::Index items, Eigen::Index per_block) {
  return (items + per_block - 1) / per_block;
}

/// Runs body(first, last) over all items in blocks of `per_block`.
template <executor Executor, class Body>
void for_each_block(const Executor& execute, Eigen::Index items, Eigen::Index per_block, const Body& body) {
  execute(block_count(items, per_block),
          [&](Eigen::Index block) { body(block * per_block, std::min(items, (block + 1) * per_block)); });
}

/// Searches the given rows against all of them: use(position in `rows`, candidates in order) once for each,
/// with its `depth` nearest others, on any thread. Rows are in [0, n).
template <class Scalar, metric Metric, executor Executor, class Use>
void search_rows(const searched<Scalar, Metric>& ready, std::span<const Eigen::Index> rows,
                 Eigen::Index depth, const Executor& execute, const Use& use) {
  const row_search search(ready.values, ready.metric);
  const Eigen::Index per_block = block_rows(ready.values.rows(), ready.values.cols());
  for_each_block(execute, static_cast<Eigen::Index>(rows.size()), per_block, [&](auto first, auto last) {
    Eigen::Index position = first;
    const auto block = rows.subspan(static_cast<std::size_t>(first), static_cast<std::size_t>(last - first));
    search(block, depth, [&](Eigen::Index, const auto& nearest) { use(position++, nearest); });
  });
}

}  // namespace detail

/// Builder for every metric: evaluates the key of every pair. Time O(n^2 d), memory O(n k) for the graph and
/// a fixed part per thread; prepared metrics add 8 n d bytes.
template <metric Metric = euclidean>
struct exact {
  Metric metric{};

  /// Points as build_graph hands them over: finite, 2 or more rows, 1 <= k <= n - 1.
  /// @throws std::invalid_argument for a row that the metric cannot prepare and for keys out of double's
  /// range.
  template <coordinate Scalar, executor Executor>
  neighbor_graph operator()(const points<Scalar>& values, Eigen::Index k, const Executor& execute) const {
    const Eigen::Index n = values.rows();
    const Eigen::Index depth = std::min(k + 1, n - 1);  // one more than asked for tells ties
    detail::neighbor_lists lists(n, k);
    const detail::searched<Scalar, Metric> ready(values, metric);
    const detail::row_search search(ready.values, ready.metric);
    detail::for_each_block(execute, n, detail::block_rows(n, values.cols()), [&](auto first, auto last) {
      search(first, last, depth, [&](Eigen::Index row, const auto& nearest) { lists.set(row, nearest); });
    });
    return neighbor_graph(std::move(lists));
  }
};
template <class Metric>
exact(Metric) -> exact<Metric>;
exact()->exact<euclidean>;

}  // namespace nngs::inline NNGS_VERSION_NAMESPACE

#endif
