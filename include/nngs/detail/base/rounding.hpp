// SPDX-License-Identifier: MIT
#ifndef NNGS_DETAIL_BASE_ROUNDING_HPP
#define NNGS_DETAIL_BASE_ROUNDING_HPP

#include <Eigen/Core>
#include <bit>
#include <cmath>
#include <concepts>
#include <cstdint>
#include <limits>

#include "nngs/version.hpp"

namespace nngs {
inline namespace NNGS_VERSION_NAMESPACE {
namespace detail::base {

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

/// Multiplies by the power of two that brings the largest magnitude into [1, 2), so that no square overflows
/// or vanishes. Exact, but for values 2^1022 times smaller than the largest. Not all of `values` may be zero.
template <class Derived>
void scale_near_one(Eigen::DenseBase<Derived>& values) {
  const int exponent = std::ilogb(values.derived().cwiseAbs().maxCoeff());
  // In two steps: 2^1074, for subnormal numbers, is no double.
  values *= std::ldexp(1.0, -exponent / 2);
  values *= std::ldexp(1.0, -exponent - -exponent / 2);
}

}  // namespace detail::base
}  // namespace NNGS_VERSION_NAMESPACE
}  // namespace nngs

#endif
