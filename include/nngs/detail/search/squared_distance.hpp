// SPDX-License-Identifier: MIT
#ifndef NNGS_DETAIL_SEARCH_SQUARED_DISTANCE_HPP
#define NNGS_DETAIL_SEARCH_SQUARED_DISTANCE_HPP

#include <Eigen/Core>

#include "nngs/detail/base/compiled.hpp"
#include "nngs/detail/base/vectors.hpp"
#include "nngs/version.hpp"

// The squared distance of two points in double, several coordinates side by side: as exact as the reference
// key, but rounded in another order (squares_apart in error.hpp).

namespace nngs {
inline namespace NNGS_VERSION_NAMESPACE {
namespace detail::search {

/// Of a point in double and one of some scalar.
using squared_distance_function = double(const double* a, const void* b, Eigen::Index dimensions);

template <class Scalar>
struct squared_distance {
  using signature = squared_distance_function;
  template <class Vectors>
  [[gnu::always_inline]] static double run(const double* a, const void* other, Eigen::Index dimensions) {
    using doubles = typename Vectors::doubles;
    constexpr Eigen::Index width = sizeof(doubles) / sizeof(double);
    const auto* const b = static_cast<const Scalar*>(other);
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
      const double difference = a[j] - static_cast<double>(b[j]);
      total += difference * difference;
    }
    for (Eigen::Index i = 0; i < width; ++i) total += sum[i];
    return total;
  }
};

}  // namespace detail::search
}  // namespace NNGS_VERSION_NAMESPACE
}  // namespace nngs

#endif
