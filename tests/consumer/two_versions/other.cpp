// SPDX-License-Identifier: MIT
#include "other.hpp"

#include <nngs/nngs.hpp>

seen see_other_version(const Eigen::MatrixXd& x, const Eigen::MatrixXd& y) {
  return {NNGS_VERSION_PATCH, nngs::similarity(x, y, 5, nngs::cosine{}), &nngs::jaccard};
}
