// SPDX-License-Identifier: MIT
#ifndef NNGS_EXAMPLES_SPACE_ORDER_HPP
#define NNGS_EXAMPLES_SPACE_ORDER_HPP

#include <Eigen/Core>
#include <vector>

namespace program {

/// The spaces in an order in which those that are alike stand together: the leaves of the tree of average
/// linkage (Sokal & Michener 1958), each branch turned so that its ends lie close to those of the branch
/// beside it. `distances`: symmetric, M x M. O(M^3).
std::vector<Eigen::Index> clustered_order(const Eigen::MatrixXd& distances);

}  // namespace program

#endif
