// SPDX-License-Identifier: MIT
#ifndef NNGS_EXAMPLES_PAPER_NUMPY_RANDOM_HPP
#define NNGS_EXAMPLES_PAPER_NUMPY_RANDOM_HPP

#include <Eigen/Core>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <nngs/points.hpp>
#include <numeric>
#include <random>
#include <utility>
#include <vector>

namespace paper {

/// The random numbers of numpy's `RandomState(seed)`, in which the paper's experiments are written: the same
/// seed gives the same numbers, as far as the C library's log rounds alike.
class numpy_random {
 public:
  explicit numpy_random(std::uint32_t seed) : bits_(seed) {}

  /// `random_sample()`: in [0, 1), of 53 bits.
  double uniform() {
    const auto high = static_cast<double>(bits_() >> 5);
    const auto low = static_cast<double>(bits_() >> 6);
    return (high * 67108864.0 + low) / 9007199254740992.0;
  }
  double uniform(double low, double high) { return low + (high - low) * uniform(); }

  /// `randn()`: the polar method of Marsaglia, which makes two and keeps one for the next call.
  double normal() {
    if (cached_) {
      cached_ = false;
      return cache_;
    }
    double a = 0, b = 0, square = 0;
    do {
      a = 2 * uniform() - 1;
      b = 2 * uniform() - 1;
      square = a * a + b * b;
    } while (square >= 1 || square == 0);
    const double scale = std::sqrt(-2 * std::log(square) / square);
    cache_ = scale * a;
    cached_ = true;
    return scale * b;
  }

  /// `randn(rows, columns)`
  nngs::row_major<double> normals(Eigen::Index rows, Eigen::Index columns) {
    nngs::row_major<double> values(rows, columns);
    for (double& value : values.reshaped<Eigen::RowMajor>()) value = normal();
    return values;
  }

  /// `uniform(low, high, (rows, columns))`
  nngs::row_major<double> uniforms(double low, double high, Eigen::Index rows, Eigen::Index columns) {
    nngs::row_major<double> values(rows, columns);
    for (double& value : values.reshaped<Eigen::RowMajor>()) value = uniform(low, high);
    return values;
  }

  /// `permutation(count)`, which is also how `shuffle` orders rows.
  std::vector<Eigen::Index> permutation(Eigen::Index count) {
    std::vector<Eigen::Index> order(static_cast<std::size_t>(count));
    std::iota(order.begin(), order.end(), Eigen::Index{0});
    for (std::size_t last = order.size(); last-- > 1;)
      std::swap(order[last], order[up_to(static_cast<std::uint32_t>(last))]);
    return order;
  }

 private:
  /// Evenly from 0 .. greatest: as many bits as it has, thrown away while they are more.
  std::uint32_t up_to(std::uint32_t greatest) {
    const std::uint32_t mask = std::bit_ceil(greatest + 1) - 1;
    std::uint32_t number = 0;
    do {
      number = static_cast<std::uint32_t>(bits_()) & mask;
    } while (number > greatest);
    return number;
  }

  std::mt19937 bits_;
  bool cached_ = false;
  double cache_ = 0;
};

}  // namespace paper

#endif
