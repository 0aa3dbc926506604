// SPDX-License-Identifier: MIT
#ifndef NNGS_DETAIL_SEARCH_SCREEN_HPP
#define NNGS_DETAIL_SEARCH_SCREEN_HPP

#include <Eigen/Core>
#include <algorithm>
#include <cmath>
#include <concepts>
#include <limits>

#include "nngs/detail/base/blocks.hpp"
#include "nngs/detail/base/instruction_set.hpp"
#include "nngs/detail/search/kernels.hpp"
#include "nngs/detail/search/packing.hpp"
#include "nngs/executor.hpp"
#include "nngs/metric.hpp"
#include "nngs/points.hpp"
#include "nngs/version.hpp"

// Scores of pairs of points from float products, and how wrong they can be. A larger score is nearer:
//
//   euclidean       t = x.y - (|x|^2 + |y|^2) / 2 = -|x - y|^2 / 2
//   inner product   t = x.y
//
// The points are moved by about their mean (euclidean; no distance changes) and scaled by a power of two, so
// that no coordinate exceeds 2, then rounded to float. u = 2^-24 is the rounding unit of float.
//
// How far is the computed score s of points i and j from the exact t that the reference key stands for? With
// p the packed points, h = |p|^2 / 2, c = min(d, chunk), m = ceil(d / chunk):
//   products     a sum of c products in any order, fused or not:  c u / (1 - c u) sum |p_ik p_jk|
//                and sum |p_ik p_jk| <= h_i + h_j
//   adding up    m sums, h_i and h_j, partial results of at most 2 (h_i + h_j): (2 m + 3) u (h_i + h_j)
//   rounding     |p - x| <= u |x| for each coordinate, so |p_i - p_j| is off by u (|p_i| + |p_j|), and half
//                its square by 4 u (h_i + h_j)
//   reference    itself summed in double: 2 (d + 4) 2^-53 (h_i + h_j)
//   underflow    each of the d products and packed coordinates: 2^-126 even where the processor flushes
//                subnormal numbers to zero, and what vanishes from the reference key
// Together |s - t| <= E_ij = f (h_i + h_j) + a, f some (min(d, chunk) + 2 d / chunk + 10) u. (The inner
// product has the same bound, as sum |p_ik p_jk| does.) To bound it without h_j: |p_j| <= |p_i| + sqrt(-2 t)
// gives h_j <= 2 h_i - 2 t, so E <= f (3 h_i - 2 t) + a, and from t >= s - E
//   E <= e_i - g s,   e_i = (3 f h_i + a) / (1 - 2 f),   g = 2 f / (1 - 2 f):
// a bound that an outlier elsewhere does not spoil, and with which s - E and s + E both grow with s. For the
// inner product g = 0 and e_i = f (h_i + max h) + a.

namespace nngs {
inline namespace NNGS_VERSION_NAMESPACE {
namespace detail::search {

template <class Metric>
concept product_metric = std::same_as<Metric, euclidean> || std::same_as<Metric, inner_product>;

/// The error of a point's scores, e - g score, whichever the other point.
struct score_bound {
  double e, g;

  /// When enough points score `worst` or more: what a point must score to be among the nearest.
  float accept(double worst) const noexcept {
    const double limit = (worst * (1 + g) - 2 * e) / (1 - g);
    if (limit < -double{std::numeric_limits<float>::max()}) return std::numeric_limits<float>::lowest();
    return std::nextafter(static_cast<float>(limit), std::numeric_limits<float>::lowest());
  }

  /// What scores more than this is nearer than whatever scores `best` or less.
  float certain(double best) const noexcept {
    const double limit = (best * (1 - g) + 2 * e) / (1 + g);
    if (limit > double{std::numeric_limits<float>::max()}) return std::numeric_limits<float>::infinity();
    return std::nextafter(static_cast<float>(limit), std::numeric_limits<float>::infinity());
  }
};

/// Coordinates are summed in chunks: few enough for a small error and two panels in the first cache, enough
/// to be worth adding a tile to memory.
inline constexpr Eigen::Index product_chunk = 64;

class product_screen {
 public:
  /// Memory: 4 n d bytes. The points must have passed check_key_range.
  template <class Scalar, product_metric Metric, executor Executor>
  product_screen(const points<Scalar>& values, const Metric&, base::instruction_set instructions,
                 const Executor& execute)
      : instructions_(instructions),
        tile_(tile_functions_for(instructions)),
        size_(values.rows()),
        dimensions_(values.cols()),
        panels_((size_ + panel_points - 1) / panel_points),
        packed_(panel_points * dimensions_, panels_),
        half_norms_(panels_ * panel_points),
        offsets_(panels_ * panel_points) {
    constexpr bool distances = std::same_as<Metric, euclidean>;
    const Eigen::RowVectorXd origin =
        distances ? about_mean(values) : Eigen::RowVectorXd::Zero(dimensions_).eval();
    const double largest = 2 * largest_magnitude(values);  // of a difference to the origin
    const int exponent = largest > 0 ? std::ilogb(largest) : 0;
    const double scale = std::ldexp(1.0, -exponent);
    const Eigen::Index per_block = std::max<Eigen::Index>(1, (1 << 18) / (panel_points * dimensions_));
    const pack_function<Scalar> pack_panel = pack_function_for<Scalar>(instructions);
    base::for_each_block(execute, panels_, per_block, [&](Eigen::Index first, Eigen::Index last) {
      for (Eigen::Index panel = first; panel < last; ++panel) pack(values, pack_panel, origin, scale, panel);
    });
    set_bounds(distances, exponent);
  }

  Eigen::Index size() const noexcept { return size_; }
  Eigen::Index dimensions() const noexcept { return dimensions_; }
  Eigen::Index panels() const noexcept { return panels_; }
  const float* panel(Eigen::Index number) const noexcept { return packed_.col(number).data(); }
  /// What is taken off the products of a panel's points: half their squared norms, or nothing.
  const float* offsets(Eigen::Index number) const noexcept { return offsets_.data() + number * panel_points; }
  const tile_functions& tile() const noexcept { return tile_; }
  base::instruction_set instructions() const noexcept { return instructions_; }

  float half_norm(Eigen::Index point) const noexcept { return half_norms_.data()[point]; }
  float largest_half_norm() const noexcept { return largest_half_norm_; }
  /// E of two points with these half norms, or of any with smaller.
  double error(float h_i, float h_j) const noexcept {
    return relative_ * (double{h_i} + double{h_j}) + absolute_;
  }
  score_bound bound(Eigen::Index i) const noexcept {
    if (slope_ == 0) return {error(half_norm(i), largest_half_norm_), 0};
    return {(relative_ * 3 * double{half_norm(i)} + absolute_) * (1 + slope_),
            slope_};  // 1 / (1 - 2 f) = 1 + g
  }

  /// Scores of a panel of points with `columns` (a multiple of 8) points packed alike, themselves given by
  /// their offsets: score(row, column) is at [column * stride + row]. Beyond the last point: -infinity.
  void score(Eigen::Index rows, const float* columns, const float* offsets_of_columns, int column_count,
             float* scores, Eigen::Index stride) const {
    tile_operands tile{panel(rows), columns, column_count, scores, stride};
    const Eigen::Index first = std::min(product_chunk, dimensions_);
    tile_.set_products(tile, first, offsets(rows), offsets_of_columns);
    for (Eigen::Index j = first; j < dimensions_; j += product_chunk) {
      tile.rows = panel(rows) + j * panel_points;
      tile.columns = columns + j * panel_points;
      tile_.add_products(tile, std::min(product_chunk, dimensions_ - j));
    }
  }

 private:
  /// The mean of some rows: any origin is right, a near one makes the error small.
  template <class Scalar>
  static Eigen::RowVectorXd about_mean(const points<Scalar>& values) {
    const Eigen::Index step = 1 + (values.rows() - 1) / 64;
    Eigen::RowVectorXd sum = Eigen::RowVectorXd::Zero(values.cols());
    Eigen::Index count = 0;
    for (Eigen::Index row = 0; row < values.rows(); row += step, ++count)
      sum += values.row(row).template cast<double>();
    return sum / static_cast<double>(count);
  }

  template <class Scalar>
  void pack(const points<Scalar>& values, pack_function<Scalar> pack_panel, const Eigen::RowVectorXd& origin,
            double scale, Eigen::Index panel) {
    const Eigen::Index first = panel * panel_points;
    panel_source<Scalar> from{{},
                              static_cast<int>(std::min<Eigen::Index>(panel_points, size_ - first)),
                              dimensions_,
                              origin.data(),
                              scale};
    for (int point = 0; point < from.count; ++point) from.rows[point] = &values.coeffRef(first + point, 0);
    if (from.count < panel_points) packed_.col(panel).setZero();
    double squares[panel_points] = {};
    pack_panel(from, packed_.col(panel).data(), squares);
    for (int point = 0; point < panel_points; ++point)
      half_norms_[first + point] = point < from.count ? static_cast<float>(squares[point] / 2)
                                                      : std::numeric_limits<float>::infinity();
  }

  void set_bounds(bool distances, int exponent) {
    const auto d = static_cast<double>(dimensions_);
    const auto c = static_cast<double>(std::min(dimensions_, product_chunk));
    const double m = std::ceil(d / static_cast<double>(product_chunk));
    const double f = (c + 2 * m + 10) * 0x1p-24 + 2 * (d + 4) * 0x1p-53;
    relative_ = f * 1.01 / (1 - f);  // terms of second order, and the rounding of h itself
    absolute_ = (16 * d + 16) * 0x1p-126 + std::ldexp(d, -1022 - 2 * exponent);
    largest_half_norm_ = half_norms_.head(size_).maxCoeff();
    offsets_ = half_norms_;
    if (relative_ > 0.1) {  // hundreds of millions of coordinates: nothing can be told from such sums
      absolute_ = std::numeric_limits<double>::infinity();
      return;
    }
    if (distances)
      slope_ = 2 * relative_ / (1 - 2 * relative_);
    else
      offsets_.head(size_).setZero();
  }

  base::instruction_set instructions_;
  tile_functions tile_;
  Eigen::Index size_, dimensions_, panels_;
  Eigen::MatrixXf packed_;
  Eigen::VectorXf half_norms_, offsets_;  // beyond the last point: infinity
  double relative_ = 0, absolute_ = 0, slope_ = 0;
  float largest_half_norm_ = 0;
};

}  // namespace detail::search
}  // namespace NNGS_VERSION_NAMESPACE
}  // namespace nngs

#endif
