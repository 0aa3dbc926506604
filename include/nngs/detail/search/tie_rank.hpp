// SPDX-License-Identifier: MIT
#ifndef NNGS_DETAIL_SEARCH_TIE_RANK_HPP
#define NNGS_DETAIL_SEARCH_TIE_RANK_HPP

#include <Eigen/Core>
#include <algorithm>
#include <atomic>
#include <bit>
#include <cstdint>
#include <span>
#include <vector>

#include "nngs/detail/search/given_points.hpp"
#include "nngs/tie_order.hpp"
#include "nngs/version.hpp"

// The tie order of one matrix: equal keys are ordered by a bijection of the 32-bit index that is drawn from a
// seed. The seed of a matrix is a hash of its values. It is taken when the first equal keys are met: data
// without ties pay nothing.

namespace nngs {
inline namespace NNGS_VERSION_NAMESPACE {
namespace detail::search {

/// Mixes 64 bits into 64, one to one (the finalizer of MurmurHash3; Appleby 2008).
inline std::uint64_t mix(std::uint64_t bits) noexcept {
  bits = (bits ^ bits >> 33) * 0xFF51AFD7ED558CCD;
  bits = (bits ^ bits >> 33) * 0xC4CEB9FE1A85EC53;
  return bits ^ bits >> 33;
}

/// Mixes 32 bits into 32, one to one (the constants of "lowbias32"; Wellons 2018).
inline std::uint32_t mix(std::uint32_t bits) noexcept {
  bits = (bits ^ bits >> 16) * 0x7FEB352D;
  bits = (bits ^ bits >> 15) * 0x846CA68B;
  return bits ^ bits >> 16;
}

/// The place of an item among equals, different for different items.
inline std::uint32_t place_among_equals(std::uint64_t seed, std::uint32_t item) noexcept {
  return mix(mix(item ^ static_cast<std::uint32_t>(seed)) ^ static_cast<std::uint32_t>(seed >> 32));
}

/// The bits of a number, those of 0 for -0.
inline std::uint64_t bits_of(double number) noexcept { return std::bit_cast<std::uint64_t>(number + 0.0); }

/// A hash of the shape and the values as doubles. Of more than 1,024 rows, 1,024 spread evenly stand for all:
/// a few would not do, as in data that are mostly zero rows unrelated matrices share them. O(min(n, 1024) d).
inline std::uint64_t tie_seed(const given_points& points) {
  constexpr Eigen::Index most_rows = 1024;
  const Eigen::Index n = points.rows(), rows = std::min(n, most_rows);
  std::vector<double> row(static_cast<std::size_t>(points.cols()));
  std::uint64_t hash = mix(static_cast<std::uint64_t>(n)) ^ static_cast<std::uint64_t>(points.cols());
  for (Eigen::Index i = 0; i < rows; ++i) {
    points.read(i * n / rows, row.data());
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
    const std::uint64_t from = seed();
    return place_among_equals(from, a) < place_among_equals(from, b);
  }

  /// Sorts items with equal keys.
  [[gnu::noinline]] void sort(std::span<std::uint32_t> items) const {
    std::sort(items.data(), items.data() + items.size(),
              [&](std::uint32_t a, std::uint32_t b) { return before(a, b); });
  }

 private:
  std::uint64_t seed() const {
    if (!order_.from_matrix()) return order_.seed();
    // Several threads may meet the first equal keys together: all of them find the same seed.
    if (!known_.load(std::memory_order_acquire)) {
      seed_.store(tie_seed(given_), std::memory_order_relaxed);
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
