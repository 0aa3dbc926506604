// SPDX-License-Identifier: MIT
#ifndef NNGS_DETAIL_SEARCH_PACKING_HPP
#define NNGS_DETAIL_SEARCH_PACKING_HPP

#include <Eigen/Core>
#include <cstring>

#include "nngs/detail/base/instruction_set.hpp"
#include "nngs/detail/base/vectors.hpp"
#include "nngs/detail/search/kernels.hpp"
#include "nngs/version.hpp"

// From rows to a panel: points moved, scaled, rounded to float, and turned round so that each coordinate of
// all of them lies together. For few points of many coordinates this costs as much as their products.

namespace nngs {
inline namespace NNGS_VERSION_NAMESPACE {
namespace detail::search {

template <class Scalar>
struct panel_source {
  const Scalar* rows[panel_points];
  int count;  ///< of the rows that there are
  Eigen::Index dimensions;
  const double* origin;
  double scale;
};

/// Packs (x - origin) * scale, and adds the squares of what it packs. Points beyond `count` stay 0.
template <class Scalar>
using pack_function = void (*)(const panel_source<Scalar>& from, float* packed, double* squares);

template <class Scalar>
void pack_coordinates(const panel_source<Scalar>& from, Eigen::Index begin, float* packed, double* squares) {
  for (Eigen::Index j = begin; j < from.dimensions; ++j)
    for (int point = 0; point < from.count; ++point) {
      const double moved = (static_cast<double>(from.rows[point][j]) - from.origin[j]) * from.scale;
      const auto rounded = static_cast<float>(moved);
      packed[j * panel_points + point] = rounded;
      squares[point] += static_cast<double>(rounded) * static_cast<double>(rounded);
    }
}

#ifdef __GNUC__

/// Turns four points of four coordinates round. Strides in floats.
[[gnu::always_inline]] inline void transpose(const float* from, Eigen::Index from_stride, float* to,
                                             Eigen::Index to_stride) {
  using four = base::double_lanes4::floats;
  four a, b, c, d;
  std::memcpy(&a, from, sizeof(a));
  std::memcpy(&b, from + from_stride, sizeof(b));
  std::memcpy(&c, from + 2 * from_stride, sizeof(c));
  std::memcpy(&d, from + 3 * from_stride, sizeof(d));
  const four ab_low = __builtin_shufflevector(a, b, 0, 4, 1, 5);
  const four ab_high = __builtin_shufflevector(a, b, 2, 6, 3, 7);
  const four cd_low = __builtin_shufflevector(c, d, 0, 4, 1, 5);
  const four cd_high = __builtin_shufflevector(c, d, 2, 6, 3, 7);
  a = __builtin_shufflevector(ab_low, cd_low, 0, 1, 4, 5);
  b = __builtin_shufflevector(ab_low, cd_low, 2, 3, 6, 7);
  c = __builtin_shufflevector(ab_high, cd_high, 0, 1, 4, 5);
  d = __builtin_shufflevector(ab_high, cd_high, 2, 3, 6, 7);
  std::memcpy(to, &a, sizeof(a));
  std::memcpy(to + to_stride, &b, sizeof(b));
  std::memcpy(to + 2 * to_stride, &c, sizeof(c));
  std::memcpy(to + 3 * to_stride, &d, sizeof(d));
}

template <class Lanes, class Scalar>
[[gnu::always_inline]] inline void pack_panel(const panel_source<Scalar>& from, float* packed,
                                              double* squares) {
  using doubles = typename Lanes::doubles;
  using floats = typename Lanes::floats;
  constexpr int width = sizeof(doubles) / sizeof(double);
  constexpr int at_once = 8;
  float block[panel_points][at_once] = {};
  doubles sums[panel_points] = {};
  Eigen::Index begin = 0;
  for (; begin + at_once <= from.dimensions; begin += at_once) {
    for (int point = 0; point < from.count; ++point)
#pragma GCC unroll 4
      for (int j = 0; j < at_once; j += width) {
        doubles moved, origin;
        base::load<doubles, floats>(from.rows[point] + begin + j, moved);
        std::memcpy(&origin, from.origin + begin + j, sizeof(origin));
        moved = (moved - origin) * from.scale;
        const floats rounded = __builtin_convertvector(moved, floats);
        moved = __builtin_convertvector(rounded, doubles);
        sums[point] += moved * moved;
        std::memcpy(&block[point][j], &rounded, sizeof(rounded));
      }
    for (int j = 0; j < at_once; j += 4)
      for (int point = 0; point < panel_points; point += 4)
        transpose(&block[point][j], at_once, packed + (begin + j) * panel_points + point, panel_points);
  }
  for (int point = 0; point < from.count; ++point)
    for (int place = 0; place < width; ++place) squares[point] += sums[point][place];
  pack_coordinates(from, begin, packed, squares);
}

template <class Scalar>
void pack_panel_portable(const panel_source<Scalar>& from, float* packed, double* squares) {
  pack_panel<base::double_lanes2>(from, packed, squares);
}

#else

template <class Scalar>
void pack_panel_portable(const panel_source<Scalar>& from, float* packed, double* squares) {
  pack_coordinates(from, 0, packed, squares);
}

#endif

#if defined(__GNUC__) && defined(__x86_64__)

template <class Scalar>
[[gnu::target("avx2,fma")]] void pack_panel_avx2(const panel_source<Scalar>& from, float* packed,
                                                 double* squares) {
  pack_panel<base::double_lanes4>(from, packed, squares);
}
template <class Scalar>
[[gnu::target("avx512f,fma")]] void pack_panel_avx512(const panel_source<Scalar>& from, float* packed,
                                                      double* squares) {
  pack_panel<base::double_lanes8>(from, packed, squares);
}

#endif

template <class Scalar>
pack_function<Scalar> pack_function_for([[maybe_unused]] base::instruction_set instructions) noexcept {
#if defined(__GNUC__) && defined(__x86_64__)
  if (instructions == base::instruction_set::avx512) return pack_panel_avx512<Scalar>;
  if (instructions == base::instruction_set::avx2) return pack_panel_avx2<Scalar>;
#endif
  return pack_panel_portable<Scalar>;
}

}  // namespace detail::search
}  // namespace NNGS_VERSION_NAMESPACE
}  // namespace nngs

#endif
