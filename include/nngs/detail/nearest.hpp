// SPDX-License-Identifier: MIT
#ifndef NNGS_DETAIL_NEAREST_HPP
#define NNGS_DETAIL_NEAREST_HPP

#include <Eigen/Core>
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <span>
#include <stdexcept>
#include <vector>

#include "nngs/version.hpp"

namespace nngs::inline NNGS_VERSION_NAMESPACE::detail {

/// A point and its key. The order (key, index) is the order of every neighbour list.
struct candidate {
  double key;
  std::uint32_t index;
  friend bool operator<(const candidate& a, const candidate& b) noexcept {
    return a.key < b.key || (a.key == b.key && a.index < b.index);
  }
};

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

  /// The candidates in order; the list is empty afterwards.
  template <class Use>
  void take(const Use& use) {
    std::sort(heap_.begin(), heap_.end());
    use(std::span<const candidate>(heap_));
    heap_.clear();
    worst_key_ = std::numeric_limits<double>::infinity();
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
      std::pop_heap(heap_.begin(), heap_.end());
      heap_.back() = one;
      std::push_heap(heap_.begin(), heap_.end());
    }
    worst_key_ = heap_.front().key;
  }

  std::size_t depth_;
  std::vector<candidate> heap_;
  double worst_key_ = std::numeric_limits<double>::infinity();
};

}  // namespace nngs::inline NNGS_VERSION_NAMESPACE::detail

#endif
