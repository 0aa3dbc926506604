// SPDX-License-Identifier: MIT
#ifndef NNGS_DETAIL_SEARCH_SCREEN_ERROR_HPP
#define NNGS_DETAIL_SEARCH_SCREEN_ERROR_HPP

#include <Eigen/Core>
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>

#include "nngs/version.hpp"

// How wrong a screened score can be. Every search by products asks two questions of it: what is the least,
// and what the most, that a score can stand for?
//
// A larger score is nearer. The score stands for
//
//   distance        t = x.y - (|x|^2 + |y|^2) / 2 = -|x - y|^2 / 2
//   inner product   t = x.y
//
// of points that were moved (distance; no distance changes), scaled by a power of two so that no score
// overflows, then rounded to float. u = 2^-24 is the rounding unit of float.
//
// How far is the computed score s of points i and j from the exact t that the reference key stands for? With
// p the packed points, h = |p|^2 / 2, c = min(d, chunk), m = ceil(d / chunk):
//   products     a sum of c products in any order, fused or not:  c u / (1 - c u) sum |p_ik p_jk|
//                and sum |p_ik p_jk| <= |p_i| |p_j| <= h_i + h_j
//   adding up    m sums, h_i and h_j, partial results of at most 2 (h_i + h_j): (2 m + 3) u (h_i + h_j)
//   rounding     |p - x| <= u |x| for each coordinate, so |p_i - p_j| is off by u (|p_i| + |p_j|), and half
//                its square by 4 u (h_i + h_j)
//   reference    itself summed in double: 2 (d + 4) 2^-53 (h_i + h_j)
//   underflow    each of the d products and packed coordinates: 2^-126 even where the processor flushes
//                subnormal numbers to zero, and what vanishes from the reference key
// Together |s - t| <= f (h_i + h_j) + a, f some (min(d, chunk) + 2 d / chunk + 10) u; for the inner product
// nothing but products enters, so |s - t| <= f |p_i| |p_j| + a. A bound with all points at once would be that
// of the farthest, so one outlier would spoil all scores:
//
//   distance        |p_j| <= |p_i| + sqrt(-2 t) gives h_j <= 2 h_i - 2 t, so |s - t| <= f (3 h_i - 2 t) + a,
//   and
//                   with t >= s - |s - t| it is at most e - g s, e = (3 f h_i + a) / (1 - 2 f), g = 2 f / (1
//                   - 2 f): a bound that does not ask for j, and with which least and most grow with s.
//   inner product   each point gets one coordinate more, sqrt(1.3 f) |p|. Now no score is less than t - a,
//                   whichever the other point (1.3 f > f (1 + 1.3 f) for f <= 0.1), nor more than
//                   t + 2.5 f |p_i| |p_j| + a.

namespace nngs {
inline namespace NNGS_VERSION_NAMESPACE {
namespace detail::search {

/// What scores stand for.
enum class product_form { distance, inner_product };

/// Coordinates are summed in chunks: few enough for a small error and two panels in the first cache, enough
/// to be worth adding a tile to memory.
inline constexpr Eigen::Index product_chunk = 64;

/// What the scores of one point stand for.
class score_bound {
 public:
  /// `offset` + `slope` times the score is the error to either side; `weight` times the weight of the other
  /// point is added below.
  score_bound(double offset, double slope, double weight, const float* weights, float heaviest) noexcept
      : offset_(offset), slope_(slope), weight_(weight), weights_(weights), heaviest_(heaviest) {}

  /// The least that the score of this other point can stand for. Grows with the score.
  double least(float score, std::uint32_t point) const noexcept {
    const double own = weight_ > 0 ? weight_ * double{weights_[point]} : 0;
    return double{score} * (1 + slope_) - offset_ - own;
  }
  /// Whether `least` is the same for every other point.
  bool same_for_all() const noexcept { return weight_ <= 0; }

  /// The most that this score, or any smaller one, can stand for.
  double most(double score) const noexcept { return score * (1 - slope_) + offset_; }

  /// The least score that can stand for so much: what scores below is certainly farther.
  float accept(double exact) const noexcept {
    const double limit = (exact - offset_) / (1 - slope_);
    if (!(limit >= -double{std::numeric_limits<float>::max()})) return std::numeric_limits<float>::lowest();
    return std::nextafter(static_cast<float>(limit), std::numeric_limits<float>::lowest());
  }
  /// A score that stands for more, whichever the other point: what exceeds it is certainly nearer.
  float certain(double exact) const noexcept {
    const double limit = (exact + offset_ + weight_ * double{heaviest_}) / (1 + slope_);
    if (!(limit <= double{std::numeric_limits<float>::max()})) return std::numeric_limits<float>::infinity();
    return std::nextafter(static_cast<float>(limit), std::numeric_limits<float>::infinity());
  }

 private:
  double offset_, slope_, weight_;
  const float* weights_;
  float heaviest_;
};

/// The errors of all scores of one screen.
class score_errors {
 public:
  /// Of points of `coordinates` packed coordinates, scaled by 2^-exponent.
  score_errors(product_form form, Eigen::Index coordinates, int exponent) noexcept : form_(form) {
    const auto d = static_cast<double>(coordinates);
    const auto c = static_cast<double>(std::min(coordinates, product_chunk));
    const double m = std::ceil(d / static_cast<double>(product_chunk));
    const double f = (c + 2 * m + 10) * 0x1p-24 + 2 * (d + 4) * 0x1p-53;
    relative_ = f * 1.01 / (1 - f);  // terms of second order, and the rounding of the weights
    absolute_ = (16 * d + 16) * 0x1p-126 + std::ldexp(d, -1022 - 2 * exponent);
    if (relative_ > 0.1) {  // some ten million coordinates: nothing can be told from such sums
      relative_ = 0.1;
      absolute_ = std::numeric_limits<double>::infinity();
    }
  }

  /// What a point's errors grow with, by the sum of the squares of its packed coordinates: h for distances,
  /// |p| for inner products.
  float weight(double squares) const noexcept {
    return static_cast<float>(form_ == product_form::distance ? squares / 2 : std::sqrt(squares));
  }

  /// For inner products, what becomes a coordinate when multiplied by |p|.
  double lift() const noexcept { return std::sqrt(1.3 * relative_); }

  /// Of a point of this weight. `weights`: of all points, the largest being `heaviest`; they have to live as
  /// long.
  score_bound of(float weight, const float* weights, float heaviest) const noexcept {
    if (form_ == product_form::inner_product)
      return {absolute_, 0, 2.5 * relative_ * double{weight}, weights, heaviest};
    const double slope = 2 * relative_ / (1 - 2 * relative_);
    return {(3 * relative_ * double{weight} + absolute_) * (1 + slope), slope, 0, weights,
            heaviest};  // 1 / (1 - 2 f) = 1 + g
  }

 private:
  product_form form_;
  double relative_, absolute_;
};

/// Of two sums of `dimensions` squared differences in double, each in any order: they are in the order of the
/// reference if the larger exceeds the smaller by more than this. Either sum is within (d + 3) units of the
/// exact one, as the reference is, and loses as much below the normal range.
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
