// SPDX-License-Identifier: MIT
#ifndef NNGS_DETAIL_CENTRED_HPP
#define NNGS_DETAIL_CENTRED_HPP

#include <Eigen/Core>
#include <algorithm>
#include <cmath>
#include <optional>
#include <vector>

#include "nngs/detail/check.hpp"
#include "nngs/detail/double_panels.hpp"
#include "nngs/detail/scale.hpp"
#include "nngs/executor.hpp"
#include "nngs/version.hpp"

namespace nngs::inline NNGS_VERSION_NAMESPACE::detail {

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
  const Eigen::Index per_block = std::max((Eigen::Index{1} << 18) / values.cols() + 1, divided_up(n, 64));
  const Eigen::Index blocks = divided_up(n, per_block);
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
    scale_near_one(columns);
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

template <class View>
struct column_packer {
  const View& values;
  const centring& by;

  double entry(Eigen::Index row, Eigen::Index column) const {
    return (static_cast<double>(values(row, column)) - by.origin[column] - by.mean[column]) * scale;
  }
  double scale = std::ldexp(1.0, by.exponent);
};

template <class View, executor Executor>
centred pack(const View& values, const centring& by, vectors as, int exponent, const Executor& execute) {
  const Eigen::Index n = values.rows(), d = values.cols();
  const bool by_columns = as == vectors::columns;
  const column_packer<View> packer{values, by};
  centred result{by_columns ? double_panels(d, n) : double_panels(n, d), Eigen::VectorXd::Zero(n),
                 exponent + by.exponent, by.constant};
  double_panels& panels = result.panels;
  if (by_columns) {
    // Some 256 rows: their entries and the panels' stay in cache.
    const Eigen::Index per_block = std::max<Eigen::Index>(256, (1 << 17) / d);
    execute(divided_up(n, per_block), [&](Eigen::Index index) {
      const Eigen::Index first = index * per_block, last = std::min(n, first + per_block);
      for (Eigen::Index panel = 0; panel < panels.panels(); ++panel) {
        const Eigen::Index column = panel * panel_width;
        const Eigen::Index count = std::clamp<Eigen::Index>(d - column, 0, panel_width);
        for (Eigen::Index row = first; row < last; ++row) {
          double* at = panels.at(panel, row);
          double square = 0;
          for (Eigen::Index lane = 0; lane < count; ++lane) {
            at[lane] = packer.entry(row, column + lane);
            square += at[lane] * at[lane];
          }
          std::fill(at + count, at + panel_width, 0.0);
          result.squares[row] += square;
        }
      }
    });
  } else {
    const Eigen::Index per_block = divided_up(1 << 17, d * panel_width);
    execute(divided_up(panels.panels(), per_block), [&](Eigen::Index index) {
      const Eigen::Index end = std::min(panels.panels(), (index + 1) * per_block);
      for (Eigen::Index panel = index * per_block; panel < end; ++panel) {
        const Eigen::Index row = panel * panel_width;
        const Eigen::Index count = std::clamp<Eigen::Index>(n - row, 0, panel_width);
        double squares[panel_width] = {};
        for (Eigen::Index column = 0; column < d; ++column) {
          double* at = panels.at(panel, column);
          for (Eigen::Index lane = 0; lane < count; ++lane) {
            at[lane] = packer.entry(row + lane, column);
            squares[lane] += at[lane] * at[lane];
          }
          std::fill(at + count, at + panel_width, 0.0);
        }
        std::copy(squares, squares + count, result.squares.data() + (count == 0 ? 0 : row));
      }
    });
  }
  return result;
}

/// The columns less their means, scaled by a power of two so that no product overflows or vanishes.
/// @throws std::invalid_argument for a shape that has nothing to compare and for an entry that is not finite.
template <class Derived, executor Executor>
centred centre(const Eigen::MatrixBase<Derived>& given, vectors as, const Executor& execute) {
  check_shape(given.rows(), given.cols());
  const dense_view<Derived> values(given.derived());
  if (const auto by = find_centring(values, execute)) return pack(values, *by, as, 0, execute);
  check_finite(values);
  const auto [near_one, exponent] = brought_near_one(values);
  return pack(near_one, *find_centring(near_one, execute), as, exponent, execute);
}

}  // namespace nngs::inline NNGS_VERSION_NAMESPACE::detail

#endif
