// SPDX-License-Identifier: MIT
#ifndef NNGS_DETAIL_SEARCH_NEAREST_LIST_HPP
#define NNGS_DETAIL_SEARCH_NEAREST_LIST_HPP

#include <Eigen/Core>
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

#include "nngs/detail/search/neighbor_lists.hpp"
#include "nngs/detail/search/neighbor_order.hpp"
#include "nngs/error.hpp"
#include "nngs/version.hpp"

// The nearest of one point, while keys come in any order.

namespace nngs {
inline namespace NNGS_VERSION_NAMESPACE {
namespace detail::search {

/// The `depth` first candidates of those offered, in any order of offering.
class nearest_list {
 public:
  explicit nearest_list(Eigen::Index depth) : depth_(static_cast<std::size_t>(depth)) {
    heap_.reserve(depth_);
  }
  nearest_list(nearest_list&&) noexcept = default;  // no copy: it would not have the reserved room

  /// No candidate with a larger key is wanted.
  double worst_key() const noexcept { return worst_key_; }

  void offer(double key, Eigen::Index index) {
    if (key > worst_key_) return;
    insert({key, static_cast<std::uint32_t>(index)});
  }

  /// The candidates in order, put into `list`; this is empty afterwards.
  const std::vector<ranked>& take(std::vector<ranked>& list) {
    list.clear();
    append_in_order(heap_, order_, list);
    heap_.clear();
    worst_key_ = std::numeric_limits<double>::infinity();
    return list;
  }

 private:
  void insert(candidate one) {
    if (std::isnan(one.key)) throw input_error("the metric gave a key that is NaN");
    if (heap_.size() < depth_) {
      heap_.push_back(one);
      if (heap_.size() < depth_) return;
      std::make_heap(heap_.begin(), heap_.end(), order_);
    } else {
      if (!order_(one, heap_.front())) return;
      replace_worst(one);
    }
    worst_key_ = heap_.front().key;
  }

  /// One walk down the heap, where pop_heap and push_heap take two.
  void replace_worst(candidate one) {
    const std::size_t size = heap_.size();
    std::size_t hole = 0;
    for (std::size_t child = 1; child < size; child = 2 * hole + 1) {
      if (child + 1 < size && order_(heap_[child], heap_[child + 1])) ++child;
      if (!order_(one, heap_[child])) break;
      heap_[hole] = heap_[child];
      hole = child;
    }
    heap_[hole] = one;
  }

  std::size_t depth_;
  neighbor_order order_;
  std::vector<candidate> heap_;
  double worst_key_ = std::numeric_limits<double>::infinity();
};

}  // namespace detail::search
}  // namespace NNGS_VERSION_NAMESPACE
}  // namespace nngs

#endif
