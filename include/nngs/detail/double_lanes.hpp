// SPDX-License-Identifier: MIT
#ifndef NNGS_DETAIL_DOUBLE_LANES_HPP
#define NNGS_DETAIL_DOUBLE_LANES_HPP

#include <cstdint>
#include <cstring>

#include "nngs/version.hpp"

namespace nngs::inline NNGS_VERSION_NAMESPACE::detail {

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

}  // namespace nngs::inline NNGS_VERSION_NAMESPACE::detail

#endif
