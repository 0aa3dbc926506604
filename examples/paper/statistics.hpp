// SPDX-License-Identifier: MIT
#ifndef NNGS_EXAMPLES_PAPER_STATISTICS_HPP
#define NNGS_EXAMPLES_PAPER_STATISTICS_HPP

#include <Eigen/Core>

namespace paper {

struct mean_sd {
  double mean, sd;
};

/// Mean and sample standard deviation, which of a single value is 0.
mean_sd describe(const Eigen::VectorXd& values);

}  // namespace paper

#endif
