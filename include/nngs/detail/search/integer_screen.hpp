// SPDX-License-Identifier: MIT
#ifndef NNGS_DETAIL_SEARCH_INTEGER_SCREEN_HPP
#define NNGS_DETAIL_SEARCH_INTEGER_SCREEN_HPP

#include <Eigen/Core>
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <utility>
#include <vector>

#include "nngs/detail/base/blocks.hpp"
#include "nngs/detail/base/compiled.hpp"
#include "nngs/detail/base/float_buffer.hpp"
#include "nngs/detail/search/given_points.hpp"
#include "nngs/detail/search/integer_kernels.hpp"
#include "nngs/detail/search/kernels.hpp"
#include "nngs/detail/search/plan.hpp"
#include "nngs/detail/search/screen.hpp"
#include "nngs/detail/search/screen_error.hpp"
#include "nngs/version.hpp"

// The screen of distances whose products are of whole numbers: four times as fast as floats, and much
// coarser. It only tells which pairs are certainly farther apart than some reach; what it leaves is
// evaluated.
//
// Points are moved to an origin m and scaled by a power of two, c_i = (x_i - m) 2^-e; distances scale alike.
// A panel I has one step S_I > 0, and its point i becomes the whole numbers q_i nearest to c_i / S_I, all of
// them in [-127, 127]. What that rounds away is measured, r_i >= |c_i - S_I q_i|. Then by the triangle
// inequality, and nothing else,
//
//   |c_i - c_j| >= |S_I q_i - S_J q_j| - r_i - r_j,
//
// so j lies farther from i than D_i wherever |S_I q_i - S_J q_j| > D_i + r_i + r_j. Squared and halved, with
// h_i = |S_I q_i|^2 / 2, R_J the largest r of the panel J and
//
//   s = S_I S_J q_i.q_j - h_i - h_j = -|S_I q_i - S_J q_j|^2 / 2,      the score of the pair,
//   a = -(D_i + r_i + R_J)^2 / 2,                                      what it has to reach:
//
// where s < a, j is farther. What is computed errs to the safe side, u = 2^-24:
//   products     of whole numbers are exact: up to 2^17 127^2 < 2^31
//   r            in double: c is off by 2^-53 |c|, S q by 2^-53 |S q|, their difference by 2^-53 of itself,
//   in
//                all less than 2^-51 (|S q| + r); the sum of d squares by (d + 2) 2^-53 of itself
//   s            in float: the product made a float, S_I S_J and their product by u each, two differences of
//                at most 2 (h_i + h_j) by u each, |S_I S_J q_i.q_j| <= h_i + h_j: together 7 u (h_i + h_j).
//                Offsets are h (1 - 10 u), so that the computed score is no less than s
//   a            in float: a sum, a square, a half, some 4 u of it; D and r are made larger by 2^-20 of them
//   underflow    of a product by S_I S_J, up to 2^31 2^-126, and of what else is below 2^-126: 2^-44 is added
//                to each D + r, and (x + y)^2 >= x^2 + y^2

namespace nngs {
inline namespace NNGS_VERSION_NAMESPACE {
namespace detail::search {

/// Points of more coordinates have products that do not fit.
inline constexpr Eigen::Index most_integer_coordinates = Eigen::Index{1} << 17;

/// The screen whose products are of whole numbers. Its points have places: those of the rows in the order of
/// their largest coordinates, so that a panel's step suits all of its points.
class integer_screen {
 public:
  /// Memory: n d + 24 n bytes. No key of the points may overflow (find_key_range); `largest` is that of the
  /// magnitudes of their coordinates, of which each has `most_integer_coordinates` or fewer.
  integer_screen(const given_points& values, double largest, base::instruction_set instructions,
                 base::executor_ref execute)
      : instructions_(instructions),
        size_(values.rows()),
        dimensions_(values.cols()),
        groups_(base::divided_up(dimensions_, bytes_at_once)),
        panels_(base::divided_up(size_, panel_points)),
        exponent_(exponent_of(largest, dimensions_)),
        origin_(find_median(values)),
        steps_(static_cast<std::size_t>(panels_)),
        roundings_(static_cast<std::size_t>(panels_ * panel_points)),
        widest_roundings_(static_cast<std::size_t>(panels_)),
        sums_(static_cast<std::size_t>(panels_ * panel_points)),
        offsets_(panels_ * panel_points),
        bytes_(panels_ * panel_points * groups_) {
    const std::vector<double> magnitudes = order_rows(values, execute);
    base::for_each_block(execute, panels_, packed_panels(dimensions_),
                         [&](Eigen::Index first, Eigen::Index last) {
                           for (Eigen::Index number = first; number < last; ++number)
                             fill(number, values, magnitudes);
                         });
  }

  Eigen::Index size() const noexcept { return size_; }
  Eigen::Index dimensions() const noexcept { return dimensions_; }
  Eigen::Index panels() const noexcept { return panels_; }
  base::instruction_set instructions() const noexcept { return instructions_; }
  /// The points were scaled by 2^-exponent.
  int exponent() const noexcept { return exponent_; }

  /// The row at a place.
  std::uint32_t row(Eigen::Index place) const noexcept { return rows_[static_cast<std::size_t>(place)]; }

  /// What scores the pairs of two panels: `products`, 48 x 48, are set for it.
  integer_scores score(Eigen::Index rows, Eigen::Index columns, std::int32_t* products) const {
    integer_products(instructions_)(
        {panel(rows), panel(columns), groups_, sums_.data() + columns * panel_points, products});
    return {products,
            static_cast<float>(steps_[static_cast<std::size_t>(rows)] *
                               steps_[static_cast<std::size_t>(columns)]),
            offsets_.data() + rows * panel_points, offsets_.data() + columns * panel_points};
  }

  /// For a point that wants all others up to this distance (scaled): what its scores reach with them is
  /// `least_score` of this and the `slack` of the other's panel.
  float reach(double distance, Eigen::Index place) const noexcept {
    constexpr double all = 0x1p62;  // half the square of this, no score is less
    const double own = distance + double{roundings_[static_cast<std::size_t>(place)]};
    return static_cast<float>(std::min(own * (1 + 0x1p-20) + 0x1p-44, all));
  }
  float slack(Eigen::Index panel) const noexcept {
    return widest_roundings_[static_cast<std::size_t>(panel)];
  }

  /// The most that the exact score of the point at a place and one of a panel with this slack can be, by
  /// their score of the screen.
  float most(Eigen::Index place, float score, float slack) const noexcept {
    // A score that was computed may be more than 0.
    const float apart = std::sqrt(std::max(0.0F, -2 * score)) * (1 - 0x1p-20F) - 0x1p-44F -
                        (roundings_[static_cast<std::size_t>(place)] + slack) * (1 + 0x1p-20F);
    const float least = std::max(0.0F, apart);
    return -0.5F * least * least * (1 - 0x1p-20F);
  }

  /// The least that it can be, where `most` was the most.
  float least(Eigen::Index place, float most, float slack) const noexcept {
    const float apart = std::sqrt(-2 * most) * (1 + 0x1p-19F) + 0x1p-43F +
                        2 * (roundings_[static_cast<std::size_t>(place)] + slack) * (1 + 0x1p-19F);
    return -0.5F * apart * apart * (1 + 0x1p-19F);
  }

 private:
  /// Any origin is right, one near the points makes steps small, and rows far away must not move it: the
  /// median of each coordinate over some rows.
  static std::vector<double> find_median(const given_points& values) {
    const Eigen::Index count = std::min<Eigen::Index>(values.rows(), 33);
    const auto dimensions = static_cast<std::size_t>(values.cols());
    std::vector<double> rows(static_cast<std::size_t>(count) * dimensions), origin(dimensions),
        column(static_cast<std::size_t>(count));
    for (Eigen::Index i = 0; i < count; ++i)
      values.read((2 * i + 1) * values.rows() / (2 * count), rows.data() + i * values.cols());
    const auto middle = column.begin() + count / 2;
    for (std::size_t j = 0; j < dimensions; ++j) {
      for (std::size_t i = 0; i < column.size(); ++i) column[i] = rows[i * dimensions + j];
      std::nth_element(column.begin(), middle, column.end());
      origin[j] = *middle;
    }
    return origin;
  }

  moved_row moved(const double* row) const {
    return {row, origin_.data(), std::ldexp(1.0, -exponent_), dimensions_};
  }

  /// Gives the rows their places; returns the largest magnitude of a coordinate at each.
  std::vector<double> order_rows(const given_points& values, base::executor_ref execute) {
    std::vector<std::pair<double, std::uint32_t>> order(static_cast<std::size_t>(size_));
    base::for_each_block(execute, size_, packed_panels(dimensions_) * panel_points,
                         [&](Eigen::Index first, Eigen::Index last) {
                           std::vector<double> row(static_cast<std::size_t>(dimensions_));
                           for (Eigen::Index i = first; i < last; ++i) {
                             values.read(i, row.data());
                             order[static_cast<std::size_t>(i)] = {
                                 base::compiled<find_largest>(instructions_)(moved(row.data())),
                                 static_cast<std::uint32_t>(i)};
                           }
                         });
    std::sort(order.begin(), order.end());
    std::vector<double> magnitudes;
    magnitudes.reserve(order.size());
    rows_.reserve(order.size());
    for (const auto& [magnitude, row] : order) {
      magnitudes.push_back(magnitude);
      rows_.push_back(row);
    }
    return magnitudes;
  }

  void fill(Eigen::Index number, const given_points& values, const std::vector<double>& magnitudes) {
    const Eigen::Index first = number * panel_points, last = std::min(size_, first + panel_points);
    // A little more, for the quotients to be no more than 127 however they are rounded.
    double step = magnitudes[static_cast<std::size_t>(last - 1)] / 127 * (1 + 0x1p-40);
    if (!(step > 0x1p-500)) step = 1;  // all equal to the origin, or nearly; what is rounded away is measured
    steps_[static_cast<std::size_t>(number)] = step;
    std::vector<double> row(static_cast<std::size_t>(dimensions_));
    std::vector<std::int32_t> rounded(static_cast<std::size_t>(groups_ * bytes_at_once));
    auto* const bytes = reinterpret_cast<std::int8_t*>(bytes_.data() + number * panel_points * groups_);
    if (last < first + panel_points) std::fill(bytes, bytes + panel_points * groups_ * bytes_at_once, 0);
    float widest = 0;
    for (Eigen::Index place = first; place < last; ++place) {
      const auto at = static_cast<std::size_t>(place);
      values.read(rows_[at], row.data());
      const rounded_sums sums =
          base::compiled<round_row>(instructions_)(moved(row.data()), step, rounded.data());
      write(rounded, bytes + (place - first) * bytes_at_once);
      sums_[at] = static_cast<std::int32_t>(sums.whole);
      offsets_.data()[place] = static_cast<float>(step * step * sums.squares / 2 * (1 - 10 * 0x1p-24));
      const double rounding = std::sqrt(sums.residual) * (1 + static_cast<double>(dimensions_) * 0x1p-52) +
                              0x1p-51 * (step * std::sqrt(sums.squares) + std::sqrt(sums.residual));
      roundings_[at] = static_cast<float>(rounding * (1 + 0x1p-20));
      widest = std::max(widest, roundings_[at]);
    }
    widest_roundings_[static_cast<std::size_t>(number)] = widest * (1 + 0x1p-20F);
    std::fill(offsets_.data() + last, offsets_.data() + first + panel_points,
              std::numeric_limits<float>::infinity());
  }

  void write(const std::vector<std::int32_t>& rounded, std::int8_t* to) const {
    const std::int32_t* from = rounded.data();
    for (Eigen::Index group = 0; group < groups_; ++group, to += panel_points * bytes_at_once)
      for (Eigen::Index i = 0; i < bytes_at_once; ++i) to[i] = static_cast<std::int8_t>(*from++);
  }

  const std::int8_t* panel(Eigen::Index number) const noexcept {
    return reinterpret_cast<const std::int8_t*>(bytes_.data() + number * panel_points * groups_);
  }

  base::instruction_set instructions_;
  Eigen::Index size_, dimensions_, groups_, panels_;
  int exponent_;
  std::vector<double> origin_;
  std::vector<std::uint32_t> rows_;  ///< of each place
  std::vector<double> steps_;        ///< of each panel
  std::vector<float> roundings_, widest_roundings_;
  std::vector<std::int32_t> sums_;
  base::float_buffer offsets_;  ///< beyond the last point: infinity
  base::float_buffer bytes_;    ///< four in the room of a float
};

}  // namespace detail::search
}  // namespace NNGS_VERSION_NAMESPACE
}  // namespace nngs

#endif
