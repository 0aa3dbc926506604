// SPDX-License-Identifier: MIT
#ifndef NNGS_DETAIL_BASE_VECTORS_HPP
#define NNGS_DETAIL_BASE_VECTORS_HPP

#include <cstdint>
#include <cstring>

#include "nngs/version.hpp"

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
};
template <>
struct vectors<32> {
  typedef float floats __attribute__((vector_size(32)));
  typedef std::int32_t ints __attribute__((vector_size(32)));  ///< as wide as a float each
  typedef std::int8_t flags __attribute__((vector_size(8)));   ///< a byte for each float
  typedef double doubles __attribute__((vector_size(32)));
  typedef std::int64_t longs __attribute__((vector_size(32)));  ///< as wide as a double each
  typedef float singles __attribute__((vector_size(16)));       ///< a float for each double
};
template <>
struct vectors<64> {
  typedef float floats __attribute__((vector_size(64)));
  typedef std::int32_t ints __attribute__((vector_size(64)));  ///< as wide as a float each
  typedef std::int8_t flags __attribute__((vector_size(16)));  ///< a byte for each float
  typedef double doubles __attribute__((vector_size(64)));
  typedef std::int64_t longs __attribute__((vector_size(64)));  ///< as wide as a double each
  typedef float singles __attribute__((vector_size(32)));       ///< a float for each double
};

// Doubles worked on side by side, integers as wide, and floats as many. Vectors stay inside the functions: a
// 64-byte value as a parameter would make the compiler warn about calling conventions. (Spelt out: g++ 12
// does not take a vector whose size is a template parameter everywhere.)

struct double_lanes1 {
  using doubles = double;
  using ints = std::int64_t;
  using floats = float;
};
#ifdef __GNUC__
struct double_lanes2 {
  typedef double doubles __attribute__((vector_size(16)));
  typedef std::int64_t ints __attribute__((vector_size(16)));
  typedef float floats __attribute__((vector_size(8)));
};
struct double_lanes4 {
  typedef double doubles __attribute__((vector_size(32)));
  typedef std::int64_t ints __attribute__((vector_size(32)));
  typedef float floats __attribute__((vector_size(16)));
};
struct double_lanes8 {
  typedef double doubles __attribute__((vector_size(64)));
  typedef std::int64_t ints __attribute__((vector_size(64)));
  typedef float floats __attribute__((vector_size(32)));
};

template <class Doubles, class Floats>
[[gnu::always_inline]] inline void load(const float* from, Doubles& to) {
  Floats single;
  std::memcpy(&single, from, sizeof(single));
  to = __builtin_convertvector(single, Doubles);
}
template <class Doubles, class Floats>
[[gnu::always_inline]] inline void load(const double* from, Doubles& to) {
  std::memcpy(&to, from, sizeof(to));
}
#endif

}  // namespace detail::base
}  // namespace NNGS_VERSION_NAMESPACE
}  // namespace nngs

#endif
