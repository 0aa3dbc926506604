// SPDX-License-Identifier: MIT
#ifndef NNGS_DETAIL_SEARCH_TIE_RANK_HPP
#define NNGS_DETAIL_SEARCH_TIE_RANK_HPP

#include <Eigen/Core>
#include <algorithm>
#include <atomic>
#include <cstdint>
#include <span>
#include <vector>

#include "nngs/detail/search/given_points.hpp"
#include "nngs/detail/search/tie_place.hpp"
#include "nngs/tie_order.hpp"
#include "nngs/version.hpp"

// The tie order of one matrix: equal keys are ordered by a bijection of the 32-bit index that is drawn from a
// seed. The seed of a matrix is a hash of its values. It is taken when the first equal keys are met: data
// without ties pay nothing.

namespace nngs {
inline namespace NNGS_VERSION_NAMESPACE {
namespace detail::search {

/// The rows of a matrix of n that tell its tie order: all, or 1,024 spread evenly where there are more. A few
/// would not do, as in data that are mostly zero rows unrelated matrices share them.
inline std::vector<std::uint32_t> tie_rows(Eigen::Index n) {
  std::vector<std::uint32_t> rows(static_cast<std::size_t>(std::min<Eigen::Index>(n, 1024)));
  for (std::size_t i = 0; i < rows.size(); ++i)
    rows[i] = static_cast<std::uint32_t>(i * static_cast<std::size_t>(n) / rows.size());
  return rows;
}

/// A hash of the shape of a matrix of n rows and of those that tell its tie order, as doubles.
/// O(min(n, 1024) d).
inline std::uint64_t tie_seed(Eigen::Index n, const given_points& telling) {
  std::vector<double> row(static_cast<std::size_t>(telling.cols()));
  std::uint64_t hash = mix(static_cast<std::uint64_t>(n)) ^ static_cast<std::uint64_t>(telling.cols());
  for (Eigen::Index i = 0; i < telling.rows(); ++i) {
    telling.read(i, row.data());
    for (const double value : row) hash = mix(hash ^ bits_of(value));
  }
  return hash;
}

/// Which of two items with equal keys comes first. Any number of threads may ask.
class tie_rank {
 public:
  /// `given`: the matrix as it was given, before a metric prepares it.
  tie_rank(const given_points& given, tie_order order) noexcept : order_(order), given_(given) {}
  tie_rank(const tie_rank&) = delete;
  tie_rank& operator=(const tie_rank&) = delete;

  /// Never inlined, as few keys are equal: sorting by them stays small.
  [[gnu::noinline]] bool before(std::uint32_t a, std::uint32_t b) const {
    if (order_.from_index()) return a < b;
    return comes_first(tie_order::seeded(seed()), number_of(a), number_of(b));
  }

  /// Sorts items with equal keys.
  [[gnu::noinline]] void sort(std::span<std::uint32_t> items) const {
    std::sort(items.data(), items.data() + items.size(),
              [&](std::uint32_t a, std::uint32_t b) { return before(a, b); });
  }

 private:
  /// In the whole matrix, so that pieces of it have its order.
  std::uint32_t number_of(std::uint32_t item) const noexcept {
    return static_cast<std::uint32_t>(given_.number_of(item));
  }

  std::uint64_t seed() const {
    if (!order_.from_matrix()) return order_.seed();
    // Several threads may meet the first equal keys together: all of them find the same seed.
    if (!known_.load(std::memory_order_acquire)) {
      const std::vector<std::uint32_t> telling = tie_rows(given_.rows());
      seed_.store(tie_seed(given_.rows(), given_.only(telling)), std::memory_order_relaxed);
      known_.store(true, std::memory_order_release);
    }
    return seed_.load(std::memory_order_relaxed);
  }

  tie_order order_;
  given_points given_;
  mutable std::atomic<std::uint64_t> seed_ = 0;
  mutable std::atomic<bool> known_ = false;
};

}  // namespace detail::search
}  // namespace NNGS_VERSION_NAMESPACE
}  // namespace nngs

#endif
