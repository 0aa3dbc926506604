// SPDX-License-Identifier: MIT
#ifndef NNGS_DETAIL_CKA_KERNELS_HPP
#define NNGS_DETAIL_CKA_KERNELS_HPP

#include <Eigen/Core>
#include <algorithm>
#include <cstddef>
#include <cstring>

#include "nngs/version.hpp"

// The inner loops of CKA, in double: texts that detail/base/compiled.hpp compiles for each instruction set.

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

/// Sums over pairs of items of the products of the entries of two kernels.
struct pair_totals {
  double xy = 0, xx = 0, yy = 0;
  void operator+=(const pair_totals& other) {
    xy += other.xy;
    xx += other.xx;
    yy += other.yy;
  }
};

/// Sums of the entries of two kernels in one column.
struct column_totals {
  double x = 0, y = 0;
};

/// Half squared distances below this share of the norms have lost 12 bits and more.
inline constexpr double lost_share = 0x1p-12;

template <class Doubles>
[[gnu::always_inline]] inline void load(const double* from, Doubles& to) {
  std::memcpy(&to, from, sizeof(to));
}
template <class Doubles>
[[gnu::always_inline]] inline void store(const Doubles& from, double* to) {
  std::memcpy(to, &from, sizeof(from));
}

/// Adds the entries of rows, less their origins, to the sums of the columns, and raises the largest magnitude
/// of each column. Rows lie `columns` apart: a multiple of 8.
struct row_differences {
  using signature = void(const double* entries, Eigen::Index rows, Eigen::Index columns,
                         const double* origins, double* sums, double* largest);

  template <class Vectors>
  [[gnu::always_inline]] static void run(const double* entries, Eigen::Index rows, Eigen::Index columns,
                                         const double* origins, double* sums, double* largest) {
    using doubles = typename Vectors::doubles;
    constexpr int width = sizeof(doubles) / sizeof(double);
    for (Eigen::Index column = 0; column < columns; column += width) {
      doubles difference, origin, sum, most;
      load(origins + column, origin);
      load(sums + column, sum);
      load(largest + column, most);
      for (Eigen::Index row = 0; row < rows; ++row) {
        load(entries + row * columns + column, difference);
        difference -= origin;
        sum += difference;
        difference = difference < 0.0 ? -difference : difference;
        most = difference > most ? difference : most;
      }
      store(sum, sums + column);
      store(most, largest + column);
    }
  }
};

/// Takes the origin off the entries of a column; returns the largest magnitude. `count`: a multiple of 8.
struct column_differences {
  using signature = double(double* column, Eigen::Index count, double origin);

  template <class Vectors>
  [[gnu::always_inline]] static double run(double* column, Eigen::Index count, double origin) {
    using doubles = typename Vectors::doubles;
    constexpr int width = sizeof(doubles) / sizeof(double);
    doubles most{};
    for (Eigen::Index i = 0; i < count; i += width) {
      doubles difference;
      load(column + i, difference);
      difference -= origin;
      store(difference, column + i);
      difference = difference < 0.0 ? -difference : difference;
      most = difference > most ? difference : most;
    }
    double parts[std::size_t{width}];
    store(most, parts);
    return *std::max_element(parts, parts + width);
  }
};

/// Lines of eight entries of a row, each column with its own origin and mean: ((from - origin) - mean) scale.
struct feature_lines {
  using signature = void(const double* from, const double* origins, const double* means, double scale,
                         Eigen::Index lines, double* to);

  template <class Vectors>
  [[gnu::always_inline]] static void run(const double* from, const double* origins, const double* means,
                                         double scale, Eigen::Index lines, double* to) {
    using doubles = typename Vectors::doubles;
    constexpr int width = sizeof(doubles) / sizeof(double);
    for (int part = 0; part < panel_width; part += width) {
      doubles origin, mean, line;
      load(origins + part, origin);
      load(means + part, mean);
      for (Eigen::Index i = part; i < lines * panel_width; i += panel_width) {
        load(from + i, line);
        line = ((line - origin) - mean) * scale;
        store(line, to + i);
      }
    }
  }
};

/// The same of lines of eight entries of a column.
struct item_lines {
  using signature = feature_lines::signature;

  template <class Vectors>
  [[gnu::always_inline]] static void run(const double* from, const double* origins, const double* means,
                                         double scale, Eigen::Index lines, double* to) {
    using doubles = typename Vectors::doubles;
    constexpr int width = sizeof(doubles) / sizeof(double);
    for (Eigen::Index i = 0; i < lines; ++i)
      for (int part = 0; part < panel_width; part += width) {
        doubles line;
        load(from + i * panel_width + part, line);
        line = ((line - origins[i]) - means[i]) * scale;
        store(line, to + i * panel_width + part);
      }
  }
};

/// sums(row, column) += the products of 24 vectors (rows) and 8 (columns) over `depth` entries, where
/// sums(row, column) is at [column * stride + row].
struct tile_products {
  using signature = void(const double* rows, const double* columns, Eigen::Index panel_stride,
                         Eigen::Index depth, double* sums, Eigen::Index stride);

  template <class Vectors>
  [[gnu::always_inline]] static void run(const double* rows, const double* columns, Eigen::Index panel_stride,
                                         Eigen::Index depth, double* sums, Eigen::Index stride) {
    using doubles = typename Vectors::doubles;
    constexpr int width = sizeof(doubles) / sizeof(double);
    // The accumulators, the rows and one broadcast column have to fit the registers: 16, of AVX-512 32.
    constexpr int panels_at_once = width == panel_width ? tile_panels : 1, columns_at_once = width;
    constexpr int parts = panels_at_once * int{panel_width} / width;
    for (int panel = 0; panel < tile_panels; panel += panels_at_once)
      for (int column = 0; column < panel_width; column += columns_at_once) {
        doubles sum[std::size_t{columns_at_once}][std::size_t{parts}] = {};
        const double* x = rows + panel * panel_stride;
        const double* y = columns + column;
        for (Eigen::Index i = 0; i < depth; ++i, x += panel_width, y += panel_width) {
          // The next call's columns: a fifth faster when they come from afar. Any address will do.
          __builtin_prefetch(y + panel_stride);
          doubles xs[std::size_t{parts}];
#pragma GCC unroll 8
          for (Eigen::Index part = 0; part < parts; ++part)
            load(x + (part * width / panel_width) * panel_stride + part * width % panel_width, xs[part]);
#pragma GCC unroll 8
          for (int c = 0; c < columns_at_once; ++c)
#pragma GCC unroll 8
            for (int part = 0; part < parts; ++part) sum[c][part] += xs[part] * y[c];
        }
#pragma GCC unroll 8
        for (int c = 0; c < columns_at_once; ++c)
#pragma GCC unroll 8
          for (Eigen::Index part = 0; part < parts; ++part) {
            double* at = sums + (column + c) * stride + panel * panel_width + part * width;
            doubles before;
            load(at, before);
            before += sum[c][part];
            store(before, at);
          }
      }
  }
};

/// Turns products into half squared distances: (|a|^2 + |b|^2) / 2 - a.b, or 0 where rounding makes it less.
/// True if some have lost more than 12 bits: they are so small beside the norms. `count`: a multiple of 8.
struct half_squares {
  using signature = bool(double* products, const double* half_norms, double half_norm, Eigen::Index count);

  template <class Vectors>
  [[gnu::always_inline]] static bool run(double* products, const double* half_norms, double half_norm,
                                         Eigen::Index count) {
    using doubles = typename Vectors::doubles;
    constexpr int width = sizeof(doubles) / sizeof(double);
    doubles least{};
    for (Eigen::Index i = 0; i < count; i += width) {
      doubles product, norms;
      load(products + i, product);
      load(half_norms + i, norms);
      norms += half_norm;
      const doubles half_square = norms - product;
      const doubles left = half_square - norms * lost_share;
      least = left < least ? left : least;
      product = half_square > 0.0 ? half_square : doubles{};
      store(product, products + i);
    }
    double parts[std::size_t{width}];
    store(least, parts);
    bool lost = false;
    for (const double part : parts) lost = lost || part < 0;
    return lost;
  }
};

/// Turns half squared distances u >= 0 into the kernel. `count`: a multiple of 8.
/// e^x = 2^k e^r with |r| <= ln(2) / 2, and e^r - 1 by its series up to r^13 (the next term is below 2^-57).
struct exponentials {
  using signature = void(double* values, Eigen::Index count, const gaussian& kernel);

  template <class Vectors>
  [[gnu::always_inline]] static void run(double* values, Eigen::Index count, const gaussian& kernel) {
    using doubles = typename Vectors::doubles;
    using longs = typename Vectors::longs;
    constexpr int width = sizeof(doubles) / sizeof(double);
    const double factor = -kernel.inverse_square, shift = kernel.shift;
    for (Eigen::Index i = 0; i < count; i += width) {
      doubles x;
      load(values + i, x);
      x *= factor;
      x = x < -708.0 ? doubles{} - 708.0 : x;                      // 2^k must be normal
      const doubles nearest = x * 0x1.71547652b82fep0 + 0x1.8p52;  // k, as the last bits of a large number
      const doubles k = nearest - 0x1.8p52;
      const doubles r = (x - k * 0x1.62e42fee00000p-1) - k * 0x1.a39ef35793c76p-33;  // ln(2) in two parts
      doubles series = r * (1 / 6227020800.0) + 1 / 479001600.0;
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
      const longs exponent = (__builtin_bit_cast(longs, nearest) + 1023) << 52;
      const doubles power = __builtin_bit_cast(doubles, exponent);
      x = power * series + (power - shift);
      store(x, values + i);
    }
  }
};

/// Adds a column of two kernels to the totals and, entry by entry, to the sums of the rows; returns the sums
/// of the column. `count`: a multiple of 8.
struct column_sums {
  using signature = column_totals(const double* x, const double* y, Eigen::Index count, pair_totals& totals,
                                  double* row_sums_x, double* row_sums_y);

  template <class Vectors>
  [[gnu::always_inline]] static column_totals run(const double* x, const double* y, Eigen::Index count,
                                                  pair_totals& totals, double* row_sums_x,
                                                  double* row_sums_y) {
    using doubles = typename Vectors::doubles;
    constexpr int width = sizeof(doubles) / sizeof(double);
    doubles xy{}, xx{}, yy{}, sum_x{}, sum_y{};
    for (Eigen::Index i = 0; i < count; i += width) {
      doubles a, b, row_a, row_b;
      load(x + i, a);
      load(y + i, b);
      load(row_sums_x + i, row_a);
      load(row_sums_y + i, row_b);
      xy += a * b;
      xx += a * a;
      yy += b * b;
      sum_x += a;
      sum_y += b;
      row_a += a;
      row_b += b;
      store(row_a, row_sums_x + i);
      store(row_b, row_sums_y + i);
    }
    double parts[5][std::size_t{width}];
    const doubles all[5] = {xy, xx, yy, sum_x, sum_y};
    std::memcpy(parts, all, sizeof(all));
    column_totals column;
    for (int place = 0; place < width; ++place) {
      totals += {parts[0][place], parts[1][place], parts[2][place]};
      column.x += parts[3][place];
      column.y += parts[4][place];
    }
    return column;
  }
};

}  // namespace detail::cka
}  // namespace NNGS_VERSION_NAMESPACE
}  // namespace nngs

#endif
