// SPDX-License-Identifier: MIT
#ifndef NNGS_DETAIL_SEARCH_NEIGHBOR_SET_HPP
#define NNGS_DETAIL_SEARCH_NEIGHBOR_SET_HPP

#include <Eigen/Core>
#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "nngs/version.hpp"

namespace nngs {
inline namespace NNGS_VERSION_NAMESPACE {
namespace detail::search {

/// The k nearest of an item as a set: a bit for each of n points. For one score at a large k, where the order
/// within the k does not matter and would cost most of the time.
class neighbor_set {
 public:
  explicit neighbor_set(Eigen::Index n) : words_((static_cast<std::size_t>(n) + 63) / 64) {}

  void clear() { std::fill(words_.begin(), words_.end(), 0); }
  void insert(std::size_t point) noexcept { words_[point / 64] |= std::uint64_t{1} << (point % 64); }
  void erase(std::size_t point) noexcept { words_[point / 64] &= ~(std::uint64_t{1} << (point % 64)); }
  /// The points 64 word, 64 word + 1, .. as bits.
  void set_word(std::size_t word, std::uint64_t points) noexcept { words_[word] = points; }
  Eigen::Index size() const noexcept { return shared(*this); }

  Eigen::Index shared(const neighbor_set& other) const noexcept {
    Eigen::Index count = 0;
    for (std::size_t i = 0; i < words_.size(); ++i) count += std::popcount(words_[i] & other.words_[i]);
    return count;
  }

  /// Whether the k-th and (k+1)-th neighbours are equally near.
  bool tied = false;

 private:
  std::vector<std::uint64_t> words_;
};

}  // namespace detail::search
}  // namespace NNGS_VERSION_NAMESPACE
}  // namespace nngs

#endif
