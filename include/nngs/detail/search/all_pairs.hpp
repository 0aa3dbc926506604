// SPDX-License-Identifier: MIT
#ifndef NNGS_DETAIL_SEARCH_ALL_PAIRS_HPP
#define NNGS_DETAIL_SEARCH_ALL_PAIRS_HPP

#include <Eigen/Core>
#include <span>

#include "nngs/detail/base/function_ref.hpp"
#include "nngs/detail/search/neighbor_lists.hpp"
#include "nngs/detail/search/neighbor_set.hpp"
#include "nngs/version.hpp"

// What a search that looks at all pairs can do, however it looks: by_products.hpp or by_keys.hpp.

namespace nngs {
inline namespace NNGS_VERSION_NAMESPACE {
namespace detail::search {

/// Gets a row and its nearest others, in order: as many as asked for and maybe more.
using use_list = base::function_ref<void(Eigen::Index row, std::span<const ranked> nearest)>;
/// Gets a row and its nearest others, in no order.
using use_set = base::function_ref<void(Eigen::Index row, const neighbor_set& nearest)>;

/// A search of points against themselves, or of points that only ask against others, where all that is
/// searched are the first of the points. Points and metric have to outlive it.
class all_pairs {
 public:
  all_pairs(const all_pairs&) = delete;

  /// Rows that are worth a thread, and no more than progress may wait for.
  virtual Eigen::Index block_rows() const noexcept = 0;

  /// Calls use for each given row, in order, with its `depth` nearest others, or all where there are fewer.
  virtual void rows(std::span<const Eigen::Index> rows, Eigen::Index depth, use_list use) const = 0;

  /// Calls use for each given row, in order, with the set of its k nearest others. All points are searched.
  virtual void sets(std::span<const Eigen::Index> rows, Eigen::Index k, use_set use) const = 0;

  /// As `rows` for every row, on any thread and in any order. Each pair is looked at once for both of its
  /// points. All points are searched.
  virtual void join(Eigen::Index depth, base::executor_ref execute, use_list use) const = 0;

 protected:
  all_pairs() = default;
  ~all_pairs() = default;
};

}  // namespace detail::search
}  // namespace NNGS_VERSION_NAMESPACE
}  // namespace nngs

#endif
