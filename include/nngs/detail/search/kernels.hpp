// SPDX-License-Identifier: MIT
#ifndef NNGS_DETAIL_SEARCH_KERNELS_HPP
#define NNGS_DETAIL_SEARCH_KERNELS_HPP

#include <Eigen/Core>
#include <bit>
#include <cstdint>
#include <cstring>
#include <limits>

#include "nngs/detail/base/instruction_set.hpp"
#include "nngs/version.hpp"

// The inner loops of the search by products: one text for every instruction set. Each loop is written once
// for vectors of any width and compiled into one function for each processor, chosen when the program runs,
// so a plain -O2 build is as fast as one for this very machine.

namespace nngs {
inline namespace NNGS_VERSION_NAMESPACE {
namespace detail::search {

/// Points lie in panels of this many, coordinate by coordinate: coordinate j of point i of a panel is at
/// [j * panel_points + i]. A whole number of register tiles of every instruction set.
inline constexpr int panel_points = 48;

/// A pair of a tile that passed its threshold.
struct tile_hit {
  std::uint8_t row, column;
};

/// A panel of rows, `column_count` (a multiple of 8) columns packed alike, and where their sums go: that of a
/// row and a column to [column * stride + row].
struct tile_operands {
  const float* rows;
  const float* columns;
  int column_count;
  float* sums;
  Eigen::Index stride;
};

/// sum = products of row and column over the coordinates - offset of the row - offset of the column.
using set_products_function = void (*)(const tile_operands& tile, Eigen::Index coordinates,
                                       const float* row_offsets, const float* column_offsets);
/// sum += products of row and column over the coordinates.
using add_products_function = void (*)(const tile_operands& tile, Eigen::Index coordinates);

/// Lists the pairs of a tile whose score reaches that of its row or that of its column; returns how many.
using find_hits_function = int (*)(const float* scores, const float* accept_row, const float* accept_column,
                                   tile_hit* hits);

/// Splits 64 scores: bit i of `above` says whether score i exceeds `certain`, that of `between` whether it is
/// one of the others that reach `accept`.
struct score_split {
  std::uint64_t above, between;
};
using split_scores_function = score_split (*)(const float* scores, float accept, float certain);

inline score_split split_some_scores(const float* scores, int count, float accept, float certain) noexcept {
  score_split split{};
  for (int i = 0; i < count; ++i) {
    const bool above = scores[i] > certain;
    split.above |= std::uint64_t{above} << i;
    split.between |= std::uint64_t{!above && scores[i] >= accept} << i;
  }
  return split;
}

/// The least and the greatest score; infinity and -infinity for none.
struct score_range {
  float lowest, highest;
};
using range_function = score_range (*)(const float* scores, Eigen::Index count);

/// interval = (highest - score) * scale, cut to [0, last].
struct interval_scale {
  float highest, scale, last;
};
using find_intervals_function = void (*)(const float* scores, Eigen::Index count, const interval_scale& by,
                                         std::int32_t* intervals);

inline score_range range_of_some(const float* scores, Eigen::Index count) noexcept {
  score_range range{std::numeric_limits<float>::infinity(), -std::numeric_limits<float>::infinity()};
  for (Eigen::Index i = 0; i < count; ++i) {
    range.lowest = scores[i] < range.lowest ? scores[i] : range.lowest;
    range.highest = scores[i] > range.highest ? scores[i] : range.highest;
  }
  return range;
}

inline void find_some_intervals(const float* scores, Eigen::Index count, const interval_scale& by,
                                std::int32_t* intervals) noexcept {
  for (Eigen::Index i = 0; i < count; ++i) {
    float at = (by.highest - scores[i]) * by.scale;
    at = at > 0 ? at : 0;
    intervals[i] = static_cast<std::int32_t>(at < by.last ? at : by.last);
  }
}

#if defined(__GNUC__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__

// Vectors stay inside these functions and pass by reference: a 64-byte value as a parameter would make the
// compiler warn about calling conventions. `always_inline` gives each text the instructions of its caller.

/// Numbers worked on side by side, and what comparing them gives. (Spelt out: g++ 12 does not take a vector
/// whose size is a template parameter everywhere.)
struct lanes4 {
  typedef float floats __attribute__((vector_size(16)));
  typedef std::int32_t ints __attribute__((vector_size(16)));
  typedef std::int8_t bytes __attribute__((vector_size(4)));
};
struct lanes8 {
  typedef float floats __attribute__((vector_size(32)));
  typedef std::int32_t ints __attribute__((vector_size(32)));
  typedef std::int8_t bytes __attribute__((vector_size(8)));
};
struct lanes16 {
  typedef float floats __attribute__((vector_size(64)));
  typedef std::int32_t ints __attribute__((vector_size(64)));
  typedef std::int8_t bytes __attribute__((vector_size(16)));
};

/// Calls store(row, column, sum of products) for vectors of rows. `Vectors` x `Columns` accumulators,
/// `Vectors` rows and one broadcast column have to fit the registers.
template <class Lanes, int Vectors, int Columns, class Store>
[[gnu::always_inline]] inline void multiply(const tile_operands& tile, Eigen::Index coordinates,
                                            const Store& store) {
  using lanes = typename Lanes::floats;
  constexpr int width = sizeof(lanes) / sizeof(float);
  for (int column = 0; column < tile.column_count; column += Columns) {
    for (int row = 0; row < panel_points; row += width * Vectors) {
      lanes sum[Columns][Vectors] = {};
      const float* x = tile.rows + row;
      const float* y = tile.columns + column;
      for (Eigen::Index j = 0; j < coordinates; ++j, x += panel_points, y += panel_points) {
        lanes xs[Vectors];
#pragma GCC unroll 8
        for (int v = 0; v < Vectors; ++v) std::memcpy(&xs[v], x + Eigen::Index{v} * width, sizeof(lanes));
#pragma GCC unroll 8
        for (int c = 0; c < Columns; ++c)
#pragma GCC unroll 8
          for (int v = 0; v < Vectors; ++v) sum[c][v] += xs[v] * y[c];
      }
#pragma GCC unroll 8
      for (int c = 0; c < Columns; ++c)
#pragma GCC unroll 8
        for (int v = 0; v < Vectors; ++v) store(row + v * width, column + c, sum[c][v]);
    }
  }
}

template <class Lanes>
struct store_less_offsets {
  const tile_operands& tile;
  const float* row_offsets;
  const float* column_offsets;

  [[gnu::always_inline]] void operator()(int row, int column, typename Lanes::floats& sum) const {
    typename Lanes::floats offset;
    std::memcpy(&offset, row_offsets + row, sizeof(offset));
    sum = sum - offset - column_offsets[column];
    std::memcpy(tile.sums + column * tile.stride + row, &sum, sizeof(sum));
  }
};

template <class Lanes>
struct add_to_sums {
  const tile_operands& tile;

  [[gnu::always_inline]] void operator()(int row, int column, typename Lanes::floats& sum) const {
    float* const at = tile.sums + column * tile.stride + row;
    typename Lanes::floats before;
    std::memcpy(&before, at, sizeof(before));
    sum += before;
    std::memcpy(at, &sum, sizeof(sum));
  }
};

template <class Lanes, int Vectors, int Columns>
[[gnu::always_inline]] inline void set_products(const tile_operands& tile, Eigen::Index coordinates,
                                                const float* row_offsets, const float* column_offsets) {
  multiply<Lanes, Vectors, Columns>(tile, coordinates,
                                    store_less_offsets<Lanes>{tile, row_offsets, column_offsets});
}
template <class Lanes, int Vectors, int Columns>
[[gnu::always_inline]] inline void add_products(const tile_operands& tile, Eigen::Index coordinates) {
  multiply<Lanes, Vectors, Columns>(tile, coordinates, add_to_sums<Lanes>{tile});
}

template <class Lanes>
[[gnu::always_inline]] inline int find_hits(const float* scores, const float* accept_row,
                                            const float* accept_column, tile_hit* hits) {
  using lanes = typename Lanes::floats;
  using ints = typename Lanes::ints;
  using bytes = typename Lanes::bytes;
  constexpr int width = sizeof(bytes);
  constexpr int step = width < 8 ? width : 8;
  int count = 0;
  for (int column = 0; column < panel_points; ++column) {
    const float accept = accept_column[column];
    for (int row = 0; row < panel_points; row += width) {
      lanes score, accept_rows;
      std::memcpy(&score, scores + Eigen::Index{column} * panel_points + row, sizeof(lanes));
      std::memcpy(&accept_rows, accept_row + row, sizeof(lanes));
      // Differences and their signs: g++ 12 compares wide vectors one number at a time. (That -0 does not
      // reach 0 so does no harm: limits are rounded away from what matters.)
      const lanes below_row = score - accept_rows, below_column = score - accept;
      const ints neither = (reinterpret_cast<ints>(below_row) & reinterpret_cast<ints>(below_column)) >> 31;
      const bytes missed = __builtin_convertvector(neither, bytes);
#pragma GCC unroll 2
      for (int part = 0; part < width; part += step) {
        std::uint64_t left = ~std::uint64_t{0};
        std::memcpy(&left, reinterpret_cast<const char*>(&missed) + part, step);
        left = ~left;
        while (left != 0) {
          const int place = std::countr_zero(left) / 8;
          hits[count++] = {static_cast<std::uint8_t>(row + part + place), static_cast<std::uint8_t>(column)};
          left &= ~(std::uint64_t{0xFF} << (8 * place));
        }
      }
    }
  }
  return count;
}

/// One bit for each byte that is not 0 of up to eight that are 0 or 255.
template <class Lanes>
[[gnu::always_inline]] inline std::uint64_t bits_of(const typename Lanes::bytes& flags) {
  constexpr int width = sizeof(flags);
  constexpr int step = width < 8 ? width : 8;
  std::uint64_t bits = 0;
#pragma GCC unroll 2
  for (int part = 0; part < width; part += step) {
    std::uint64_t eight = 0;
    std::memcpy(&eight, reinterpret_cast<const char*>(&flags) + part, step);
    bits |= ((eight & 0x8040201008040201) * 0x0101010101010101 >> 56) << part;
  }
  return bits;
}

template <class Lanes>
[[gnu::always_inline]] inline score_split split_scores(const float* scores, float accept, float certain) {
  using lanes = typename Lanes::floats;
  using ints = typename Lanes::ints;
  using bytes = typename Lanes::bytes;
  constexpr int width = sizeof(bytes);
  score_split split{};
  for (int i = 0; i < 64; i += width) {
    lanes score;
    std::memcpy(&score, scores + i, sizeof(score));
    const lanes to_certain = certain - score, over_accept = score - accept;
    const ints above = reinterpret_cast<ints>(to_certain) >> 31;
    const ints between = ~above & ~(reinterpret_cast<ints>(over_accept) >> 31);
    split.above |= bits_of<Lanes>(__builtin_convertvector(above, bytes)) << i;
    split.between |= bits_of<Lanes>(__builtin_convertvector(between, bytes)) << i;
  }
  return split;
}

template <class Lanes>
[[gnu::always_inline]] inline score_range range_of(const float* scores, Eigen::Index count) {
  using lanes = typename Lanes::floats;
  constexpr int width = sizeof(lanes) / sizeof(float);
  const score_range none = range_of_some(scores, 0);
  lanes lowest = none.lowest - lanes{}, highest = none.highest - lanes{};
  Eigen::Index i = 0;
  for (; i + width <= count; i += width) {
    lanes score;
    std::memcpy(&score, scores + i, sizeof(score));
    lowest = score < lowest ? score : lowest;
    highest = score > highest ? score : highest;
  }
  score_range range = range_of_some(scores + i, count - i);
  for (int place = 0; place < width; ++place) {
    range.lowest = lowest[place] < range.lowest ? lowest[place] : range.lowest;
    range.highest = highest[place] > range.highest ? highest[place] : range.highest;
  }
  return range;
}

template <class Lanes>
[[gnu::always_inline]] inline void find_intervals(const float* scores, Eigen::Index count,
                                                  const interval_scale& by, std::int32_t* intervals) {
  using lanes = typename Lanes::floats;
  using ints = typename Lanes::ints;
  constexpr int width = sizeof(lanes) / sizeof(float);
  const lanes last = by.last - lanes{};
  Eigen::Index i = 0;
  for (; i + width <= count; i += width) {
    lanes score;
    std::memcpy(&score, scores + i, sizeof(score));
    lanes at = (by.highest - score) * by.scale;
    at = at > 0.0F ? at : lanes{};
    at = at < last ? at : last;
    const ints interval = __builtin_convertvector(at, ints);
    std::memcpy(intervals + i, &interval, sizeof(interval));
  }
  find_some_intervals(scores + i, count - i, by, intervals + i);
}

inline score_range range_portable(const float* scores, Eigen::Index count) {
  return range_of<lanes4>(scores, count);
}
inline void find_intervals_portable(const float* scores, Eigen::Index count, const interval_scale& by,
                                    std::int32_t* intervals) {
  find_intervals<lanes4>(scores, count, by, intervals);
}
inline void set_products_portable(const tile_operands& tile, Eigen::Index coordinates,
                                  const float* row_offsets, const float* column_offsets) {
  set_products<lanes4, 3, 4>(tile, coordinates, row_offsets, column_offsets);
}
inline void add_products_portable(const tile_operands& tile, Eigen::Index coordinates) {
  add_products<lanes4, 3, 4>(tile, coordinates);
}
inline int find_hits_portable(const float* scores, const float* accept_row, const float* accept_column,
                              tile_hit* hits) {
  return find_hits<lanes4>(scores, accept_row, accept_column, hits);
}
inline score_split split_scores_portable(const float* scores, float accept, float certain) {
  return split_scores<lanes4>(scores, accept, certain);
}

#else

inline void add_products_portable(const tile_operands& tile, Eigen::Index coordinates) {
  for (int column = 0; column < tile.column_count; ++column) {
    float sum[panel_points] = {};
    for (Eigen::Index j = 0; j < coordinates; ++j)
      for (int row = 0; row < panel_points; ++row)
        sum[row] += tile.rows[j * panel_points + row] * tile.columns[j * panel_points + column];
    for (int row = 0; row < panel_points; ++row) tile.sums[column * tile.stride + row] += sum[row];
  }
}
inline void set_products_portable(const tile_operands& tile, Eigen::Index coordinates,
                                  const float* row_offsets, const float* column_offsets) {
  for (int column = 0; column < tile.column_count; ++column)
    for (int row = 0; row < panel_points; ++row)
      tile.sums[column * tile.stride + row] = -row_offsets[row] - column_offsets[column];
  add_products_portable(tile, coordinates);
}
inline int find_hits_portable(const float* scores, const float* accept_row, const float* accept_column,
                              tile_hit* hits) {
  int count = 0;
  for (int column = 0; column < panel_points; ++column)
    for (int row = 0; row < panel_points; ++row) {
      const float score = scores[column * panel_points + row];
      if (score >= accept_row[row] || score >= accept_column[column])
        hits[count++] = {static_cast<std::uint8_t>(row), static_cast<std::uint8_t>(column)};
    }
  return count;
}

inline score_split split_scores_portable(const float* scores, float accept, float certain) {
  return split_some_scores(scores, 64, accept, certain);
}
inline score_range range_portable(const float* scores, Eigen::Index count) {
  return range_of_some(scores, count);
}
inline void find_intervals_portable(const float* scores, Eigen::Index count, const interval_scale& by,
                                    std::int32_t* intervals) {
  find_some_intervals(scores, count, by, intervals);
}

#endif

#if defined(__GNUC__) && defined(__x86_64__)

[[gnu::target("avx2,fma")]] inline void set_products_avx2(const tile_operands& tile, Eigen::Index coordinates,
                                                          const float* row_offsets,
                                                          const float* column_offsets) {
  set_products<lanes8, 3, 4>(tile, coordinates, row_offsets, column_offsets);
}
[[gnu::target("avx2,fma")]] inline void add_products_avx2(const tile_operands& tile,
                                                          Eigen::Index coordinates) {
  add_products<lanes8, 3, 4>(tile, coordinates);
}
[[gnu::target("avx2,fma")]] inline int find_hits_avx2(const float* scores, const float* accept_row,
                                                      const float* accept_column, tile_hit* hits) {
  return find_hits<lanes8>(scores, accept_row, accept_column, hits);
}
[[gnu::target("avx2,fma")]] inline score_split split_scores_avx2(const float* scores, float accept,
                                                                 float certain) {
  return split_scores<lanes8>(scores, accept, certain);
}
// Serves AVX-512 too: g++ 12 compares its wide vectors one number at a time.
[[gnu::target("avx2,fma")]] inline score_range range_avx2(const float* scores, Eigen::Index count) {
  return range_of<lanes8>(scores, count);
}
[[gnu::target("avx2,fma")]] inline void find_intervals_avx2(const float* scores, Eigen::Index count,
                                                            const interval_scale& by,
                                                            std::int32_t* intervals) {
  find_intervals<lanes8>(scores, count, by, intervals);
}
[[gnu::target("avx512f,fma")]] inline void set_products_avx512(const tile_operands& tile,
                                                               Eigen::Index coordinates,
                                                               const float* row_offsets,
                                                               const float* column_offsets) {
  set_products<lanes16, 3, 8>(tile, coordinates, row_offsets, column_offsets);
}
[[gnu::target("avx512f,fma")]] inline void add_products_avx512(const tile_operands& tile,
                                                               Eigen::Index coordinates) {
  add_products<lanes16, 3, 8>(tile, coordinates);
}
[[gnu::target("avx512f,fma")]] inline int find_hits_avx512(const float* scores, const float* accept_row,
                                                           const float* accept_column, tile_hit* hits) {
  return find_hits<lanes16>(scores, accept_row, accept_column, hits);
}
[[gnu::target("avx512f,fma")]] inline score_split split_scores_avx512(const float* scores, float accept,
                                                                      float certain) {
  return split_scores<lanes16>(scores, accept, certain);
}

#endif

struct tile_functions {
  set_products_function set_products = set_products_portable;
  add_products_function add_products = add_products_portable;
  find_hits_function find_hits = find_hits_portable;
  split_scores_function split_scores = split_scores_portable;
  range_function range = range_portable;
  find_intervals_function find_intervals = find_intervals_portable;
};

inline tile_functions tile_functions_for([[maybe_unused]] base::instruction_set instructions) noexcept {
#if defined(__GNUC__) && defined(__x86_64__)
  if (instructions == base::instruction_set::avx512)
    return {set_products_avx512, add_products_avx512, find_hits_avx512,
            split_scores_avx512, range_avx2,          find_intervals_avx2};
  if (instructions == base::instruction_set::avx2)
    return {set_products_avx2, add_products_avx2, find_hits_avx2,
            split_scores_avx2, range_avx2,        find_intervals_avx2};
#endif
  return {};
}

}  // namespace detail::search
}  // namespace NNGS_VERSION_NAMESPACE
}  // namespace nngs

#endif
