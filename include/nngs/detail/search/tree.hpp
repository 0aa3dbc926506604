// SPDX-License-Identifier: MIT
#ifndef NNGS_DETAIL_SEARCH_TREE_HPP
#define NNGS_DETAIL_SEARCH_TREE_HPP

#include <Eigen/Core>
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <nanoflann.hpp>
#include <vector>

#include "nngs/detail/base/blocks.hpp"
#include "nngs/detail/base/rounding.hpp"
#include "nngs/detail/base/sentence.hpp"
#include "nngs/detail/search/given_points.hpp"
#include "nngs/detail/search/input.hpp"
#include "nngs/detail/search/morton_order.hpp"
#include "nngs/detail/search/nearest_list.hpp"
#include "nngs/detail/search/neighbor_lists.hpp"
#include "nngs/detail/search/plan.hpp"
#include "nngs/detail/search/reference_key.hpp"
#include "nngs/error.hpp"
#include "nngs/metric.hpp"
#include "nngs/points.hpp"
#include "nngs/version.hpp"

// nanoflann's k-d tree under our order of neighbours.

namespace nngs {
inline namespace NNGS_VERSION_NAMESPACE {
namespace detail::search {

/// nanoflann counts coordinates in int.
inline void check_tree_columns(Eigen::Index columns) {
  if (columns > std::numeric_limits<int>::max())
    throw input_error(base::sentence({columns, " columns are more than a k-d tree takes (",
                                      std::numeric_limits<int>::max(), "): use exact"}));
}

/// The points in double, in an order that keeps the tree warm; nanoflann's view of them.
template <separable_metric Metric>
struct tree_points {
  std::vector<std::uint32_t> order;  // of the given rows
  row_major<double> values;
  const Metric& metric;

  tree_points(const given_points& given, const Metric& of, base::executor_ref execute)
      : order(spatial_order(given, execute)), values(given.rows(), given.cols()), metric(of) {
    for (std::size_t i = 0; i < order.size(); ++i)
      given.read(static_cast<Eigen::Index>(order[i]),
                 values.data() + static_cast<Eigen::Index>(i) * values.cols());
  }

  const double* point(std::size_t number) const {
    return values.data() + static_cast<Eigen::Index>(number) * values.cols();
  }
  std::size_t kdtree_get_point_count() const { return order.size(); }
  double kdtree_get_pt(std::size_t number, std::size_t dimension) const { return point(number)[dimension]; }
  template <class Box>
  bool kdtree_get_bbox(Box&) const {
    return false;
  }
};

/// Its distance: terms and keys of our metric.
template <separable_metric Metric>
struct tree_distance {
  using ElementType = double;
  using DistanceType = double;

  const tree_points<Metric>& data;

  // nanoflann constructs it from the data source.
  explicit tree_distance(const tree_points<Metric>& source) : data(source) {}

  double evalMetric(const double* query, std::size_t number, std::size_t dimensions) const {
    return reference_key(data.metric, query, data.point(number), static_cast<Eigen::Index>(dimensions));
  }
  template <class Dimension>
  double accum_dist(double a, double b, Dimension) const {
    return base::rounded(static_cast<double>(data.metric.term(a, b)));
  }
};

/// nanoflann's result set, in our order and without the query itself.
///
/// nanoflann skips a branch whose lower bound exceeds worstDist(), and a point whose key is not below it. The
/// bound is itself a rounded sum: after at most n steps down the tree, each adding and subtracting a term,
/// and d terms at the root, it exceeds the exact sum of its terms by a factor of at most 1 + (3 n + d) u, u =
/// 2^-53; the key of a point behind it is a rounded sum of terms no smaller, so at least the exact sum times
/// 1 - (d - 1) u. Hence no branch that holds a key <= worst is skipped when the limit is worst (1 + slack)
/// with slack >= (3 n + 2 d) u. One unit in the last place is not enough.
class tree_result {
 public:
  using DistanceType = double;
  using IndexType = std::uint32_t;

  tree_result(nearest_list& nearest, const std::vector<std::uint32_t>& order, std::uint32_t self,
              double slack)
      : nearest_(nearest), order_(order), self_(self), factor_(1 + slack) {}

  bool addPoint(double key, std::uint32_t number) {
    if (number != self_ && key <= nearest_.worst_key()) nearest_.offer(key, order_[number]);
    return true;
  }
  /// Above the worst key, even when that is 0 and the processor flushes subnormal numbers.
  double worstDist() const noexcept {
    return nearest_.worst_key() * factor_ + std::numeric_limits<double>::min();
  }
  bool full() const noexcept { return true; }
  bool empty() const noexcept { return false; }
  std::size_t size() const noexcept { return 0; }
  void sort() const noexcept {}

 private:
  nearest_list& nearest_;
  const std::vector<std::uint32_t>& order_;
  std::uint32_t self_;
  double factor_;
};

/// Sets the list of every row: its k nearest and their ties. k = depth of the lists.
template <separable_metric Metric>
void search_tree(const given_points& values, const Metric& metric, const neighbor_order& order,
                 Eigen::Index k, base::executor_ref execute, neighbor_lists& lists) {
  using data = tree_points<Metric>;
  using tree = nanoflann::KDTreeSingleIndexAdaptor<tree_distance<Metric>, data, -1, std::uint32_t>;

  const Eigen::Index n = values.rows();
  const Eigen::Index depth = std::min(k + 1, n - 1);  // one more than asked for tells ties
  const double slack = static_cast<double>(3 * n + 2 * values.cols() + 8) * 0x1p-53;
  const data source(values, metric, execute);
  constexpr std::size_t leaf = 16;  // 3 % faster than 10
  const tree index(static_cast<int>(values.cols()), source, nanoflann::KDTreeSingleIndexAdaptorParams(leaf));
  base::for_each_block(execute, n, tree_queries, [&](Eigen::Index first, Eigen::Index last) {
    nearest_list nearest(depth, order);
    std::vector<ranked> in_order;
    for (auto number = static_cast<std::uint32_t>(first); number < last; ++number) {
      tree_result result(nearest, source.order, number, slack);
      static_cast<void>(index.radiusSearchCustomCallback(source.point(number), result));
      lists.set(source.order[number], nearest.take(in_order));
    }
  });
}

}  // namespace detail::search
}  // namespace NNGS_VERSION_NAMESPACE
}  // namespace nngs

#endif
