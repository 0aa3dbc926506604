// SPDX-License-Identifier: MIT
#ifndef NNGS_DETAIL_SEARCH_NEIGHBOR_LISTS_HPP
#define NNGS_DETAIL_SEARCH_NEIGHBOR_LISTS_HPP

#include <Eigen/Core>
#include <algorithm>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "nngs/detail/base/check.hpp"
#include "nngs/detail/base/sentence.hpp"
#include "nngs/error.hpp"
#include "nngs/version.hpp"

// The lists that a graph is made of: what a search fills, and lists found elsewhere with their checks.

namespace nngs {
inline namespace NNGS_VERSION_NAMESPACE {
namespace detail::search {

/// A neighbour in its place in a list, and whether the next one has the same key.
struct ranked {
  std::uint32_t index;
  bool tied;
};

/// n lists of `depth` neighbours each, trusted to be right. Memory: 5 bytes a neighbour.
class neighbor_lists {
 public:
  neighbor_lists(Eigen::Index size, Eigen::Index depth)
      : size_(size), depth_(depth), indices_(area()), tied_(area(), std::uint8_t{0}) {}

  Eigen::Index size() const noexcept { return size_; }
  Eigen::Index depth() const noexcept { return depth_; }

  /// The neighbours of an item, nearest first.
  std::span<const std::uint32_t> of(Eigen::Index item) const noexcept {
    return {indices_.data() + place(item, 0), static_cast<std::size_t>(depth_)};
  }
  /// Whether the neighbours at `rank` and rank + 1, counted from 0, are equally near.
  bool tied(Eigen::Index item, Eigen::Index rank) const noexcept { return tied_[place(item, rank)] != 0; }

  /// `nearest`: the first `depth` or more neighbours in order. Lists of different items may be set at the
  /// same time.
  void set(Eigen::Index item, std::span<const ranked> nearest) noexcept {
    const std::size_t begin = place(item, 0);
    for (std::size_t rank = 0; rank < static_cast<std::size_t>(depth_); ++rank) {
      indices_[begin + rank] = nearest[rank].index;
      tied_[begin + rank] = nearest[rank].tied;
    }
  }
  void set_neighbor(Eigen::Index item, Eigen::Index rank, std::uint32_t neighbor) noexcept {
    indices_[place(item, rank)] = neighbor;
  }
  void set_tied(Eigen::Index item, Eigen::Index rank, bool tied) noexcept { tied_[place(item, rank)] = tied; }
  friend bool operator==(const neighbor_lists&, const neighbor_lists&) = default;

 private:
  std::size_t area() const { return static_cast<std::size_t>(size_) * static_cast<std::size_t>(depth_); }
  std::size_t place(Eigen::Index item, Eigen::Index rank) const noexcept {
    return static_cast<std::size_t>(item * depth_ + rank);
  }

  Eigen::Index size_, depth_;
  std::vector<std::uint32_t> indices_;
  std::vector<std::uint8_t> tied_;
};

[[noreturn]] inline void refuse_list(Eigen::Index item, Eigen::Index rank, const std::string& what) {
  throw input_error(base::sentence({"the neighbour list of item ", item, " ", what}),
                    {.row = item, .column = rank});
}

template <std::integral Integer>
std::uint32_t checked_neighbor(Eigen::Index n, Eigen::Index item, Eigen::Index rank, Integer neighbor) {
  if (std::cmp_less(neighbor, 0) || std::cmp_greater_equal(neighbor, n))
    refuse_list(item, rank, base::sentence({"names item ", neighbor, ", which is not in [0, ", n, ")"}));
  if (std::cmp_equal(neighbor, item))
    refuse_list(item, rank, "names the item itself: search one more and drop it");
  return static_cast<std::uint32_t>(neighbor);
}

inline void check_distinct(Eigen::Index item, std::span<const std::uint32_t> list) {
  std::vector<std::uint32_t> sorted(list.begin(), list.end());
  std::sort(sorted.begin(), sorted.end());
  const auto twice = std::adjacent_find(sorted.begin(), sorted.end());
  if (twice == sorted.end()) return;
  const auto last = std::find(list.rbegin(), list.rend(), *twice);
  refuse_list(item, list.rend() - last - 1, base::sentence({"names item ", *twice, " twice"}));
}

/// Lists found elsewhere, checked, with no ties.
template <class Lists>
neighbor_lists checked_lists(const Eigen::DenseBase<Lists>& given) {
  static_assert(std::integral<typename Lists::Scalar> && !std::same_as<typename Lists::Scalar, bool>,
                "neighbour lists are a matrix of integers");
  base::check_items(given.rows());
  base::check_k(given.cols(), given.rows());
  neighbor_lists lists(given.rows(), given.cols());
  for (Eigen::Index item = 0; item < lists.size(); ++item) {
    for (Eigen::Index rank = 0; rank < lists.depth(); ++rank)
      lists.set_neighbor(item, rank,
                         checked_neighbor(lists.size(), item, rank, given.derived().coeff(item, rank)));
    check_distinct(item, lists.of(item));
  }
  return lists;
}

[[noreturn]] inline void refuse_distance(Eigen::Index item, Eigen::Index rank, double before,
                                         double distance) {
  std::string complaint = base::sentence(
      {"the distance of item ", item, " at rank ", rank, " (both counted from 0) is ", distance});
  if (distance < before)
    complaint += base::sentence(
        {", and at the rank before ", before, ": distances ascend; give similarities as their negatives"});
  else
    complaint += ": every distance must be a number";
  throw input_error(complaint, {.row = item, .column = rank});
}

/// Ties as the distances tell them: the same lists, with neighbours tied that are equally far.
template <class Distances>
neighbor_lists with_ties(neighbor_lists lists, const Eigen::DenseBase<Distances>& distances) {
  static_assert(std::floating_point<typename Distances::Scalar> || std::integral<typename Distances::Scalar>,
                "distances are a matrix of numbers");
  if (distances.rows() != lists.size() ||
      (distances.cols() != lists.depth() && distances.cols() != lists.depth() + 1))
    throw input_error(
        base::sentence({"distances of ", distances.rows(), " x ", distances.cols(), " do not fit lists of ",
                        lists.size(), " x ", lists.depth(),
                        ": give one for each neighbour, or one more for each item, of the next neighbour"}));
  for (Eigen::Index item = 0; item < lists.size(); ++item) {
    const auto distance = [&](Eigen::Index rank) { return distances.derived().coeff(item, rank); };
    for (Eigen::Index rank = 0; rank < distances.cols(); ++rank) {
      const auto before = distance(std::max<Eigen::Index>(0, rank - 1)), here = distance(rank);
      if (!(before <= here))
        refuse_distance(item, rank, static_cast<double>(before), static_cast<double>(here));
      if (rank > 0) lists.set_tied(item, rank - 1, !(before < here));
    }
  }
  return lists;
}

}  // namespace detail::search
}  // namespace NNGS_VERSION_NAMESPACE
}  // namespace nngs

#endif
