// SPDX-License-Identifier: MIT
#ifndef NNGS_DETAIL_SEARCH_KERNELS_HPP
#define NNGS_DETAIL_SEARCH_KERNELS_HPP

#include <Eigen/Core>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>

#include "nngs/detail/base/compiled.hpp"
#include "nngs/version.hpp"

// The inner loops of the search by products, each a kernel (compiled.hpp): scores of a tile of pairs, and
// what is done with scores by the thousand.
//
// g++ 12 compares vectors of AVX-512 one number at a time. So a comparison here is the sign of a difference,
// or the kernel stops at AVX2.

namespace nngs {
inline namespace NNGS_VERSION_NAMESPACE {
namespace detail::search {

/// Points lie in panels of this many, coordinate by coordinate: coordinate j of point i of a panel is at
/// [j * panel_points + i]. A whole number of register tiles of every instruction set.
inline constexpr int panel_points = 48;

/// A panel of rows, `column_count` (a multiple of 8) columns packed alike, and where their sums go: that of a
/// row and a column to [column * stride + row].
struct tile_operands {
  const float* rows;
  const float* columns;
  int column_count;
  float* sums;
  Eigen::Index stride;
};

/// Calls store(row, column, sum of products) for vectors of rows. The accumulators, three vectors of rows and
/// one broadcast column have to fit the registers.
template <class Vectors, class Store>
[[gnu::always_inline]] inline void multiply(const tile_operands& tile, Eigen::Index coordinates,
                                            const Store& store) {
  using floats = typename Vectors::floats;
  constexpr int width = sizeof(floats) / sizeof(float);
  constexpr int rows_at_once = 3, columns_at_once = sizeof(floats) == 64 ? 8 : 4;
  for (int column = 0; column < tile.column_count; column += columns_at_once) {
    for (int row = 0; row < panel_points; row += width * rows_at_once) {
      floats sum[std::size_t{columns_at_once}][std::size_t{rows_at_once}] = {};
      const float* x = tile.rows + row;
      const float* y = tile.columns + column;
      for (Eigen::Index j = 0; j < coordinates; ++j, x += panel_points, y += panel_points) {
        floats xs[rows_at_once];
#pragma GCC unroll 8
        for (int v = 0; v < rows_at_once; ++v)
          std::memcpy(&xs[v], x + Eigen::Index{v} * width, sizeof(floats));
#pragma GCC unroll 8
        for (int c = 0; c < columns_at_once; ++c)
#pragma GCC unroll 8
          for (int v = 0; v < rows_at_once; ++v) sum[c][v] += xs[v] * y[c];
      }
#pragma GCC unroll 8
      for (int c = 0; c < columns_at_once; ++c)
#pragma GCC unroll 8
        for (int v = 0; v < rows_at_once; ++v) store(row + v * width, column + c, sum[c][v]);
    }
  }
}

template <class Vectors>
struct store_less_offsets {
  const tile_operands& tile;
  const float* row_offsets;
  const float* column_offsets;

  [[gnu::always_inline]] void operator()(int row, int column, typename Vectors::floats& sum) const {
    typename Vectors::floats offset;
    std::memcpy(&offset, row_offsets + row, sizeof(offset));
    sum = sum - offset - column_offsets[column];
    std::memcpy(tile.sums + column * tile.stride + row, &sum, sizeof(sum));
  }
};

template <class Vectors>
struct add_to_sums {
  const tile_operands& tile;

  [[gnu::always_inline]] void operator()(int row, int column, typename Vectors::floats& sum) const {
    float* const at = tile.sums + column * tile.stride + row;
    typename Vectors::floats before;
    std::memcpy(&before, at, sizeof(before));
    sum += before;
    std::memcpy(at, &sum, sizeof(sum));
  }
};

/// sum = products of row and column over the coordinates - offset of the row - offset of the column.
struct set_products {
  using signature = void(const tile_operands& tile, Eigen::Index coordinates, const float* row_offsets,
                         const float* column_offsets);
  template <class Vectors>
  [[gnu::always_inline]] static void run(const tile_operands& tile, Eigen::Index coordinates,
                                         const float* row_offsets, const float* column_offsets) {
    multiply<Vectors>(tile, coordinates, store_less_offsets<Vectors>{tile, row_offsets, column_offsets});
  }
};

/// sum += products of row and column over the coordinates.
struct add_products {
  using signature = void(const tile_operands& tile, Eigen::Index coordinates);
  template <class Vectors>
  [[gnu::always_inline]] static void run(const tile_operands& tile, Eigen::Index coordinates) {
    multiply<Vectors>(tile, coordinates, add_to_sums<Vectors>{tile});
  }
};

/// Up to eight bytes as a number whose lowest byte is the first in memory, for either order of bytes.
inline std::uint64_t first_byte_lowest(std::uint64_t bytes) noexcept {
  if constexpr (std::endian::native == std::endian::big)
    return __builtin_bswap64(bytes);
  else
    return bytes;
}

/// The flags [part, part + 8) of a vector, or all where it has fewer, a byte each; 0 beyond the last.
template <class Vectors>
[[gnu::always_inline]] inline std::uint64_t eight_flags(const typename Vectors::flags& flags, int part) {
  constexpr std::size_t step = sizeof(flags) < 8 ? sizeof(flags) : 8;
  std::uint64_t bytes = 0;
  std::memcpy(&bytes, reinterpret_cast<const char*>(&flags) + part, step);
  return first_byte_lowest(bytes);
}

/// A pair of a tile that passed its threshold.
struct tile_hit {
  std::uint8_t row, column;
};

/// Adds the rows of a vector of them whose flag is set; returns how many hits there are now.
template <class Vectors>
[[gnu::always_inline]] inline int add_hits(const typename Vectors::flags& reaches, int row, int column,
                                           tile_hit* hits, int count) {
  constexpr int width = sizeof(reaches);
#pragma GCC unroll 2
  for (int part = 0; part < width; part += 8) {
    std::uint64_t left = eight_flags<Vectors>(reaches, part);
    while (left != 0) {
      const int place = std::countr_zero(left) / 8;
      hits[count++] = {static_cast<std::uint8_t>(row + part + place), static_cast<std::uint8_t>(column)};
      left &= ~(std::uint64_t{0xFF} << (8 * place));
    }
  }
  return count;
}

/// Lists the pairs of a tile whose score reaches that of its row or that of its column; returns how many.
struct find_hits {
  using signature = int(const float* scores, const float* accept_row, const float* accept_column,
                        tile_hit* hits);
  template <class Vectors>
  [[gnu::always_inline]] static int run(const float* scores, const float* accept_row,
                                        const float* accept_column, tile_hit* hits) {
    using floats = typename Vectors::floats;
    using ints = typename Vectors::ints;
    using flags = typename Vectors::flags;
    constexpr int width = sizeof(flags);
    int count = 0;
    for (int column = 0; column < panel_points; ++column) {
      const float accept = accept_column[column];
      for (int row = 0; row < panel_points; row += width) {
        floats score, accept_rows;
        std::memcpy(&score, scores + Eigen::Index{column} * panel_points + row, sizeof(floats));
        std::memcpy(&accept_rows, accept_row + row, sizeof(floats));
        // (That -0 does not reach 0 so does no harm: limits are rounded away from what matters.)
        const floats below_row = score - accept_rows, below_column = score - accept;
        const ints reached =
            ~((reinterpret_cast<ints>(below_row) & reinterpret_cast<ints>(below_column)) >> 31);
        const flags reaches = __builtin_convertvector(reached, flags);
        count = add_hits<Vectors>(reaches, row, column, hits, count);
      }
    }
    return count;
  }
};

/// 64 scores split: bit i of `above` says whether score i exceeds `certain`, that of `between` whether it is
/// one of the others that reach `accept`.
struct score_split {
  std::uint64_t above, between;
};

/// The split of up to 64 scores, one after another.
inline score_split split_some_scores(const float* scores, int count, float accept, float certain) noexcept {
  score_split split{};
  for (int i = 0; i < count; ++i) {
    const bool above = scores[i] > certain;
    split.above |= std::uint64_t{above} << i;
    split.between |= std::uint64_t{!above && scores[i] >= accept} << i;
  }
  return split;
}

/// One bit for each flag.
template <class Vectors>
[[gnu::always_inline]] inline std::uint64_t bits_of(const typename Vectors::flags& flags) {
  constexpr int width = sizeof(flags);
  std::uint64_t bits = 0;
#pragma GCC unroll 2
  for (int part = 0; part < width; part += 8)
    bits |= ((eight_flags<Vectors>(flags, part) & 0x8040201008040201) * 0x0101010101010101 >> 56) << part;
  return bits;
}

/// Splits 64 scores.
struct split_scores {
  using signature = score_split(const float* scores, float accept, float certain);
  template <class Vectors>
  [[gnu::always_inline]] static score_split run(const float* scores, float accept, float certain) {
    using floats = typename Vectors::floats;
    using ints = typename Vectors::ints;
    using flags = typename Vectors::flags;
    constexpr int width = sizeof(flags);
    score_split split{};
    for (int i = 0; i < 64; i += width) {
      floats score;
      std::memcpy(&score, scores + i, sizeof(score));
      const floats to_certain = certain - score, over_accept = score - accept;
      const ints above = reinterpret_cast<ints>(to_certain) >> 31;
      const ints between = ~above & ~(reinterpret_cast<ints>(over_accept) >> 31);
      split.above |= bits_of<Vectors>(__builtin_convertvector(above, flags)) << i;
      split.between |= bits_of<Vectors>(__builtin_convertvector(between, flags)) << i;
    }
    return split;
  }
};

/// The least and the greatest of some scores.
struct score_range {
  float lowest = std::numeric_limits<float>::infinity(), highest = -std::numeric_limits<float>::infinity();
};

/// The range of `count` scores; infinity and -infinity for none.
struct find_range {
  using signature = score_range(const float* scores, Eigen::Index count);
  static constexpr base::instruction_set widest = base::instruction_set::avx2;
  template <class Vectors>
  [[gnu::always_inline]] static score_range run(const float* scores, Eigen::Index count) {
    using floats = typename Vectors::floats;
    constexpr int width = sizeof(floats) / sizeof(float);
    score_range range;
    floats lowest = range.lowest - floats{}, highest = range.highest - floats{};
    Eigen::Index i = 0;
    for (; i + width <= count; i += width) {
      floats score;
      std::memcpy(&score, scores + i, sizeof(score));
      lowest = score < lowest ? score : lowest;
      highest = score > highest ? score : highest;
    }
    const auto extend = [&range](float low, float high) {
      range.lowest = low < range.lowest ? low : range.lowest;
      range.highest = high > range.highest ? high : range.highest;
    };
    for (; i < count; ++i) extend(scores[i], scores[i]);
    for (int place = 0; place < width; ++place) extend(lowest[place], highest[place]);
    return range;
  }
};

/// interval = (highest - score) * scale, cut to [0, last].
struct interval_scale {
  float highest, scale, last;
};

/// The interval of each score. No sum follows the product, so nothing is fused and every set gives the same.
struct find_intervals {
  using signature = void(const float* scores, Eigen::Index count, const interval_scale& by,
                         std::int32_t* intervals);
  static constexpr base::instruction_set widest = base::instruction_set::avx2;
  template <class Vectors>
  [[gnu::always_inline]] static void run(const float* scores, Eigen::Index count, const interval_scale& by,
                                         std::int32_t* intervals) {
    using floats = typename Vectors::floats;
    using ints = typename Vectors::ints;
    constexpr int width = sizeof(floats) / sizeof(float);
    const floats last = by.last - floats{};
    Eigen::Index i = 0;
    for (; i + width <= count; i += width) {
      floats score;
      std::memcpy(&score, scores + i, sizeof(score));
      floats at = (by.highest - score) * by.scale;
      at = at > 0.0F ? at : floats{};
      at = at < last ? at : last;
      const ints interval = __builtin_convertvector(at, ints);
      std::memcpy(intervals + i, &interval, sizeof(interval));
    }
    for (; i < count; ++i) {
      float at = (by.highest - scores[i]) * by.scale;
      at = at > 0 ? at : 0;
      intervals[i] = static_cast<std::int32_t>(at < by.last ? at : by.last);
    }
  }
};

}  // namespace detail::search
}  // namespace NNGS_VERSION_NAMESPACE
}  // namespace nngs

#endif
