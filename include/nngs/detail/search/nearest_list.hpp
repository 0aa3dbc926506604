// SPDX-License-Identifier: MIT
#ifndef NNGS_DETAIL_SEARCH_NEAREST_LIST_HPP
#define NNGS_DETAIL_SEARCH_NEAREST_LIST_HPP

#include <Eigen/Core>
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <stdexcept>
#include <vector>

#include "nngs/detail/search/neighbor_lists.hpp"
#include "nngs/version.hpp"

namespace nngs {
inline namespace NNGS_VERSION_NAMESPACE {
namespace detail::search {

/// A point and its key. The order (key, index) is the order of every neighbour list.
struct candidate {
  double key;
  std::uint32_t index;
  friend bool operator<(const candidate& a, const candidate& b) noexcept {
    return a.key < b.key || (a.key == b.key && a.index < b.index);
  }
};

/// Appends sorted candidates. Whether the last is tied with what follows is not known.
inline void append_ranked(const std::vector<candidate>& sorted, std::vector<ranked>& list) {
  for (std::size_t i = 0; i < sorted.size(); ++i)
    list.push_back({sorted[i].index, i + 1 < sorted.size() && sorted[i].key == sorted[i + 1].key});
}

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
    std::sort(heap_.begin(), heap_.end());
    list.clear();
    append_ranked(heap_, list);
    heap_.clear();
    worst_key_ = std::numeric_limits<double>::infinity();
    return list;
  }

 private:
  void insert(candidate one) {
    if (std::isnan(one.key)) throw std::invalid_argument("the metric gave a key that is NaN");
    if (heap_.size() < depth_) {
      heap_.push_back(one);
      if (heap_.size() < depth_) return;
      std::make_heap(heap_.begin(), heap_.end());
    } else {
      if (!(one < heap_.front())) return;
      replace_worst(one);
    }
    worst_key_ = heap_.front().key;
  }

  /// One walk down the heap, where pop_heap and push_heap take two.
  void replace_worst(candidate one) {
    const std::size_t size = heap_.size();
    std::size_t hole = 0;
    for (std::size_t child = 1; child < size; child = 2 * hole + 1) {
      if (child + 1 < size && heap_[child] < heap_[child + 1]) ++child;
      if (!(one < heap_[child])) break;
      heap_[hole] = heap_[child];
      hole = child;
    }
    heap_[hole] = one;
  }

  std::size_t depth_;
  std::vector<candidate> heap_;
  double worst_key_ = std::numeric_limits<double>::infinity();
};

}  // namespace detail::search
}  // namespace NNGS_VERSION_NAMESPACE
}  // namespace nngs

#endif
