// SPDX-License-Identifier: MIT
#ifndef NNGS_DETAIL_CKA_CENTRING_HPP
#define NNGS_DETAIL_CKA_CENTRING_HPP

#include <Eigen/Core>
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <optional>
#include <vector>

#include "nngs/detail/base/blocks.hpp"
#include "nngs/detail/base/check.hpp"
#include "nngs/detail/base/compiled.hpp"
#include "nngs/detail/base/function_ref.hpp"
#include "nngs/detail/base/instruction_set.hpp"
#include "nngs/detail/base/rounding.hpp"
#include "nngs/detail/cka/kernels.hpp"
#include "nngs/detail/cka/matrix_view.hpp"
#include "nngs/detail/cka/panels.hpp"
#include "nngs/version.hpp"

// A matrix made ready for products: its columns less their means, near 1, in panels.

namespace nngs {
inline namespace NNGS_VERSION_NAMESPACE {
namespace detail::cka {

/// Entry -> (entry - origin - mean) 2^exponent. The first row is the origin: constant columns become exactly
/// 0, and a large common offset costs no digits.
struct centring {
  Eigen::VectorXd origin, mean;  ///< of each column, and 0 up to a whole number of tiles
  int exponent = 0;
  bool constant = false;  ///< all rows are equal
};

/// Adds the rows [first, last) less the origin to the sums of the columns; returns the largest magnitude.
inline double add_differences(const matrix_view& values, const Eigen::VectorXd& origin, Eigen::Index first,
                              Eigen::Index last, base::instruction_set instructions, double* sums) {
  const Eigen::Index columns = values.columns(), rows = last - first;
  if (values.rows_are_contiguous()) {
    const auto add = base::compiled<row_differences>(instructions);
    const Eigen::Index width = whole_panels(columns);
    const Eigen::Index at_once = std::max(Eigen::Index{1}, 2048 / width);  // 16 KiB
    Eigen::VectorXd entries = Eigen::VectorXd::Zero(at_once * width), largest = Eigen::VectorXd::Zero(width);
    for (Eigen::Index row = first; row < last; row += at_once) {
      const Eigen::Index count = std::min(at_once, last - row);
      values.transpose().read(0, row, columns, count, entries.data(), width);
      add(entries.data(), count, width, origin.data(), sums, largest.data());
    }
    return *std::max_element(largest.begin(), largest.end());
  }
  const auto take_off = base::compiled<column_differences>(instructions);
  Eigen::VectorXd column(whole_panels(rows));
  double largest = 0;
  for (Eigen::Index j = 0; j < columns; ++j) {
    values.read(first, j, rows, 1, column.data(), rows);
    std::fill(column.begin() + rows, column.end(), origin[j]);
    largest = std::max(largest, take_off(column.data(), column.size(), origin[j]));
    sums[j] = column.head(rows).sum();
  }
  return largest;
}

/// How to centre the columns and bring the largest magnitude near 1. Nothing when a difference is not finite,
/// or so large or small that its powers would not be.
inline std::optional<centring> find_centring(const matrix_view& values, base::instruction_set instructions,
                                             base::executor_ref execute) {
  const Eigen::Index n = values.rows(), columns = values.columns();
  // Blocks that are worth a thread, and few enough for their sums to be small beside the matrix.
  const Eigen::Index per_block = std::max((Eigen::Index{1} << 18) / columns + 1, base::divided_up(n, 64));
  const Eigen::Index blocks = base::divided_up(n, per_block);
  centring result;
  result.origin = result.mean = Eigen::VectorXd::Zero(whole_tiles(columns));
  values.transpose().read(0, 0, columns, 1, result.origin.data(), columns);
  Eigen::MatrixXd sums = Eigen::MatrixXd::Zero(whole_panels(columns), blocks);
  std::vector<double> largest(static_cast<std::size_t>(blocks));
  base::for_each_block(execute, n, per_block, [&](Eigen::Index first, Eigen::Index last) {
    const Eigen::Index block = first / per_block;
    largest[static_cast<std::size_t>(block)] =
        add_differences(values, result.origin, first, last, instructions, &sums(0, block));
  });

  for (Eigen::Index column = 0; column < columns; ++column) {
    double sum = sums(column, 0);
    for (Eigen::Index block = 1; block < blocks; ++block) sum += sums(column, block);
    if (!std::isfinite(sum)) return std::nullopt;
    result.mean[column] = sum / static_cast<double>(n);
  }
  const double size = *std::max_element(largest.begin(), largest.end());
  result.constant = size <= 0;
  if (result.constant) return result;
  if (!(size > 0x1p-900 && size < 0x1p900)) return std::nullopt;
  result.exponent = -std::ilogb(size);
  return result;
}

/// A copy of a matrix, multiplied by a power of two.
struct scaled_matrix {
  Eigen::MatrixXd values;
  int exponent;
};

/// The matrix near 1 with the first row taken off, for numbers far out of the range of find_centring.
/// @throws input_error for an entry that is not finite.
inline scaled_matrix bring_near_one(const matrix_view& given) {
  scaled_matrix result{Eigen::MatrixXd(given.rows(), given.columns()), 0};
  Eigen::MatrixXd& values = result.values;
  given.read(0, 0, given.rows(), given.columns(), values.data(), given.rows());
  base::check_finite(values);
  if (values.cwiseAbs().maxCoeff() > 0x1p1000) {  // differences must not overflow
    values *= 0.5;
    result.exponent = -1;
  }
  for (Eigen::Index column = 0; column < values.cols(); ++column) {
    const double origin = values(0, column);
    for (Eigen::Index row = 0; row < values.rows(); ++row) values(row, column) -= origin;
  }
  const double largest = values.cwiseAbs().maxCoeff();
  if (largest > 0) {
    result.exponent -= std::ilogb(largest);
    base::scale_near_one(values.data(), values.size());
  }
  return result;
}

/// What is multiplied: the columns of a matrix or its rows.
enum class vectors_of { features, items };

/// A matrix less the means of its columns, its columns or its rows as vectors in panels.
struct centred_matrix {
  double_panels panels;
  Eigen::VectorXd squares;  ///< squared norms of the rows
  int exponent;             ///< scaled by two to this power
  bool constant;            ///< all rows are equal
};

/// Entries of eight vectors, side by side.
using panel_line = Eigen::Array<double, panel_width, 1>;

/// Packs centred entries; entries beyond the matrix become 0.
class packer {
 public:
  /// Lines that are read at once: few enough pages for the processor's table of them.
  static constexpr Eigen::Index lines_at_once = 16;

  packer(const matrix_view& values, const centring& by, base::instruction_set instructions)
      : values_(values),
        by_(by),
        scale_(std::ldexp(1.0, by.exponent)),
        centre_features_(base::compiled<feature_lines>(instructions)),
        centre_items_(base::compiled<item_lines>(instructions)) {}

  /// Eight columns, rows [first, last), no more than lines_at_once. Adds their squares to those of the rows.
  void pack_columns(double_panels& panels, Eigen::Index panel, Eigen::Index first, Eigen::Index last,
                    Eigen::VectorXd& squares) const {
    const Eigen::Index column = panel * panel_width;
    const lines given(values_.transpose(), column, first, last - first);
    double* const to = panels.at(panel, first);
    centre_features_(given.entries, by_.origin.data() + column, by_.mean.data() + column, scale_,
                     last - first, to);
    for (Eigen::Index line = 0; line < last - first; ++line)
      squares[first + line] += Eigen::Map<const panel_line>(to + line * panel_width).square().sum();
  }

  /// Eight rows, and their squares.
  void pack_rows(double_panels& panels, Eigen::Index panel, Eigen::VectorXd& squares) const {
    const Eigen::Index row = panel * panel_width;
    panel_line sums = panel_line::Zero();
    Eigen::Index count = 0;
    for (Eigen::Index first = 0; first < values_.columns(); first += lines_at_once) {
      const Eigen::Index columns = std::min(lines_at_once, values_.columns() - first);
      const lines given(values_, row, first, columns);
      double* const to = panels.at(panel, first);
      centre_items_(given.entries, by_.origin.data() + first, by_.mean.data() + first, scale_, columns, to);
      count = given.count;
      for (Eigen::Index line = 0; line < columns; ++line) {
        Eigen::Map<panel_line> entries(to + line * panel_width);
        if (count < panel_width) entries.tail(panel_width - count).setZero();
        sums += entries.square();
      }
    }
    std::copy_n(sums.data(), count, squares.data() + row);
  }

 private:
  /// A line for each of up to lines_at_once columns: its entries in eight rows, 0 beyond the last.
  struct lines {
    lines(const matrix_view& values, Eigen::Index row, Eigen::Index column, Eigen::Index columns)
        : count(std::clamp<Eigen::Index>(values.rows() - row, 0, panel_width)) {
      if (count < panel_width) std::fill_n(entries, panel_width * columns, 0.0);
      values.read(row, column, count, columns, entries, panel_width);
    }

    Eigen::Index count;  ///< rows that there are
    double entries[panel_width * lines_at_once];
  };

  const matrix_view& values_;
  const centring& by_;
  double scale_;
  feature_lines::signature* centre_features_;
  item_lines::signature* centre_items_;
};

inline centred_matrix pack(const matrix_view& values, const centring& by, vectors_of which, int exponent,
                           base::instruction_set instructions, base::executor_ref execute) {
  const Eigen::Index n = values.rows(), d = values.columns();
  const bool features = which == vectors_of::features;
  centred_matrix result{features ? double_panels(d, n) : double_panels(n, d), Eigen::VectorXd::Zero(n),
                        exponent + by.exponent, by.constant};
  double_panels& panels = result.panels;
  const packer packer(values, by, instructions);
  constexpr Eigen::Index worth_a_thread = 1 << 17;  // entries
  if (features) {
    const Eigen::Index per_block =
        base::divided_up(worth_a_thread, d * packer::lines_at_once) * packer::lines_at_once;
    base::for_each_block(execute, n, per_block, [&](Eigen::Index first, Eigen::Index last) {
      for (Eigen::Index row = first; row < last; row += packer::lines_at_once)
        for (Eigen::Index panel = 0; panel < panels.panels(); ++panel)
          packer.pack_columns(panels, panel, row, std::min(last, row + packer::lines_at_once),
                              result.squares);
    });
  } else {
    const Eigen::Index per_block = base::divided_up(worth_a_thread, d * panel_width);
    base::for_each_block(execute, panels.panels(), per_block, [&](Eigen::Index first, Eigen::Index last) {
      for (Eigen::Index panel = first; panel < last; ++panel) packer.pack_rows(panels, panel, result.squares);
    });
  }
  return result;
}

/// The columns less their means, scaled by a power of two so that no product overflows or vanishes.
/// @throws input_error for an entry that is not finite.
inline centred_matrix centre(const matrix_view& values, vectors_of which, base::instruction_set instructions,
                             base::executor_ref execute) {
  if (const auto by = find_centring(values, instructions, execute))
    return pack(values, *by, which, 0, instructions, execute);
  const scaled_matrix near_one = bring_near_one(values);
  const dense_ref<Eigen::MatrixXd> scaled(near_one.values);
  const matrix_view view(scaled);
  return pack(view, *find_centring(view, instructions, execute), which, near_one.exponent, instructions,
              execute);
}

/// The same for any matrix.
/// @throws input_error for a shape that has nothing to compare, too.
template <class Derived>
centred_matrix centre(const Eigen::MatrixBase<Derived>& given, vectors_of which,
                      base::instruction_set instructions, base::executor_ref execute) {
  base::check_shape(given.rows(), given.cols());
  const dense_ref<Derived> values(given.derived());
  return centre(matrix_view(values), which, instructions, execute);
}

}  // namespace detail::cka
}  // namespace NNGS_VERSION_NAMESPACE
}  // namespace nngs

#endif
