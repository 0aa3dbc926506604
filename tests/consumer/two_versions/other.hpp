// SPDX-License-Identifier: MIT
#ifndef NNGS_TESTS_TWO_VERSIONS_OTHER_HPP
#define NNGS_TESTS_TWO_VERSIONS_OTHER_HPP

#include <Eigen/Core>

/// What the other translation unit has of the library.
struct seen {
  int patch;
  double score;
  double (*function)(Eigen::Index, Eigen::Index) noexcept;  // the same in both, should the linker merge them
};

seen see_other_version(const Eigen::MatrixXd& x, const Eigen::MatrixXd& y);

#endif
