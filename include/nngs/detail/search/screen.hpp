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
#include "nngs/detail/search/error.hpp"
#include "nngs/detail/search/given_points.hpp"
#include "nngs/detail/search/kernels.hpp"
#include "nngs/detail/search/packing.hpp"
#include "nngs/detail/search/plan.hpp"
#include "nngs/version.hpp"

// The screen: points packed as floats in panels, and scores of pairs by products of panels. What the scores
// stand for and how wrong they can be is said in error.hpp.

namespace nngs {
inline namespace NNGS_VERSION_NAMESPACE {
namespace detail::search {

/// The screen whose products are of floats.
class float_screen {
 public:
  /// Memory: 4 n d bytes. The points must have passed check_key_range; `largest` is that of the magnitudes of
  /// their coordinates.
  float_screen(const given_points& values, double largest, product_form form,
               base::instruction_set instructions, base::executor_ref execute)
      : instructions_(instructions),
        size_(values.rows()),
        dimensions_(values.cols()),
        panels_(base::divided_up(size_, panel_points)),
        packed_(panel_points * dimensions_ * panels_),
        half_norms_(panels_ * panel_points),
        offsets_(panels_ * panel_points) {
    const std::vector<double> origin = form == product_form::distance
                                           ? about_mean(values)
                                           : std::vector<double>(static_cast<std::size_t>(dimensions_));
    // Twice the largest: of a difference to the origin.
    const int exponent = largest > 0 ? std::ilogb(2 * largest) : 0;
    const double scale = std::ldexp(1.0, -exponent);
    base::for_each_block(execute, panels_, packed_panels(dimensions_),
                         [&](Eigen::Index first, Eigen::Index last) {
                           for (Eigen::Index number = first; number < last; ++number)
                             fill(number, values, origin, scale);
                         });
    const float* const half_norms = half_norms_.data();
    errors_ = {form, dimensions_, exponent, *std::max_element(half_norms, half_norms + size_)};
    std::copy(half_norms, half_norms + panels_ * panel_points, offsets_.data());
    if (form == product_form::inner_product) std::fill(offsets_.data(), offsets_.data() + size_, 0.0F);
  }

  Eigen::Index size() const noexcept { return size_; }
  Eigen::Index dimensions() const noexcept { return dimensions_; }
  Eigen::Index panels() const noexcept { return panels_; }
  base::instruction_set instructions() const noexcept { return instructions_; }

  const float* panel(Eigen::Index number) const noexcept {
    return packed_.data() + number * panel_points * dimensions_;
  }
  /// What is taken off the products of a panel's points: half their squared norms, or nothing. Beyond the
  /// last point: infinity.
  const float* offsets(Eigen::Index number) const noexcept { return offsets_.data() + number * panel_points; }

  const score_errors& errors() const noexcept { return errors_; }
  float half_norm(Eigen::Index point) const noexcept { return half_norms_.data()[point]; }
  /// The error of a point's scores.
  score_bound bound(Eigen::Index point) const noexcept { return errors_.of(half_norm(point)); }

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
  /// The mean of some rows: any origin is right, a near one makes the error small.
  static std::vector<double> about_mean(const given_points& values) {
    constexpr Eigen::Index most = 16;
    const Eigen::Index rows = std::min(values.rows(), most);
    const auto dimensions = static_cast<std::size_t>(values.cols());
    std::vector<double> some(static_cast<std::size_t>(rows) * dimensions), mean(dimensions);
    const auto row = [&](Eigen::Index i) { return some.data() + static_cast<std::size_t>(i) * dimensions; };
    for (Eigen::Index i = 0; i < rows; ++i) {
      values.read(i * values.rows() / rows, row(i));
      for (std::size_t j = 0; j < dimensions; ++j) mean[j] += row(i)[j] / static_cast<double>(rows);
    }
    // A huge row moves the mean away from all the others, but not from each alike: it stays the farthest.
    double distances[most], in_order[most];
    for (Eigen::Index i = 0; i < rows; ++i) {
      double sum = 0;
      for (std::size_t j = 0; j < dimensions; ++j) sum += (row(i)[j] - mean[j]) * (row(i)[j] - mean[j]);
      distances[i] = in_order[i] = sum;
    }
    std::nth_element(in_order, in_order + rows / 2, in_order + rows);
    std::fill(mean.begin(), mean.end(), 0.0);
    double count = 0;
    for (Eigen::Index i = 0; i < rows; ++i) {
      if (!(distances[i] <= in_order[rows / 2])) continue;
      for (std::size_t j = 0; j < dimensions; ++j) mean[j] += row(i)[j];
      ++count;
    }
    for (double& coordinate : mean) coordinate /= count;
    return mean;
  }

  void fill(Eigen::Index number, const given_points& values, const std::vector<double>& origin,
            double scale) {
    const Eigen::Index first = number * panel_points;
    panel_source from{{},
                      static_cast<int>(std::min<Eigen::Index>(panel_points, size_ - first)),
                      dimensions_,
                      origin.data(),
                      scale};
    for (int point = 0; point < from.count; ++point) from.rows[point] = values.row(first + point);
    float* const packed = packed_.data() + number * panel_points * dimensions_;
    if (from.count < panel_points) std::fill(packed, packed + panel_points * dimensions_, 0.0F);
    double squares[panel_points] = {};
    values.pack(instructions_)(from, packed, squares);
    for (int point = 0; point < panel_points; ++point)
      half_norms_.data()[first + point] = point < from.count ? static_cast<float>(squares[point] / 2)
                                                             : std::numeric_limits<float>::infinity();
  }

  base::instruction_set instructions_;
  Eigen::Index size_, dimensions_, panels_;
  base::float_buffer packed_;
  base::float_buffer half_norms_, offsets_;  // beyond the last point: infinity
  score_errors errors_;
};

}  // namespace detail::search
}  // namespace NNGS_VERSION_NAMESPACE
}  // namespace nngs

#endif
