// SPDX-License-Identifier: MIT
#ifndef NNGS_DETAIL_SEARCH_WIDE_DISTANCE_HPP
#define NNGS_DETAIL_SEARCH_WIDE_DISTANCE_HPP

#include <Eigen/Core>
#include <cstring>

#include "nngs/detail/base/instruction_set.hpp"
#include "nngs/detail/base/vectors.hpp"
#include "nngs/version.hpp"

// The squared distance of two points in double, several coordinates side by side: as exact as the reference
// key and with wider vectors, but rounded in another order. It settles what float cannot and leaves to the
// reference what is equal to 14 digits.

namespace nngs {
inline namespace NNGS_VERSION_NAMESPACE {
namespace detail::search {

template <class Scalar>
using squared_distance_function = double (*)(const double* a, const Scalar* b, Eigen::Index dimensions);

template <class Scalar>
double squared_distance_tail(const double* a, const Scalar* b, Eigen::Index begin, Eigen::Index end) {
  double sum = 0;
  for (Eigen::Index j = begin; j < end; ++j) {
    const double difference = a[j] - static_cast<double>(b[j]);
    sum += difference * difference;
  }
  return sum;
}

#ifdef __GNUC__

template <class Lanes, class Scalar>
[[gnu::always_inline]] inline double squared_distance(const double* a, const Scalar* b,
                                                      Eigen::Index dimensions) {
  using doubles = typename Lanes::doubles;
  using floats = typename Lanes::floats;
  constexpr Eigen::Index width = sizeof(doubles) / sizeof(double);
  doubles sums[4] = {};
  Eigen::Index j = 0;
  for (; j + 4 * width <= dimensions; j += 4 * width) {
#pragma GCC unroll 4
    for (int i = 0; i < 4; ++i) {
      doubles x, y;
      base::load<doubles, floats>(a + j + i * width, x);
      base::load<doubles, floats>(b + j + i * width, y);
      x -= y;
      sums[i] += x * x;
    }
  }
  const doubles sum = (sums[0] + sums[1]) + (sums[2] + sums[3]);
  double total = squared_distance_tail(a, b, j, dimensions);
  for (Eigen::Index i = 0; i < width; ++i) total += sum[i];
  return total;
}

template <class Scalar>
double squared_distance_portable(const double* a, const Scalar* b, Eigen::Index dimensions) {
  return squared_distance<base::double_lanes2>(a, b, dimensions);
}

#else

template <class Scalar>
double squared_distance_portable(const double* a, const Scalar* b, Eigen::Index dimensions) {
  return squared_distance_tail(a, b, 0, dimensions);
}

#endif

#if defined(__GNUC__) && defined(__x86_64__)

template <class Scalar>
[[gnu::target("avx2,fma")]] double squared_distance_avx2(const double* a, const Scalar* b,
                                                         Eigen::Index dimensions) {
  return squared_distance<base::double_lanes4>(a, b, dimensions);
}
template <class Scalar>
[[gnu::target("avx512f,fma")]] double squared_distance_avx512(const double* a, const Scalar* b,
                                                              Eigen::Index dimensions) {
  return squared_distance<base::double_lanes8>(a, b, dimensions);
}

#endif

template <class Scalar>
squared_distance_function<Scalar> squared_distance_for(
    [[maybe_unused]] base::instruction_set instructions) noexcept {
#if defined(__GNUC__) && defined(__x86_64__)
  if (instructions == base::instruction_set::avx512) return squared_distance_avx512<Scalar>;
  if (instructions == base::instruction_set::avx2) return squared_distance_avx2<Scalar>;
#endif
  return squared_distance_portable<Scalar>;
}

}  // namespace detail::search
}  // namespace NNGS_VERSION_NAMESPACE
}  // namespace nngs

#endif
