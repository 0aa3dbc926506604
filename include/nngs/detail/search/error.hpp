// SPDX-License-Identifier: MIT
#ifndef NNGS_DETAIL_SEARCH_ERROR_HPP
#define NNGS_DETAIL_SEARCH_ERROR_HPP

#include <Eigen/Core>
#include <algorithm>
#include <cmath>
#include <limits>

#include "nngs/version.hpp"

// How wrong a screened score can be, and so the three questions of every search by products: may this point
// be among the nearest (accept), is it certainly nearer than the boundary (certain), and are these two in
// order as far as the reference is concerned (apart)?
//
// A larger score is nearer. The score stands for
//
//   distance        t = x.y - (|x|^2 + |y|^2) / 2 = -|x - y|^2 / 2
//   inner product   t = x.y
//
// of points that were moved (distance; no distance changes), scaled by a power of two so that no coordinate
// exceeds 2, then rounded to float. u = 2^-24 is the rounding unit of float.
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

/// What scores stand for.
enum class product_form { distance, inner_product };

/// Coordinates are summed in chunks: few enough for a small error and two panels in the first cache, enough
/// to be worth adding a tile to memory.
inline constexpr Eigen::Index product_chunk = 64;

/// The error of one point's scores, e - g score, whichever the other point.
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

/// The errors of all scores of one screen, by half the squared norms of its points.
class score_errors {
 public:
  /// Of the scores of no points.
  score_errors() = default;
  /// `exponent`: the points were scaled by 2^-exponent. `largest`: of all half norms.
  score_errors(product_form form, Eigen::Index dimensions, int exponent, float largest) : largest_(largest) {
    const auto d = static_cast<double>(dimensions);
    const auto c = static_cast<double>(std::min(dimensions, product_chunk));
    const double m = std::ceil(d / static_cast<double>(product_chunk));
    const double f = (c + 2 * m + 10) * 0x1p-24 + 2 * (d + 4) * 0x1p-53;
    relative_ = f * 1.01 / (1 - f);  // terms of second order, and the rounding of h itself
    absolute_ = (16 * d + 16) * 0x1p-126 + std::ldexp(d, -1022 - 2 * exponent);
    if (relative_ > 0.1)  // hundreds of millions of coordinates: nothing can be told from such sums
      absolute_ = std::numeric_limits<double>::infinity();
    else if (form == product_form::distance)
      slope_ = 2 * relative_ / (1 - 2 * relative_);
  }

  /// E of two points with these half norms, or of any with smaller.
  double between(float h_i, float h_j) const noexcept {
    return relative_ * (double{h_i} + double{h_j}) + absolute_;
  }

  /// For the first two questions: the error of a point with this half norm with any other.
  score_bound of(float h_i) const noexcept {
    if (slope_ <= 0) return {between(h_i, largest_), 0};
    return {(relative_ * 3 * double{h_i} + absolute_) * (1 + slope_), slope_};  // 1 / (1 - 2 f) = 1 + g
  }

  /// The third: a point's scores with two others, of half norms up to h_j, are in the order of the reference
  /// if they differ by more than this. (Rounded up: scores this far apart in float are so exactly.)
  float apart(float h_i, float h_j) const noexcept { return static_cast<float>(2.01 * between(h_i, h_j)); }

  float largest_half_norm() const noexcept { return largest_; }

 private:
  double relative_ = 0, absolute_ = 0, slope_ = 0;
  float largest_ = 0;
};

/// The third question of two sums of `dimensions` squared differences in double, each in any order: they are
/// in the order of the reference if the larger exceeds the smaller by more than this. Either sum is within
/// (d + 3) units of the exact one, as the reference is, and loses as much below the normal range.
inline double squares_apart(double larger, Eigen::Index dimensions) noexcept {
  const auto d = static_cast<double>(dimensions);
  const double relative = 4 * (d + 4) * 0x1p-53;
  const double absolute = 4 * d * std::numeric_limits<double>::min();
  return relative * larger + absolute;
}

}  // namespace detail::search
}  // namespace NNGS_VERSION_NAMESPACE
}  // namespace nngs

#endif
