// SPDX-License-Identifier: MIT
#ifndef NNGS_EXAMPLES_SPACE_MAP_HPP
#define NNGS_EXAMPLES_SPACE_MAP_HPP

#include <Eigen/Core>
#include <string>
#include <vector>

#include "space_comparison.hpp"

namespace program {

/// The spaces as points of a plane.
struct space_map {
  Eigen::MatrixXd points;  // M x 2
  Eigen::Vector2d shares;  // of all squared distances, that each axis shows; 0 .. 1
};

/// Classical scaling (Torgerson 1952) with 1 - similarity as the squared distance. NNGS is a kernel, so that
/// no axis has a negative share: the squared distances of the points in all dimensions are 1 - NNGS exactly.
/// An axis points to where its largest coordinate is.
space_map classical_scaling(const Eigen::MatrixXd& similarities);

/// space,x,y,share_x,share_y; the shares are the same in every line.
std::string map_to_csv(const space_map& map, const std::vector<space>& spaces);

}  // namespace program

#endif
