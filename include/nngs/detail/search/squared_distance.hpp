// SPDX-License-Identifier: MIT
#ifndef NNGS_DETAIL_SEARCH_SQUARED_DISTANCE_HPP
#define NNGS_DETAIL_SEARCH_SQUARED_DISTANCE_HPP

#include <Eigen/Core>
#include <cstring>

#include "nngs/detail/base/compiled.hpp"
#include "nngs/detail/base/vectors.hpp"
#include "nngs/version.hpp"

// The squared distance of two points in double, several coordinates side by side: as exact as the reference
// key, but rounded in another order (squares_apart in screen_error.hpp).

namespace nngs {
inline namespace NNGS_VERSION_NAMESPACE {
namespace detail::search {

/// Of two points, each of some scalar.
using squared_distance_function = double(const void* one, const void* other, Eigen::Index dimensions);

template <class One, class Other>
struct squared_distance {
  using signature = squared_distance_function;
  template <class Vectors>
  [[gnu::always_inline]] static double run(const void* one, const void* other, Eigen::Index dimensions) {
    using doubles = typename Vectors::doubles;
    constexpr Eigen::Index width = sizeof(doubles) / sizeof(double);
    const auto* const a = static_cast<const One*>(one);
    const auto* const b = static_cast<const Other*>(other);
    doubles sums[4] = {};
    Eigen::Index j = 0;
    for (; j + 4 * width <= dimensions; j += 4 * width) {
#pragma GCC unroll 4
      for (int i = 0; i < 4; ++i) {
        doubles x, y;
        base::load<Vectors>(a + j + i * width, x);
        base::load<Vectors>(b + j + i * width, y);
        x -= y;
        sums[i] += x * x;
      }
    }
    const doubles sum = (sums[0] + sums[1]) + (sums[2] + sums[3]);
    double total = 0;
    for (; j < dimensions; ++j) {
      const double difference = static_cast<double>(a[j]) - static_cast<double>(b[j]);
      total += difference * difference;
    }
    for (Eigen::Index i = 0; i < width; ++i) total += sum[i];
    return total;
  }
};

/// Of two points of floats, summed in float, several coordinates side by side. Each sum in a lane has
/// d / 16 terms or fewer, and what is left over at the end 63 or fewer.
struct squared_distance_in_float {
  using signature = squared_distance_function;
  template <class Vectors>
  [[gnu::always_inline]] static double run(const void* one, const void* other, Eigen::Index dimensions) {
    using floats = typename Vectors::floats;
    constexpr Eigen::Index width = sizeof(floats) / sizeof(float);
    const auto* const a = static_cast<const float*>(one);
    const auto* const b = static_cast<const float*>(other);
    floats sums[4] = {};
    Eigen::Index j = 0;
    for (; j + 4 * width <= dimensions; j += 4 * width) {
#pragma GCC unroll 4
      for (int i = 0; i < 4; ++i) {
        floats x, y;
        std::memcpy(&x, a + j + i * width, sizeof(x));
        std::memcpy(&y, b + j + i * width, sizeof(y));
        x -= y;
        sums[i] += x * x;
      }
    }
    for (; j + width <= dimensions; j += width) {
      floats x, y;
      std::memcpy(&x, a + j, sizeof(x));
      std::memcpy(&y, b + j, sizeof(y));
      x -= y;
      sums[0] += x * x;
    }
    const floats sum = (sums[0] + sums[1]) + (sums[2] + sums[3]);
    float total = 0;
    for (; j < dimensions; ++j) total += (a[j] - b[j]) * (a[j] - b[j]);
    float lanes[sizeof(floats) / sizeof(float)];
    std::memcpy(lanes, &sum, sizeof(sum));
    for (Eigen::Index half = width / 2; half > 0; half /= 2)
      for (Eigen::Index i = 0; i < half; ++i) lanes[i] += lanes[i + half];
    return double{total + lanes[0]};
  }
};

}  // namespace detail::search
}  // namespace NNGS_VERSION_NAMESPACE
}  // namespace nngs

#endif
