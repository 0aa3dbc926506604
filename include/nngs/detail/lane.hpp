// SPDX-License-Identifier: MIT
#ifndef NNGS_DETAIL_LANE_HPP
#define NNGS_DETAIL_LANE_HPP

#include <bit>
#include <cmath>
#include <concepts>
#include <cstdint>
#include <limits>

#include "nngs/version.hpp"

// Parts of it too, as far as compilers tell: clang says nothing of -fassociative-math alone.
#if defined(__FAST_MATH__) || defined(__ASSOCIATIVE_MATH__) || defined(__RECIPROCAL_MATH__) || \
    (defined(__FINITE_MATH_ONLY__) && __FINITE_MATH_ONLY__)
#error "nngs promises the same bits everywhere and checks for NaN: build without -ffast-math"
#endif

namespace nngs::inline NNGS_VERSION_NAMESPACE::detail {

/// Doubles that are worked on side by side, one pair of points each. Two fit every x86-64 and ARM64
/// processor.
#ifdef __GNUC__
using lane = double __attribute__((vector_size(16)));
using lane_bits = std::int64_t __attribute__((vector_size(16)));
#else
using lane = double;
using lane_bits = std::int64_t;
#endif
inline constexpr int doubles_per_lane = sizeof(lane) / sizeof(double);

/// The product as IEEE rounds it. g++ fuses a product with a later sum where the processor can, in one loop
/// and not in another: then the same two points would have two keys. clang fuses within one
/// expression only, unless told -ffp-contract=fast, with which nothing is promised.
template <class Lane>
Lane rounded(Lane product) noexcept {
#if defined(__GNUC__) && !defined(__clang__)
  return __builtin_assoc_barrier(product);
#else
  return product;
#endif
}

/// Without its sign: one instruction, where a comparison takes five.
template <class Lane>
Lane magnitude(Lane difference) noexcept {
  if constexpr (std::same_as<Lane, lane>)
    return std::bit_cast<lane>(std::bit_cast<lane_bits>(difference) &
                               std::numeric_limits<std::int64_t>::max());
  else
    return std::abs(difference);
}

}  // namespace nngs::inline NNGS_VERSION_NAMESPACE::detail

#endif
