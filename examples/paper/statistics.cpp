// SPDX-License-Identifier: MIT
#include "statistics.hpp"

#include <cmath>

namespace paper {

mean_sd describe(const Eigen::VectorXd& values) {
  const double mean = values.mean();
  if (values.size() < 2) return {mean, 0};
  const double squares = (values.array() - mean).square().sum();
  return {mean, std::sqrt(squares / static_cast<double>(values.size() - 1))};
}

}  // namespace paper
