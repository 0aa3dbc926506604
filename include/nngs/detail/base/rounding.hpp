// SPDX-License-Identifier: MIT
#ifndef NNGS_DETAIL_BASE_ROUNDING_HPP
#define NNGS_DETAIL_BASE_ROUNDING_HPP

#include <Eigen/Core>
#include <algorithm>
#include <bit>
#include <cmath>
#include <concepts>
#include <cstdint>
#include <limits>

#include "nngs/detail/base/vectors.hpp"
#include "nngs/version.hpp"

// Rounding that is the same everywhere, and numbers kept in the range where it is fine.

namespace nngs {
inline namespace NNGS_VERSION_NAMESPACE {
namespace detail::base {

/// The product as IEEE rounds it. g++ fuses a product with a later sum where the processor can, in one loop
/// and not in another: then the same two points would have two keys. clang fuses within one
/// expression only, unless told -ffp-contract=fast, with which nothing is promised.
template <class Number>
Number rounded(Number product) noexcept {
#if defined(__GNUC__) && !defined(__clang__)
  return __builtin_assoc_barrier(product);
#else
  return product;
#endif
}

/// Without its sign: one instruction, where a comparison takes five.
template <class Number>
Number magnitude(Number difference) noexcept {
  if constexpr (std::same_as<Number, double_pair>)
    return std::bit_cast<double_pair>(std::bit_cast<vectors<16>::longs>(difference) &
                                      std::numeric_limits<std::int64_t>::max());
  else
    return std::abs(difference);
}

/// Multiplies by the power of two that brings the largest magnitude into [1, 2), so that no square overflows
/// or vanishes. Exact, but for values 2^1022 times smaller than the largest. Not all values may be zero.
inline void scale_near_one(double* values, Eigen::Index count) noexcept {
  double largest = 0;
  for (Eigen::Index i = 0; i < count; ++i) largest = std::max(largest, std::abs(values[i]));
  const int exponent = std::ilogb(largest);
  // In two steps: 2^1074, for subnormal numbers, is no double.
  const double first = std::ldexp(1.0, -exponent / 2), second = std::ldexp(1.0, -exponent - -exponent / 2);
  for (Eigen::Index i = 0; i < count; ++i) values[i] = values[i] * first * second;
}

}  // namespace detail::base
}  // namespace NNGS_VERSION_NAMESPACE
}  // namespace nngs

#endif
