// SPDX-License-Identifier: MIT
#ifndef NNGS_DETAIL_CKA_CENTRING_HPP
#define NNGS_DETAIL_CKA_CENTRING_HPP

#include <Eigen/Core>
#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

#include "nngs/detail/base/blocks.hpp"
#include "nngs/detail/base/check.hpp"
#include "nngs/detail/base/rounding.hpp"
#include "nngs/detail/cka/panels.hpp"
#include "nngs/executor.hpp"
#include "nngs/version.hpp"

namespace nngs {
inline namespace NNGS_VERSION_NAMESPACE {
namespace detail::cka {

/// A matrix as it lies in memory, or evaluated once into a copy.
template <class Derived>
using dense_view =
    Eigen::Ref<const Eigen::Matrix<typename Derived::Scalar, Eigen::Dynamic, Eigen::Dynamic,
                                   bool(Derived::IsRowMajor) ? Eigen::RowMajor : Eigen::ColMajor>,
               0, Eigen::OuterStride<>>;

/// Entry -> (entry - origin - mean) 2^exponent, origin and mean by columns. The first row is the origin:
/// constant columns become exactly 0, and a large common offset costs no digits.
struct centring {
  Eigen::RowVectorXd origin, mean;
  int exponent = 0;
  bool constant = false;  ///< all rows are equal
};

/// Sums and largest magnitude of the rows [first, last) less the origin, by columns.
template <class View>
double add_differences(const View& values, const Eigen::RowVectorXd& origin, Eigen::Index first,
                       Eigen::Index last, Eigen::Ref<Eigen::VectorXd> sums) {
  double largest = 0;
  if constexpr (View::IsRowMajor) {
    Eigen::RowVectorXd difference(origin.size());
    Eigen::ArrayXd magnitude = Eigen::ArrayXd::Zero(origin.size());
    for (Eigen::Index row = first; row < last; ++row) {
      difference = values.row(row).template cast<double>() - origin;
      sums += difference.transpose();
      magnitude = magnitude.max(difference.transpose().array().abs());
    }
    largest = magnitude.maxCoeff();
  } else {
    Eigen::ArrayXd difference(last - first);
    for (Eigen::Index column = 0; column < origin.size(); ++column) {
      difference =
          values.col(column).segment(first, last - first).template cast<double>().array() - origin[column];
      sums[column] = difference.sum();
      largest = std::max(largest, difference.abs().maxCoeff());
    }
  }
  return largest;
}

/// How to centre the columns and bring the largest magnitude near 1. Nothing when a difference is not finite,
/// or so large or small that its powers would not be.
template <class View, executor Executor>
std::optional<centring> find_centring(const View& values, const Executor& execute) {
  const Eigen::Index n = values.rows();
  // Blocks that are worth a thread, and few enough for their sums to be small beside the matrix.
  const Eigen::Index per_block =
      std::max((Eigen::Index{1} << 18) / values.cols() + 1, base::divided_up(n, 64));
  const Eigen::Index blocks = base::divided_up(n, per_block);
  centring result;
  result.origin = values.row(0).template cast<double>();
  Eigen::MatrixXd sums = Eigen::MatrixXd::Zero(values.cols(), blocks);
  Eigen::VectorXd largest(blocks);
  execute(blocks, [&](Eigen::Index index) {
    largest[index] = add_differences(values, result.origin, index * per_block,
                                     std::min(n, (index + 1) * per_block), sums.col(index));
  });
  for (Eigen::Index index = 1; index < blocks; ++index) sums.col(0) += sums.col(index);
  if (!sums.col(0).allFinite()) return std::nullopt;
  const double size = largest.maxCoeff();
  result.constant = size == 0;
  if (!result.constant && !(size > 0x1p-900 && size < 0x1p900)) return std::nullopt;
  result.mean = sums.col(0).transpose() / static_cast<double>(n);
  if (!result.constant) result.exponent = -std::ilogb(size);
  return result;
}

/// The same matrix near 1 with the first row taken off, for numbers far out of the range of find_centring,
/// and the power of two it was scaled by.
template <class View>
std::pair<Eigen::MatrixXd, int> brought_near_one(const View& values) {
  Eigen::MatrixXd columns = values.template cast<double>();
  int exponent = 0;
  if (columns.cwiseAbs().maxCoeff() > 0x1p1000) {  // differences must not overflow
    columns *= 0.5;
    exponent = -1;
  }
  columns.rowwise() -= columns.row(0).eval();
  const double largest = columns.cwiseAbs().maxCoeff();
  if (largest > 0) {
    exponent -= std::ilogb(largest);
    base::scale_near_one(columns);
  }
  return {std::move(columns), exponent};
}

enum class vectors { columns, rows };

/// A centred matrix, its columns or its rows as vectors in panels.
struct centred {
  double_panels panels;
  Eigen::VectorXd squares;  ///< squared norms of the rows
  int exponent;             ///< scaled by two to this power
  bool constant;            ///< all rows are equal
};

/// Entries of eight vectors, side by side.
using panel_line = Eigen::Array<double, panel_width, 1>;

/// Packs centred entries; entries beyond the matrix become 0.
template <class View>
class packer {
 public:
  packer(const View& values, const centring& by) : values_(values), scale_(std::ldexp(1.0, by.exponent)) {
    const Eigen::Index width = base::divided_up(values.cols(), tile_rows) * tile_rows;
    origin_ = Eigen::ArrayXd::Zero(width);
    mean_ = Eigen::ArrayXd::Zero(width);
    origin_.head(values.cols()) = by.origin.transpose();
    mean_.head(values.cols()) = by.mean.transpose();
  }

  /// Eight columns, rows [first, last), and adds their squares to those of the rows.
  void pack_columns(double_panels& panels, Eigen::Index panel, Eigen::Index first, Eigen::Index last,
                    Eigen::VectorXd& squares) const {
    const Eigen::Index column = panel * panel_width;
    const panel_line origin = origin_.segment<panel_width>(column), mean = mean_.segment<panel_width>(column);
    for (Eigen::Index row = first; row < last; ++row) {
      Eigen::Map<panel_line> line(panels.at(panel, row));
      line = ((columns_of_row(row, column) - origin) - mean) * scale_;
      squares[row] += line.square().sum();
    }
  }

  /// Eight rows, and their squares.
  void pack_rows(double_panels& panels, Eigen::Index panel, Eigen::VectorXd& squares) const {
    const Eigen::Index row = panel * panel_width;
    const Eigen::Index count = std::clamp<Eigen::Index>(values_.rows() - row, 0, panel_width);
    panel_line sums = panel_line::Zero();
    for (Eigen::Index column = 0; column < values_.cols(); ++column) {
      Eigen::Map<panel_line> line(panels.at(panel, column));
      line = ((rows_of_column(row, column) - origin_[column]) - mean_[column]) * scale_;
      line.tail(panel_width - count).setZero();
      sums += line.square();
    }
    if (count > 0) squares.segment(row, count) = sums.head(count);
  }

 private:
  panel_line columns_of_row(Eigen::Index row, Eigen::Index column) const {
    if (column + panel_width <= values_.cols())
      return values_.template block<1, panel_width>(row, column).transpose().template cast<double>();
    panel_line line = panel_line::Zero();
    for (Eigen::Index place = 0; column + place < values_.cols(); ++place)
      line[place] = static_cast<double>(values_(row, column + place));
    return line;
  }
  panel_line rows_of_column(Eigen::Index row, Eigen::Index column) const {
    if (row + panel_width <= values_.rows())
      return values_.template block<panel_width, 1>(row, column).template cast<double>();
    panel_line line = panel_line::Zero();
    for (Eigen::Index place = 0; row + place < values_.rows(); ++place)
      line[place] = static_cast<double>(values_(row + place, column));
    return line;
  }

  const View& values_;
  double scale_;
  Eigen::ArrayXd origin_, mean_;  // by columns, zero beyond
};

template <class View, executor Executor>
centred pack(const View& values, const centring& by, vectors as, int exponent, const Executor& execute) {
  const Eigen::Index n = values.rows(), d = values.cols();
  const bool by_columns = as == vectors::columns;
  centred result{by_columns ? double_panels(d, n) : double_panels(n, d), Eigen::VectorXd::Zero(n),
                 exponent + by.exponent, by.constant};
  double_panels& panels = result.panels;
  const packer<View> packer(values, by);
  // 2^17 entries and more a block are worth a thread.
  if (by_columns) {
    constexpr Eigen::Index rows_at_once = 16;  // few enough pages for the processor's table of them
    const Eigen::Index per_block = base::divided_up(1 << 17, d * rows_at_once) * rows_at_once;
    execute(base::divided_up(n, per_block), [&](Eigen::Index index) {
      const Eigen::Index end = std::min(n, (index + 1) * per_block);
      for (Eigen::Index row = index * per_block; row < end; row += rows_at_once)
        for (Eigen::Index panel = 0; panel < panels.panels(); ++panel)
          packer.pack_columns(panels, panel, row, std::min(end, row + rows_at_once), result.squares);
    });
  } else {
    const Eigen::Index per_block = base::divided_up(1 << 17, d * panel_width);
    execute(base::divided_up(panels.panels(), per_block), [&](Eigen::Index index) {
      const Eigen::Index end = std::min(panels.panels(), (index + 1) * per_block);
      for (Eigen::Index panel = index * per_block; panel < end; ++panel)
        packer.pack_rows(panels, panel, result.squares);
    });
  }
  return result;
}

/// The columns less their means, scaled by a power of two so that no product overflows or vanishes.
/// @throws std::invalid_argument for a shape that has nothing to compare and for an entry that is not finite.
template <class Derived, executor Executor>
centred centre(const Eigen::MatrixBase<Derived>& given, vectors as, const Executor& execute) {
  base::check_shape(given.rows(), given.cols());
  const dense_view<Derived> values(given.derived());
  if (const auto by = find_centring(values, execute)) return pack(values, *by, as, 0, execute);
  base::check_finite(values);
  const auto [near_one, exponent] = brought_near_one(values);
  return pack(near_one, *find_centring(near_one, execute), as, exponent, execute);
}

}  // namespace detail::cka
}  // namespace NNGS_VERSION_NAMESPACE
}  // namespace nngs

#endif
