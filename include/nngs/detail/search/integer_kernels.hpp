// SPDX-License-Identifier: MIT
#ifndef NNGS_DETAIL_SEARCH_INTEGER_KERNELS_HPP
#define NNGS_DETAIL_SEARCH_INTEGER_KERNELS_HPP

#include <Eigen/Core>
#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <cstring>

#include "nngs/detail/base/compiled.hpp"
#include "nngs/detail/search/kernels.hpp"
#include "nngs/version.hpp"

// The inner loops of the search by integers: coordinates rounded to a byte each, exact sums of their
// products, and the pairs that these leave.

namespace nngs {
inline namespace NNGS_VERSION_NAMESPACE {
namespace detail::search {

/// Coordinates of a point lie together in fours: what the processor multiplies and adds at once.
inline constexpr Eigen::Index bytes_at_once = 4;

/// Panels of points of bytes in [-127, 127]: bytes 4 g to 4 g + 3 of point i at [(g * panel_points + i) * 4].
struct integer_tile {
  const std::int8_t* rows;
  const std::int8_t* columns;
  Eigen::Index groups;              ///< of four coordinates; what fills up the last is 0
  const std::int32_t* column_sums;  ///< of the coordinates of each column
  std::int32_t* products;           ///< that of a row and a column to [column * panel_points + row]
};

/// Sets the products of two panels, exact for up to 2^17 coordinates: 2^17 127^2 < 2^31.
using integer_product_function = void(const integer_tile& tile);

/// One after another; for processors and tests that have nothing better.
inline void multiply_integers(const integer_tile& tile) {
  for (int column = 0; column < panel_points; ++column)
    for (int row = 0; row < panel_points; ++row) {
      std::int32_t sum = 0;
      for (Eigen::Index group = 0; group < tile.groups; ++group) {
        const std::int8_t* const x = tile.rows + (group * panel_points + row) * bytes_at_once;
        const std::int8_t* const y = tile.columns + (group * panel_points + column) * bytes_at_once;
        for (int i = 0; i < bytes_at_once; ++i) sum += std::int32_t{x[i]} * std::int32_t{y[i]};
      }
      tile.products[column * panel_points + row] = sum;
    }
}

#ifdef __x86_64__
/// By the instruction that adds four products of unsigned and signed bytes. Rows are made unsigned by adding
/// 128, which adds 128 times the column's sum; that is taken off first. (Sums that wrap on the way do no
/// harm.) The instruction is spelt out, as compilers do not agree on a name for it, and stands in a function
/// that does nothing else: with more around it g++ 12 keeps some of the sums in memory, at a third of the
/// speed.
[[gnu::target("avx512f,avx512vnni"), gnu::noinline]] inline void multiply_integers_vnni(
    const integer_tile& tile) {
  using ints = base::vectors<64>::ints;
  constexpr int width = sizeof(ints) / sizeof(std::int32_t);
  constexpr int rows_at_once = panel_points / width, columns_at_once = 8;
  constexpr Eigen::Index stride = panel_points * bytes_at_once;
  const ints make_unsigned = static_cast<std::int32_t>(0x80808080) - ints{};
  for (int column = 0; column < panel_points; column += columns_at_once) {
    ints sum[columns_at_once][rows_at_once];
#pragma GCC unroll 8
    for (int c = 0; c < columns_at_once; ++c)
#pragma GCC unroll 8
      for (int v = 0; v < rows_at_once; ++v) sum[c][v] = -128 * tile.column_sums[column + c] - ints{};
    const std::int8_t* x = tile.rows;
    const std::int8_t* y = tile.columns + column * bytes_at_once;
    for (Eigen::Index group = 0; group < tile.groups; ++group, x += stride, y += stride) {
      ints xs[rows_at_once];
#pragma GCC unroll 8
      for (int v = 0; v < rows_at_once; ++v) {
        std::memcpy(&xs[v], x + v * Eigen::Index{sizeof(ints)}, sizeof(ints));
        xs[v] ^= make_unsigned;
      }
#pragma GCC unroll 8
      for (int c = 0; c < columns_at_once; ++c) {
        std::int32_t four;
        std::memcpy(&four, y + c * bytes_at_once, sizeof(four));
        const ints ys = four - ints{};
#pragma GCC unroll 8
        for (int v = 0; v < rows_at_once; ++v)
          asm("vpdpbusd %2, %1, %0" : "+v"(sum[c][v]) : "v"(xs[v]), "v"(ys));
      }
    }
#pragma GCC unroll 8
    for (int c = 0; c < columns_at_once; ++c)
#pragma GCC unroll 8
      for (int v = 0; v < rows_at_once; ++v)
        std::memcpy(tile.products + (column + c) * panel_points + v * width, &sum[c][v], sizeof(ints));
  }
}
#endif

/// The fastest that the instruction set has.
inline integer_product_function* integer_products([[maybe_unused]] base::instruction_set instructions) {
#ifdef __x86_64__
  if (instructions >= base::instruction_set::avx512vnni) return multiply_integers_vnni;
#endif
  return multiply_integers;
}

/// One bit for each score that reaches either threshold, by the sign of a difference as elsewhere. AVX-512
/// has an instruction, which g++ 12 does not find; clang would not take it here, and does not need it.
template <class Vectors>
[[gnu::always_inline]] inline std::uint64_t reaching(const typename Vectors::floats& score,
                                                     const typename Vectors::floats& accept_row,
                                                     const typename Vectors::floats& accept_column) {
#if defined(__x86_64__) && !defined(__clang__)
  if constexpr (sizeof(score) == 64) {
    std::uint16_t row, column;
    asm("vcmpps $29, %2, %1, %0" : "=k"(row) : "v"(score), "v"(accept_row));
    asm("vcmpps $29, %2, %1, %0" : "=k"(column) : "v"(score), "v"(accept_column));
    return static_cast<std::uint16_t>(row | column);
  }
#endif
  using ints = typename Vectors::ints;
  const typename Vectors::floats below_row = score - accept_row, below_column = score - accept_column;
  const ints reaches = ~((reinterpret_cast<ints>(below_row) & reinterpret_cast<ints>(below_column)) >> 31);
  return bits_of<Vectors>(__builtin_convertvector(reaches, typename Vectors::flags));
}

/// Products that become scores: scale times the product, less the offset of the row and that of the column.
struct integer_scores {
  const std::int32_t* products;  ///< as integer_tile has them
  float scale;
  const float* row_offsets;
  const float* column_offsets;

  float of(int row, int column) const noexcept {
    return static_cast<float>(products[column * panel_points + row]) * scale - column_offsets[column] -
           row_offsets[row];
  }
};

/// Lists the pairs of two panels whose score reaches that of its row or that of its column, column by column;
/// returns how many.
struct find_integer_hits {
  using signature = int(const integer_scores& scores, const float* accept_row, const float* accept_column,
                        tile_hit* hits);
  template <class Vectors>
  [[gnu::always_inline]] static int run(const integer_scores& scores, const float* accept_row,
                                        const float* accept_column, tile_hit* hits) {
    using floats = typename Vectors::floats;
    using ints = typename Vectors::ints;
    constexpr int width = sizeof(ints) / sizeof(std::int32_t), vectors_of_rows = panel_points / width;
    int count = 0;
    for (int column = 0; column < panel_points; ++column) {
      const floats accept = accept_column[column] - floats{};
      std::uint64_t hit = 0;
#pragma GCC unroll 12
      for (int v = 0; v < vectors_of_rows; ++v) {
        ints product;
        floats offset, accept_rows;
        std::memcpy(&product, scores.products + column * panel_points + v * width, sizeof(product));
        std::memcpy(&offset, scores.row_offsets + v * width, sizeof(offset));
        std::memcpy(&accept_rows, accept_row + v * width, sizeof(accept_rows));
        const floats score =
            __builtin_convertvector(product, floats) * scores.scale - scores.column_offsets[column] - offset;
        hit |= reaching<Vectors>(score, accept_rows, accept) << (v * width);
      }
      for (; hit != 0; hit &= hit - 1)
        hits[count++] = {static_cast<std::uint8_t>(std::countr_zero(hit)), static_cast<std::uint8_t>(column)};
    }
    return count;
  }
};

/// A row moved and scaled: (row - origin) * scale, in double.
struct moved_row {
  const double* row;
  const double* origin;
  double scale;
  Eigen::Index dimensions;
};

/// The largest magnitude of its coordinates.
struct find_largest {
  using signature = double(const moved_row& from);
  static constexpr base::instruction_set widest = base::instruction_set::avx2;
  template <class Vectors>
  [[gnu::always_inline]] static double run(const moved_row& from) {
    using doubles = typename Vectors::doubles;
    constexpr Eigen::Index width = sizeof(doubles) / sizeof(double);
    doubles lowest{}, highest{};
    Eigen::Index j = 0;
    for (; j + width <= from.dimensions; j += width) {
      doubles value, origin;
      std::memcpy(&value, from.row + j, sizeof(value));
      std::memcpy(&origin, from.origin + j, sizeof(origin));
      value -= origin;
      lowest = value < lowest ? value : lowest;
      highest = value > highest ? value : highest;
    }
    double largest = 0;
    for (Eigen::Index i = 0; i < width; ++i) largest = std::max({largest, -lowest[i], highest[i]});
    for (; j < from.dimensions; ++j) largest = std::max(largest, std::abs(from.row[j] - from.origin[j]));
    return largest * from.scale;
  }
};

/// Sums over the coordinates of a row: of the whole numbers that they became, of their squares, and of the
/// squares of what was rounded away.
struct rounded_sums {
  double whole, squares, residual;
};

/// Rounds a row to multiples of a step, none beyond 127 of them, and writes how many.
struct round_row {
  using signature = rounded_sums(const moved_row& from, double step, std::int32_t* to);
  template <class Vectors>
  [[gnu::always_inline]] static rounded_sums run(const moved_row& from, double step, std::int32_t* to) {
    using doubles = typename Vectors::doubles;
    using whole = typename Vectors::whole;
    constexpr Eigen::Index width = sizeof(doubles) / sizeof(double);
    const double steps = 1 / step;
    doubles sums{}, squares{}, residuals{};
    Eigen::Index j = 0;
    for (; j + width <= from.dimensions; j += width) {
      doubles value, origin;
      std::memcpy(&value, from.row + j, sizeof(value));
      std::memcpy(&origin, from.origin + j, sizeof(origin));
      value = (value - origin) * from.scale;
      // Cutting a positive number off rounds it down.
      const whole number = __builtin_convertvector(value * steps + 128.5, whole) - 128;
      const doubles rounded = __builtin_convertvector(number, doubles);
      std::memcpy(to + j, &number, sizeof(number));
      value -= rounded * step;
      sums += rounded;
      squares += rounded * rounded;
      residuals += value * value;
    }
    rounded_sums total{};
    for (Eigen::Index i = 0; i < width; ++i) {
      total.whole += sums[i];
      total.squares += squares[i];
      total.residual += residuals[i];
    }
    for (; j < from.dimensions; ++j) {
      const double value = (from.row[j] - from.origin[j]) * from.scale;
      to[j] = static_cast<std::int32_t>(value * steps + 128.5) - 128;
      const double residual = value - to[j] * step;
      total.whole += to[j];
      total.squares += to[j] * to[j];
      total.residual += residual * residual;
    }
    return total;
  }
};

}  // namespace detail::search
}  // namespace NNGS_VERSION_NAMESPACE
}  // namespace nngs

#endif
