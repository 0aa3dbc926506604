// SPDX-License-Identifier: MIT
#ifndef NNGS_DETAIL_SEARCH_BY_KEYS_HPP
#define NNGS_DETAIL_SEARCH_BY_KEYS_HPP

#include <Eigen/Core>
#include <algorithm>
#include <concepts>
#include <cstddef>
#include <cstring>
#include <span>
#include <vector>

#include "nngs/detail/base/blocks.hpp"
#include "nngs/detail/base/pair_schedule.hpp"
#include "nngs/detail/base/vectors.hpp"
#include "nngs/detail/search/all_pairs.hpp"
#include "nngs/detail/search/given_points.hpp"
#include "nngs/detail/search/nearest_list.hpp"
#include "nngs/detail/search/neighbor_lists.hpp"
#include "nngs/detail/search/neighbor_set.hpp"
#include "nngs/detail/search/plan.hpp"
#include "nngs/detail/search/reference_key.hpp"
#include "nngs/metric.hpp"
#include "nngs/points.hpp"
#include "nngs/version.hpp"

// All pairs by keys: the reference key of each in double, for metrics that no product screens.

namespace nngs {
inline namespace NNGS_VERSION_NAMESPACE {
namespace detail::search {

/// So many points lie side by side, coordinate by coordinate: four pairs keep the adders busy.
inline constexpr int strip_points = 8;

/// The reference keys of one point and a strip of points: the same operations in the same order as
/// reference_key, for several points side by side.
template <class Number, coordinate_metric Metric>
void strip_keys(const Metric& metric, const double* row, const double* strip, Eigen::Index dimensions,
                double* keys) {
  constexpr int width = sizeof(Number) / sizeof(double);  // NOLINT(bugprone-sizeof-expression): no pointer
  for (int first = 0; first < strip_points; first += 4 * width) {
    Number k0{}, k1{}, k2{}, k3{};
    for (Eigen::Index j = 0; j < dimensions; ++j) {
      const double* at = strip + j * strip_points + first;
      Number b[4];
      std::memcpy(&b, at, sizeof(b));
      const Number a = row[j] - Number{};
      k0 = add_term(metric, k0, a, b[0]);
      k1 = add_term(metric, k1, a, b[1]);
      k2 = add_term(metric, k2, a, b[2]);
      k3 = add_term(metric, k3, a, b[3]);
    }
    const Number all[4] = {k0, k1, k2, k3};
    std::memcpy(keys + first, &all, sizeof(all));
  }
}

/// Metrics whose terms take pairs of doubles as well.
template <class Metric>
concept pair_metric = coordinate_metric<Metric> && requires(const Metric& metric, base::double_pair a) {
  { add_term(metric, a, a, a) } -> std::same_as<base::double_pair>;
  { metric.term(a, a) } -> std::same_as<base::double_pair>;
};

/// For every metric: evaluates the reference key of every pair.
template <metric Metric>
class by_keys final : public all_pairs {
 public:
  by_keys(const given_points& values, const Metric& metric, const neighbor_order& order)
      : values_(values), metric_(metric), order_(order) {}

  Eigen::Index block_rows() const noexcept override {
    const Eigen::Index n = values_.rows(), dimensions = values_.cols();
    return pair_metric<Metric> ? search::block_rows(n, dimensions) : costly_block_rows(n, dimensions);
  }

  /// Memory: 8 d (rows + 8) + 16 rows depth bytes for groups of 64 rows.
  void rows(std::span<const Eigen::Index> rows, Eigen::Index depth, use_list use) const override {
    std::vector<ranked> in_order;
    std::vector<nearest_list> lists = empty_lists(std::min<std::size_t>(group_rows, rows.size()), depth);
    for (std::size_t first = 0; first < rows.size(); first += group_rows) {
      const auto some = rows.subspan(first, std::min(group_rows, rows.size() - first));
      const buffer copies = copy_rows(some);
      for_each_key(copies, 0, values_.searched(), [&](Eigen::Index i, Eigen::Index other, double key) {
        if (other != some[static_cast<std::size_t>(i)]) lists[static_cast<std::size_t>(i)].offer(key, other);
      });
      for (std::size_t i = 0; i < some.size(); ++i) use(some[i], lists[i].take(in_order));
    }
  }

  /// Memory: as `rows`.
  void sets(std::span<const Eigen::Index> some_rows, Eigen::Index k, use_set use) const override {
    neighbor_set nearest(values_.rows());
    const auto wanted = static_cast<std::size_t>(k);
    rows(some_rows, std::min(k + 1, values_.rows() - 1), [&](Eigen::Index row, std::span<const ranked> list) {
      nearest.clear();
      for (const ranked& one : list.first(wanted)) nearest.insert(one.index);
      nearest.tied = list[wanted - 1].tied;
      use(row, nearest);
    });
  }

  /// Memory: 16 n depth bytes.
  void join(Eigen::Index depth, base::executor_ref execute, use_list use) const override {
    const Eigen::Index n = values_.rows();
    std::vector<nearest_list> lists = empty_lists(static_cast<std::size_t>(n), depth);
    const Eigen::Index per_block = whole_strips(joined_rows(n, values_.cols()));
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
    base::for_each_block(execute, n, ordered_lists(depth), [&](Eigen::Index first, Eigen::Index last) {
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
  Eigen::Index stride() const { return base::divided_up(values_.cols(), 8) * 8; }

  static Eigen::Index whole_strips(Eigen::Index count) {
    return base::divided_up(count, strip_points) * strip_points;
  }

  std::vector<nearest_list> empty_lists(std::size_t count, Eigen::Index depth) const {
    std::vector<nearest_list> lists;
    lists.reserve(count);
    while (lists.size() < count) lists.emplace_back(depth, order_);
    return lists;
  }

  buffer copy_rows(std::span<const Eigen::Index> rows) const {
    buffer copies(static_cast<Eigen::Index>(rows.size()), stride());
    for (std::size_t i = 0; i < rows.size(); ++i)
      values_.read(rows[i], copies.data() + static_cast<Eigen::Index>(i) * stride());
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
    std::vector<double> one(static_cast<std::size_t>(dimensions));
    double keys[strip_points];
    for (Eigen::Index begin = first; begin < last; begin += strip_points) {
      const auto count = std::min<Eigen::Index>(strip_points, last - begin);
      for (Eigen::Index point = 0; point < count; ++point) {
        values_.read(begin + point, one.data());
        for (std::size_t j = 0; j < one.size(); ++j)
          strip[j * strip_points + static_cast<std::size_t>(point)] = one[j];
      }
      for (Eigen::Index row = 0; row < rows.rows(); ++row) {
        if constexpr (pair_metric<Metric>)
          strip_keys<base::double_pair>(metric_, &rows(row, 0), strip.data(), dimensions, keys);
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
      values_.read(other, one.data());
      for (Eigen::Index row = 0; row < rows.rows(); ++row)
        use(row, other, metric_.key(point(&rows(row, 0), values_.cols()), point(one.data(), values_.cols())));
    }
  }

  given_points values_;
  const Metric& metric_;
  neighbor_order order_;
};

}  // namespace detail::search
}  // namespace NNGS_VERSION_NAMESPACE
}  // namespace nngs

#endif
