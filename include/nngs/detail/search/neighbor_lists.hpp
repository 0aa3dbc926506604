// SPDX-License-Identifier: MIT
#ifndef NNGS_DETAIL_SEARCH_NEIGHBOR_LISTS_HPP
#define NNGS_DETAIL_SEARCH_NEIGHBOR_LISTS_HPP

#include <Eigen/Core>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "nngs/version.hpp"

// What a search hands to a graph.

namespace nngs {
inline namespace NNGS_VERSION_NAMESPACE {
class neighbor_graph;

namespace detail::search {

/// A neighbour in its place in a list, and whether the next one has the same key.
struct ranked {
  std::uint32_t index;
  bool tied;
};

/// What builders fill: n lists of `depth` neighbours, trusted to be right.
class neighbor_lists {
 public:
  neighbor_lists(Eigen::Index size, Eigen::Index depth)
      : size_(size), depth_(depth), indices_(area()), tied_(area(), std::uint8_t{0}) {}

  /// `nearest`: the first `depth` or more neighbours in order. Lists of different items may be set at the
  /// same time.
  void set(Eigen::Index item, std::span<const ranked> nearest) noexcept {
    const auto depth = static_cast<std::size_t>(depth_);
    const std::size_t begin = static_cast<std::size_t>(item) * depth;
    for (std::size_t rank = 0; rank < depth; ++rank) {
      indices_[begin + rank] = nearest[rank].index;
      tied_[begin + rank] = nearest[rank].tied;
    }
  }
  friend bool operator==(const neighbor_lists&, const neighbor_lists&) = default;

 private:
  friend class nngs::neighbor_graph;
  std::size_t area() const { return static_cast<std::size_t>(size_) * static_cast<std::size_t>(depth_); }

  Eigen::Index size_, depth_;
  std::vector<std::uint32_t> indices_;
  std::vector<std::uint8_t> tied_;
};

}  // namespace detail::search
}  // namespace NNGS_VERSION_NAMESPACE
}  // namespace nngs

#endif
