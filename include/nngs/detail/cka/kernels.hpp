// SPDX-License-Identifier: MIT
#ifndef NNGS_DETAIL_CKA_KERNELS_HPP
#define NNGS_DETAIL_CKA_KERNELS_HPP

#include <Eigen/Core>
#include <cmath>
#include <cstdint>
#include <cstring>

#include "nngs/detail/base/instruction_set.hpp"
#include "nngs/detail/base/vectors.hpp"
#include "nngs/version.hpp"

// The inner loops of CKA, in double: one text for every instruction set, compiled into one function for each
// and chosen when the program runs, so that a plain -O2 build is as fast as one for this very machine.

namespace nngs {
inline namespace NNGS_VERSION_NAMESPACE {
namespace detail::cka {

/// Vectors lie in panels of eight, entry by entry: entry i of vector v of a panel is at [8 i + v], one cache
/// line for each i. A tile multiplies three panels (24 accumulators of AVX-512) with one.
inline constexpr Eigen::Index panel_width = 8;
inline constexpr Eigen::Index tile_panels = 3;
inline constexpr Eigen::Index tile_rows = tile_panels * panel_width;

/// exp(-u / s^2) - shift for half squared distances u.
struct gaussian {
  double inverse_square;  ///< 1 / s^2
  double shift;           ///< 0 or 1: near 1, the kernel less 1 keeps the digits that the kernel would lose
};

/// Sums over pairs of items of the entries of two kernels, and of one kernel's entries in a column.
struct pair_totals {
  double xy = 0, xx = 0, yy = 0;
  void operator+=(const pair_totals& other) {
    xy += other.xy;
    xx += other.xx;
    yy += other.yy;
  }
};
struct column_totals {
  double x = 0, y = 0;
};

/// Half squared distances below this share of the norms have lost 12 bits and more.
inline constexpr double lost_share = 0x1p-12;

/// Asks for the cache line; any address will do.
[[gnu::always_inline]] inline void fetch_ahead([[maybe_unused]] const double* line) {
#ifdef __GNUC__
  __builtin_prefetch(line);
#endif
}

/// sums(row, column) += the products of 24 vectors (rows) and 8 (columns) over `depth` entries; sums(row,
/// column) is at [column * stride + row]. Panels x Columns accumulators, the rows and one broadcast column
/// have to fit the registers.
template <class Lanes, int Panels, int Columns>
[[gnu::always_inline]] inline void multiply_tile(const double* rows, const double* columns,
                                                 Eigen::Index panel_stride, Eigen::Index depth, double* sums,
                                                 Eigen::Index stride) {
  using lanes = typename Lanes::doubles;
  constexpr int width = sizeof(lanes) / sizeof(double);
  constexpr int vectors = Panels * int{panel_width} / width;
  for (int panel = 0; panel < tile_panels; panel += Panels)
    for (int column = 0; column < panel_width; column += Columns) {
      lanes sum[Columns][vectors] = {};
      const double* x = rows + panel * panel_stride;
      const double* y = columns + column;
      for (Eigen::Index i = 0; i < depth; ++i, x += panel_width, y += panel_width) {
        fetch_ahead(y + panel_stride);  // the next call's columns: a fifth faster when they come from afar
        lanes xs[vectors];
#pragma GCC unroll 8
        for (Eigen::Index v = 0; v < vectors; ++v)
          std::memcpy(&xs[v], x + (v * width / panel_width) * panel_stride + v * width % panel_width,
                      sizeof(lanes));
#pragma GCC unroll 8
        for (int c = 0; c < Columns; ++c)
#pragma GCC unroll 8
          for (int v = 0; v < vectors; ++v) sum[c][v] += xs[v] * y[c];
      }
#pragma GCC unroll 8
      for (int c = 0; c < Columns; ++c)
#pragma GCC unroll 8
        for (Eigen::Index v = 0; v < vectors; ++v) {
          double* at = sums + (column + c) * stride + panel * panel_width + v * width;
          lanes before;
          std::memcpy(&before, at, sizeof(lanes));
          before += sum[c][v];
          std::memcpy(at, &before, sizeof(lanes));
        }
    }
}

/// Turns products into half squared distances: (|a|^2 + |b|^2) / 2 - a.b, or 0 where rounding makes it less.
/// True if some have lost more than 12 bits: they are so small beside the norms. `count`: a multiple of 8.
template <class Lanes>
[[gnu::always_inline]] inline bool half_squares(double* products, const double* half_norms, double half_norm,
                                                Eigen::Index count) {
  using lanes = typename Lanes::doubles;
  constexpr int width = sizeof(lanes) / sizeof(double);
  lanes least{};
  for (Eigen::Index i = 0; i < count; i += width) {
    lanes product, norms;
    std::memcpy(&product, products + i, sizeof(lanes));
    std::memcpy(&norms, half_norms + i, sizeof(lanes));
    norms += half_norm;
    const lanes half_square = norms - product;
    const lanes left = half_square - norms * lost_share;
    least = left < least ? left : least;
    product = half_square > 0.0 ? half_square : lanes{};
    std::memcpy(products + i, &product, sizeof(lanes));
  }
  double parts[width];
  std::memcpy(parts, &least, sizeof(lanes));
  bool lost = false;
  for (const double part : parts) lost = lost || part < 0;
  return lost;
}

/// Turns half squared distances u >= 0 into the kernel. `count`: a multiple of 8.
/// e^x = 2^k e^r with |r| <= ln(2) / 2, and e^r - 1 by its series up to r^13 (the next term is below 2^-57).
template <class Lanes>
[[gnu::always_inline]] inline void exponentials(double* values, Eigen::Index count, const gaussian& kernel) {
  using lanes = typename Lanes::doubles;
  using ints = typename Lanes::ints;
  constexpr int width = sizeof(lanes) / sizeof(double);
  const double factor = -kernel.inverse_square, shift = kernel.shift;
  for (Eigen::Index i = 0; i < count; i += width) {
    lanes x;
    std::memcpy(&x, values + i, sizeof(lanes));
    x *= factor;
    x = x < -708.0 ? lanes{} - 708.0 : x;                      // 2^k must be normal
    const lanes nearest = x * 0x1.71547652b82fep0 + 0x1.8p52;  // k, as the last bits of a large number
    const lanes k = nearest - 0x1.8p52;
    const lanes r = (x - k * 0x1.62e42fee00000p-1) - k * 0x1.a39ef35793c76p-33;  // ln(2) in two parts
    lanes series = r * (1 / 6227020800.0) + 1 / 479001600.0;
    series = series * r + 1 / 39916800.0;
    series = series * r + 1 / 3628800.0;
    series = series * r + 1 / 362880.0;
    series = series * r + 1 / 40320.0;
    series = series * r + 1 / 5040.0;
    series = series * r + 1 / 720.0;
    series = series * r + 1 / 120.0;
    series = series * r + 1 / 24.0;
    series = series * r + 1 / 6.0;
    series = series * r + 1 / 2.0;
    series = series * r * r + r;
    const ints exponent = (__builtin_bit_cast(ints, nearest) + 1023) << 52;
    const lanes power = __builtin_bit_cast(lanes, exponent);
    x = power * series + (power - shift);
    std::memcpy(values + i, &x, sizeof(lanes));
  }
}

/// Adds a column of two kernels to the totals and, entry by entry, to the sums of the rows; returns the sums
/// of the column. `count`: a multiple of 8.
template <class Lanes>
[[gnu::always_inline]] inline column_totals add_column(const double* x, const double* y, Eigen::Index count,
                                                       pair_totals& totals, double* row_sums_x,
                                                       double* row_sums_y) {
  using lanes = typename Lanes::doubles;
  constexpr int width = sizeof(lanes) / sizeof(double);
  lanes xy{}, xx{}, yy{}, sum_x{}, sum_y{};
  for (Eigen::Index i = 0; i < count; i += width) {
    lanes a, b, row_a, row_b;
    std::memcpy(&a, x + i, sizeof(lanes));
    std::memcpy(&b, y + i, sizeof(lanes));
    std::memcpy(&row_a, row_sums_x + i, sizeof(lanes));
    std::memcpy(&row_b, row_sums_y + i, sizeof(lanes));
    xy += a * b;
    xx += a * a;
    yy += b * b;
    sum_x += a;
    sum_y += b;
    row_a += a;
    row_b += b;
    std::memcpy(row_sums_x + i, &row_a, sizeof(lanes));
    std::memcpy(row_sums_y + i, &row_b, sizeof(lanes));
  }
  double parts[5][width];
  const lanes all[5] = {xy, xx, yy, sum_x, sum_y};
  std::memcpy(parts, all, sizeof(all));
  column_totals column;
  for (int place = 0; place < width; ++place) {
    totals += {parts[0][place], parts[1][place], parts[2][place]};
    column.x += parts[3][place];
    column.y += parts[4][place];
  }
  return column;
}

/// The loops compiled for one instruction set.
struct double_loops {
  void (*multiply_tile)(const double*, const double*, Eigen::Index, Eigen::Index, double*, Eigen::Index);
  bool (*half_squares)(double*, const double*, double, Eigen::Index);
  void (*exponentials)(double*, Eigen::Index, const gaussian&);
  column_totals (*add_column)(const double*, const double*, Eigen::Index, pair_totals&, double*, double*);
};

#ifdef __GNUC__
using portable_lanes = base::double_lanes2;
#else
using portable_lanes = base::double_lanes1;
#endif

inline void multiply_tile_portable(const double* rows, const double* columns, Eigen::Index panel_stride,
                                   Eigen::Index depth, double* sums, Eigen::Index stride) {
  multiply_tile<portable_lanes, 1, 2>(rows, columns, panel_stride, depth, sums, stride);
}
inline bool half_squares_portable(double* products, const double* half_norms, double half_norm,
                                  Eigen::Index count) {
  return half_squares<portable_lanes>(products, half_norms, half_norm, count);
}
inline void exponentials_portable(double* values, Eigen::Index count, const gaussian& kernel) {
  exponentials<portable_lanes>(values, count, kernel);
}
inline column_totals add_column_portable(const double* x, const double* y, Eigen::Index count,
                                         pair_totals& totals, double* row_sums_x, double* row_sums_y) {
  return add_column<portable_lanes>(x, y, count, totals, row_sums_x, row_sums_y);
}

#if defined(__GNUC__) && defined(__x86_64__)

[[gnu::target("avx2,fma")]] inline void multiply_tile_avx2(const double* rows, const double* columns,
                                                           Eigen::Index panel_stride, Eigen::Index depth,
                                                           double* sums, Eigen::Index stride) {
  multiply_tile<base::double_lanes4, 1, 4>(rows, columns, panel_stride, depth, sums, stride);
}
[[gnu::target("avx2,fma")]] inline bool half_squares_avx2(double* products, const double* half_norms,
                                                          double half_norm, Eigen::Index count) {
  return half_squares<base::double_lanes4>(products, half_norms, half_norm, count);
}
[[gnu::target("avx2,fma")]] inline void exponentials_avx2(double* values, Eigen::Index count,
                                                          const gaussian& kernel) {
  exponentials<base::double_lanes4>(values, count, kernel);
}
[[gnu::target("avx2,fma")]] inline column_totals add_column_avx2(const double* x, const double* y,
                                                                 Eigen::Index count, pair_totals& totals,
                                                                 double* row_sums_x, double* row_sums_y) {
  return add_column<base::double_lanes4>(x, y, count, totals, row_sums_x, row_sums_y);
}

[[gnu::target("avx512f,fma")]] inline void multiply_tile_avx512(const double* rows, const double* columns,
                                                                Eigen::Index panel_stride, Eigen::Index depth,
                                                                double* sums, Eigen::Index stride) {
  multiply_tile<base::double_lanes8, 3, 8>(rows, columns, panel_stride, depth, sums, stride);
}
[[gnu::target("avx512f,fma")]] inline bool half_squares_avx512(double* products, const double* half_norms,
                                                               double half_norm, Eigen::Index count) {
  return half_squares<base::double_lanes8>(products, half_norms, half_norm, count);
}
[[gnu::target("avx512f,fma")]] inline void exponentials_avx512(double* values, Eigen::Index count,
                                                               const gaussian& kernel) {
  exponentials<base::double_lanes8>(values, count, kernel);
}
[[gnu::target("avx512f,fma")]] inline column_totals add_column_avx512(const double* x, const double* y,
                                                                      Eigen::Index count, pair_totals& totals,
                                                                      double* row_sums_x,
                                                                      double* row_sums_y) {
  return add_column<base::double_lanes8>(x, y, count, totals, row_sums_x, row_sums_y);
}

#endif

/// The processor must have the instructions.
inline double_loops double_loops_for([[maybe_unused]] base::instruction_set instructions) noexcept {
#if defined(__GNUC__) && defined(__x86_64__)
  if (instructions == base::instruction_set::avx512)
    return {multiply_tile_avx512, half_squares_avx512, exponentials_avx512, add_column_avx512};
  if (instructions == base::instruction_set::avx2)
    return {multiply_tile_avx2, half_squares_avx2, exponentials_avx2, add_column_avx2};
#endif
  return {multiply_tile_portable, half_squares_portable, exponentials_portable, add_column_portable};
}

}  // namespace detail::cka
}  // namespace NNGS_VERSION_NAMESPACE
}  // namespace nngs

#endif
