// SPDX-License-Identifier: MIT
#ifndef NNGS_DETAIL_SEARCH_SCREEN_HPP
#define NNGS_DETAIL_SEARCH_SCREEN_HPP

#include <Eigen/Core>
#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "nngs/detail/base/blocks.hpp"
#include "nngs/detail/base/compiled.hpp"
#include "nngs/detail/base/float_buffer.hpp"
#include "nngs/detail/search/given_points.hpp"
#include "nngs/detail/search/kernels.hpp"
#include "nngs/detail/search/packing.hpp"
#include "nngs/detail/search/plan.hpp"
#include "nngs/detail/search/screen_error.hpp"
#include "nngs/version.hpp"

// The screen: points packed as floats in panels, and scores of pairs by products of panels. What the scores
// stand for and how wrong they can be is said in screen_error.hpp.

namespace nngs {
inline namespace NNGS_VERSION_NAMESPACE {
namespace detail::search {

/// The power of two by which points are scaled down: the largest coordinates become so large that their
/// scores only just do not overflow: the smallest are then the last to vanish. Twice the largest, as that of
/// a difference to the origin.
inline int exponent_of(double largest, Eigen::Index dimensions) {
  constexpr int most = 120;     // of a squared norm; scores are up to four times as much
  constexpr int least = -1000;  // 2^1000 is a double still; keys of such points vanish
  if (!(largest > 0)) return 0;
  return std::max(least, std::ilogb(2 * largest) + 1 - (most - std::ilogb(dimensions)) / 2);
}

/// The screen whose products are of floats.
class float_screen {
 public:
  /// Memory: 4 n d bytes. No key of the points may overflow (find_key_range); `largest` is that of the
  /// magnitudes of their coordinates.
  float_screen(const given_points& values, double largest, product_form form,
               base::instruction_set instructions, base::executor_ref execute)
      : instructions_(instructions),
        form_(form),
        size_(values.searched()),
        dimensions_(values.cols() + (form == product_form::inner_product)),
        panels_(base::divided_up(size_, panel_points)),
        exponent_(exponent_of(largest, dimensions_)),
        errors_(form, dimensions_, exponent_),
        packed_(panel_points * dimensions_ * packed_panels_of(values)),
        weights_(packed_panels_of(values) * panel_points),
        offsets_(packed_panels_of(values) * panel_points) {
    const std::vector<double> origin = form == product_form::distance
                                           ? find_origin(values)
                                           : std::vector<double>(static_cast<std::size_t>(values.cols()));
    base::for_each_block(execute, packed_panels_of(values), packed_panels(dimensions_),
                         [&](Eigen::Index first, Eigen::Index last) {
                           for (Eigen::Index number = first; number < last; ++number)
                             fill(number, values, origin);
                         });
    heaviest_ = *std::max_element(weights_.data(), weights_.data() + size_);
  }

  /// Of the points that are searched: those that only ask come after them, from within the last panel on.
  Eigen::Index size() const noexcept { return size_; }
  Eigen::Index panels() const noexcept { return panels_; }
  Eigen::Index dimensions() const noexcept { return dimensions_; }
  base::instruction_set instructions() const noexcept { return instructions_; }

  const float* panel(Eigen::Index number) const noexcept {
    return packed_.data() + number * panel_points * dimensions_;
  }
  /// What is taken off the products of a panel's points: half their squared norms, or nothing. Beyond the
  /// last point: infinity.
  const float* offsets(Eigen::Index number) const noexcept { return offsets_.data() + number * panel_points; }

  /// What a point's scores stand for.
  score_bound bound(Eigen::Index point) const noexcept {
    return errors_.of(weights_.data()[point], weights_.data(), heaviest_);
  }
  /// The points were scaled by 2^-exponent.
  int exponent() const noexcept { return exponent_; }

  /// Scores of a panel of points with `columns` (a multiple of 8) points packed alike, themselves given by
  /// their offsets: score(row, column) is at [column * stride + row]. Beyond the last point: -infinity.
  void score(Eigen::Index rows, const float* columns, const float* offsets_of_columns, int column_count,
             float* scores, Eigen::Index stride) const {
    tile_operands tile{panel(rows), columns, column_count, scores, stride};
    const Eigen::Index first = std::min(product_chunk, dimensions_);
    base::compiled<set_products>(instructions_)(tile, first, offsets(rows), offsets_of_columns);
    for (Eigen::Index j = first; j < dimensions_; j += product_chunk) {
      tile.rows = panel(rows) + j * panel_points;
      tile.columns = columns + j * panel_points;
      base::compiled<add_products>(instructions_)(tile, std::min(product_chunk, dimensions_ - j));
    }
  }

 private:
  /// Panels of the points that are searched, and of those that only ask.
  static Eigen::Index packed_panels_of(const given_points& values) {
    return base::divided_up(values.rows(), panel_points);
  }

  /// An origin near the points makes the errors small; any is right. The median of five rows, where that is
  /// much nearer to them than zero is: one row far away does not move it.
  static std::vector<double> find_origin(const given_points& values) {
    constexpr std::size_t count = 5;
    const auto dimensions = static_cast<std::size_t>(values.cols());
    std::vector<double> rows(count * dimensions), origin(dimensions);
    for (std::size_t i = 0; i < count; ++i)
      values.read(static_cast<Eigen::Index>(2 * i + 1) * values.rows() / Eigen::Index{2 * count},
                  rows.data() + i * dimensions);
    double to_zero[count] = {}, to_median[count] = {};
    for (std::size_t j = 0; j < dimensions; ++j) {
      double column[count];
      for (std::size_t i = 0; i < count; ++i) column[i] = rows[i * dimensions + j];
      origin[j] = median_of_five(column);
      for (std::size_t i = 0; i < count; ++i) {
        to_zero[i] += column[i] * column[i];
        to_median[i] += (column[i] - origin[j]) * (column[i] - origin[j]);
      }
    }
    double nearer = 1;
    for (std::size_t i = 0; i < count; ++i) nearer *= to_median[i] / to_zero[i];
    // A row of zeros, or one that is the median itself, makes no number or an end of them.
    if (!(nearer < 0.1)) std::fill(origin.begin(), origin.end(), 0.0);
    return origin;
  }

  static double median_of_five(const double (&of)[5]) {
    const double low = std::max(std::min(of[0], of[1]), std::min(of[2], of[3]));
    const double high = std::min(std::max(of[0], of[1]), std::max(of[2], of[3]));
    return std::max(std::min(low, high), std::min(std::max(low, high), of[4]));
  }

  void fill(Eigen::Index number, const given_points& values, const std::vector<double>& origin) {
    const Eigen::Index first = number * panel_points;
    panel_source from{{},
                      static_cast<int>(std::min<Eigen::Index>(panel_points, values.rows() - first)),
                      values.cols(),
                      origin.data(),
                      std::ldexp(1.0, -exponent_)};
    for (int point = 0; point < from.count; ++point) from.rows[point] = values.row(first + point);
    float* const packed = packed_.data() + number * panel_points * dimensions_;
    if (from.count < panel_points) std::fill(packed, packed + panel_points * dimensions_, 0.0F);
    double squares[panel_points] = {};
    values.pack(instructions_)(from, packed, squares);
    float* const weights = weights_.data() + first;
    float* const offsets = offsets_.data() + first;
    for (int point = 0; point < from.count; ++point) {
      weights[point] = errors_.weight(squares[point]);
      if (form_ == product_form::distance) {
        offsets[point] = weights[point];
      } else {
        offsets[point] = 0;
        packed[values.cols() * panel_points + point] =
            static_cast<float>(errors_.lift() * std::sqrt(squares[point]));
      }
    }
    for (int point = from.count; point < panel_points; ++point)
      weights[point] = offsets[point] = std::numeric_limits<float>::infinity();
  }

  base::instruction_set instructions_;
  product_form form_;
  Eigen::Index size_, dimensions_, panels_;
  int exponent_;
  score_errors errors_;
  base::float_buffer packed_;
  base::float_buffer weights_, offsets_;  // beyond the last point: infinity
  float heaviest_ = 0;
};

}  // namespace detail::search
}  // namespace NNGS_VERSION_NAMESPACE
}  // namespace nngs

#endif
