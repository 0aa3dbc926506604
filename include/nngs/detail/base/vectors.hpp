// SPDX-License-Identifier: MIT
#ifndef NNGS_DETAIL_BASE_VECTORS_HPP
#define NNGS_DETAIL_BASE_VECTORS_HPP

#include <cstdint>
#include <cstring>

#include "nngs/version.hpp"

// Vectors of numbers, one name for each kind whatever the width of the register.

namespace nngs {
inline namespace NNGS_VERSION_NAMESPACE {
namespace detail::base {

/// Numbers side by side in one register of `Bytes` bytes; each is a lane. (Spelt out, as g++ 12 does not take
/// a vector whose size is a template parameter everywhere.)
template <int Bytes>
struct vectors;
template <>
struct vectors<16> {
  typedef float floats __attribute__((vector_size(16)));
  typedef std::int32_t ints __attribute__((vector_size(16)));  ///< as wide as a float each
  typedef std::int8_t flags __attribute__((vector_size(4)));   ///< a byte for each float
  typedef double doubles __attribute__((vector_size(16)));
  typedef std::int64_t longs __attribute__((vector_size(16)));  ///< as wide as a double each
  typedef float singles __attribute__((vector_size(8)));        ///< a float for each double
  typedef std::int32_t whole __attribute__((vector_size(8)));   ///< an int for each double
};
template <>
struct vectors<32> {
  typedef float floats __attribute__((vector_size(32)));
  typedef std::int32_t ints __attribute__((vector_size(32)));  ///< as wide as a float each
  typedef std::int8_t flags __attribute__((vector_size(8)));   ///< a byte for each float
  typedef double doubles __attribute__((vector_size(32)));
  typedef std::int64_t longs __attribute__((vector_size(32)));  ///< as wide as a double each
  typedef float singles __attribute__((vector_size(16)));       ///< a float for each double
  typedef std::int32_t whole __attribute__((vector_size(16)));  ///< an int for each double
};
template <>
struct vectors<64> {
  typedef float floats __attribute__((vector_size(64)));
  typedef std::int32_t ints __attribute__((vector_size(64)));  ///< as wide as a float each
  typedef std::int8_t flags __attribute__((vector_size(16)));  ///< a byte for each float
  typedef double doubles __attribute__((vector_size(64)));
  typedef std::int64_t longs __attribute__((vector_size(64)));  ///< as wide as a double each
  typedef float singles __attribute__((vector_size(32)));       ///< a float for each double
  typedef std::int32_t whole __attribute__((vector_size(32)));  ///< an int for each double
};

/// What every x86-64 and ARM64 processor works on at once.
using double_pair = vectors<16>::doubles;

/// Doubles, or as many floats made doubles.
template <class Vectors>
[[gnu::always_inline]] inline void load(const double* from, typename Vectors::doubles& to) {
  std::memcpy(&to, from, sizeof(to));
}
template <class Vectors>
[[gnu::always_inline]] inline void load(const float* from, typename Vectors::doubles& to) {
  typename Vectors::singles single;
  std::memcpy(&single, from, sizeof(single));
  to = __builtin_convertvector(single, typename Vectors::doubles);
}

}  // namespace detail::base
}  // namespace NNGS_VERSION_NAMESPACE
}  // namespace nngs

#endif
