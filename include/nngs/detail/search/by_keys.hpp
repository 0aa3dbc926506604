// SPDX-License-Identifier: MIT
#ifndef NNGS_DETAIL_SEARCH_BY_KEYS_HPP
#define NNGS_DETAIL_SEARCH_BY_KEYS_HPP

#include <Eigen/Core>
#include <algorithm>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <cstring>
#include <span>
#include <vector>

#include "nngs/detail/base/blocks.hpp"
#include "nngs/detail/base/pair_schedule.hpp"
#include "nngs/detail/base/rounding.hpp"
#include "nngs/detail/search/nearest_list.hpp"
#include "nngs/detail/search/neighbor_set.hpp"
#include "nngs/detail/search/reference_key.hpp"
#include "nngs/executor.hpp"
#include "nngs/metric.hpp"
#include "nngs/points.hpp"
#include "nngs/version.hpp"

namespace nngs {
inline namespace NNGS_VERSION_NAMESPACE {
namespace detail::search {

/// So many points lie side by side, coordinate by coordinate: four lanes keep the adders busy.
inline constexpr int strip_points = 4 * base::doubles_per_lane;

/// The reference keys of one point and a strip of points: the same operations in the same order as
/// reference_key, for several points side by side.
template <class Lane, coordinate_metric Metric>
void strip_keys(const Metric& metric, const double* row, const double* strip, Eigen::Index dimensions,
                double* keys) {
  constexpr int width = sizeof(Lane) / sizeof(double);  // NOLINT(bugprone-sizeof-expression): no pointer
  for (int first = 0; first < strip_points; first += 4 * width) {
    Lane k0{}, k1{}, k2{}, k3{};
    for (Eigen::Index j = 0; j < dimensions; ++j) {
      const double* at = strip + j * strip_points + first;
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
concept lane_metric = coordinate_metric<Metric> && requires(const Metric& metric, base::lane a) {
  { add_term(metric, a, a, a) } -> std::same_as<base::lane>;
  { metric.term(a, a) } -> std::same_as<base::lane>;
};

/// The search that evaluates the reference key of every pair, for every metric. Points and metric have to
/// outlive it.
template <class Scalar, metric Metric>
class direct_search {
 public:
  direct_search(const points<Scalar>& values, const Metric& metric) : values_(values), metric_(metric) {}

  /// Calls use(row, neighbours in order) for each given row, with its `depth` nearest points.
  /// Memory: 8 d (rows + 8) + 16 rows depth bytes for groups of 64 rows.
  template <class Use>
  void rows(std::span<const Eigen::Index> rows, Eigen::Index depth, const Use& use) const {
    std::vector<ranked> in_order;
    std::vector<nearest_list> lists = empty_lists(std::min<std::size_t>(group_rows, rows.size()), depth);
    for (std::size_t first = 0; first < rows.size(); first += group_rows) {
      const auto some = rows.subspan(first, std::min(group_rows, rows.size() - first));
      const buffer copies = copy_rows(some);
      for_each_key(copies, 0, values_.rows(), [&](Eigen::Index i, Eigen::Index other, double key) {
        if (other != some[static_cast<std::size_t>(i)]) lists[static_cast<std::size_t>(i)].offer(key, other);
      });
      for (std::size_t i = 0; i < some.size(); ++i) use(some[i], lists[i].take(in_order));
    }
  }

  /// Calls use(row, neighbor_set) for each given row, with its k nearest points.
  template <class Use>
  void sets(std::span<const Eigen::Index> some_rows, Eigen::Index k, const Use& use) const {
    neighbor_set nearest(values_.rows());
    const auto wanted = static_cast<std::size_t>(k);
    rows(some_rows, std::min(k + 1, values_.rows() - 1),
         [&](Eigen::Index row, const std::vector<ranked>& list) {
           nearest.clear();
           for (std::size_t rank = 0; rank < wanted; ++rank) nearest.insert(list[rank].index);
           nearest.tied = list[wanted - 1].tied;
           use(row, nearest);
         });
  }

  /// As `rows` for every row, each key evaluated once for both of its points. Memory: 16 n depth bytes.
  template <executor Executor, class Use>
  void join(Eigen::Index depth, const Executor& execute, const Use& use) const {
    const Eigen::Index n = values_.rows();
    std::vector<nearest_list> lists = empty_lists(static_cast<std::size_t>(n), depth);
    const Eigen::Index per_block = join_block_rows();
    base::for_each_pair(execute, base::divided_up(n, per_block), [&](Eigen::Index a, Eigen::Index b) {
      std::vector<Eigen::Index> members;
      for (Eigen::Index row = a * per_block; row < std::min(n, (a + 1) * per_block); ++row)
        members.push_back(row);
      const auto offer = [&](Eigen::Index i, Eigen::Index other, double key) {
        const Eigen::Index row = a * per_block + i;
        if (other != row) lists[static_cast<std::size_t>(row)].offer(key, other);
        if (a != b) lists[static_cast<std::size_t>(other)].offer(key, row);
      };
      for_each_key(copy_rows(members), b * per_block, std::min(n, (b + 1) * per_block), offer);
    });
    base::for_each_block(execute, n, 1 + (1 << 14) / depth, [&](Eigen::Index first, Eigen::Index last) {
      std::vector<ranked> in_order;
      for (Eigen::Index row = first; row < last; ++row)
        use(row, lists[static_cast<std::size_t>(row)].take(in_order));
    });
  }

 private:
  static constexpr std::size_t group_rows = 64;
  // Eigen aligns the memory and each row is padded to a whole number of vectors, so that a user's key that
  // sums with Eigen groups the coordinates of every row alike.
  using buffer = row_major<double>;
  Eigen::Index stride() const { return (values_.cols() + 7) / 8 * 8; }

  static std::vector<nearest_list> empty_lists(std::size_t count, Eigen::Index depth) {
    std::vector<nearest_list> lists;
    lists.reserve(count);
    while (lists.size() < count) lists.emplace_back(depth);
    return lists;
  }

  buffer copy_rows(std::span<const Eigen::Index> rows) const {
    buffer copies(static_cast<Eigen::Index>(rows.size()), stride());
    for (std::size_t i = 0; i < rows.size(); ++i)
      copies.row(static_cast<Eigen::Index>(i)).head(values_.cols()) =
          values_.row(rows[i]).template cast<double>();
    return copies;
  }

  /// Calls use(i, other, key) for each of the copied rows and each other point in [first, last).
  template <class Use>
  void for_each_key(const buffer& rows, Eigen::Index first, Eigen::Index last, const Use& use) const {
    if constexpr (coordinate_metric<Metric>)
      for_each_strip_key(rows, first, last, use);
    else
      for_each_row_key(rows, first, last, use);
  }

  template <class Use>
  void for_each_strip_key(const buffer& rows, Eigen::Index first, Eigen::Index last, const Use& use) const {
    const Eigen::Index dimensions = values_.cols();
    std::vector<double> strip(static_cast<std::size_t>(dimensions * strip_points));
    double keys[strip_points];
    for (Eigen::Index begin = first; begin < last; begin += strip_points) {
      const auto count = std::min<Eigen::Index>(strip_points, last - begin);
      for (Eigen::Index point = 0; point < count; ++point)
        for (Eigen::Index j = 0; j < dimensions; ++j)
          strip[static_cast<std::size_t>(j * strip_points + point)] =
              static_cast<double>(values_.coeff(begin + point, j));
      for (Eigen::Index row = 0; row < rows.rows(); ++row) {
        if constexpr (lane_metric<Metric>)
          strip_keys<base::lane>(metric_, &rows(row, 0), strip.data(), dimensions, keys);
        else
          strip_keys<double>(metric_, &rows(row, 0), strip.data(), dimensions, keys);
        for (Eigen::Index point = 0; point < count; ++point) use(row, begin + point, keys[point]);
      }
    }
  }

  template <class Use>
  void for_each_row_key(const buffer& rows, Eigen::Index first, Eigen::Index last, const Use& use) const {
    buffer one(1, stride());
    for (Eigen::Index other = first; other < last; ++other) {
      one.leftCols(values_.cols()) = values_.row(other).template cast<double>();
      for (Eigen::Index row = 0; row < rows.rows(); ++row)
        use(row, other, metric_.key(point(&rows(row, 0), values_.cols()), point(&one(0, 0), values_.cols())));
    }
  }

  /// A pair of blocks is worth a thread: 2^20 coordinates take some 0.2 ms.
  Eigen::Index join_block_rows() const {
    const auto worth = static_cast<Eigen::Index>(std::sqrt(0x1p20 / static_cast<double>(values_.cols()))) + 1;
    const Eigen::Index least = std::max(worth, base::divided_up(values_.rows(), base::most_paired_blocks));
    return (least + strip_points - 1) / strip_points * strip_points;
  }

  const points<Scalar>& values_;
  const Metric& metric_;
};

}  // namespace detail::search
}  // namespace NNGS_VERSION_NAMESPACE
}  // namespace nngs

#endif
