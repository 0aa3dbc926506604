// SPDX-License-Identifier: MIT
#include "space_map.hpp"

#include <Eigen/Eigenvalues>
#include <algorithm>
#include <cmath>
#include <cstddef>

#include "csv_text.hpp"

namespace program {

space_map classical_scaling(const Eigen::MatrixXd& similarities) {
  const Eigen::Index count = similarities.rows();
  Eigen::MatrixXd centred = similarities / 2;
  centred.rowwise() -= centred.colwise().mean().eval();
  centred.colwise() -= centred.rowwise().mean().eval();
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> axes(centred);  // ascending
  const double all = axes.eigenvalues().cwiseMax(0).sum();
  space_map map{Eigen::MatrixXd::Zero(count, 2), Eigen::Vector2d::Zero()};
  for (Eigen::Index axis = 0; axis < std::min<Eigen::Index>(2, count); ++axis) {
    const double square = std::max(0.0, axes.eigenvalues()[count - 1 - axis]);
    Eigen::VectorXd direction = axes.eigenvectors().col(count - 1 - axis);
    Eigen::Index largest = 0;
    direction.cwiseAbs().maxCoeff(&largest);
    if (direction[largest] < 0) direction = -direction;
    map.points.col(axis) = std::sqrt(square) * direction;
    map.shares[axis] = all > 0 ? square / all : 0;
  }
  return map;
}

std::string map_to_csv(const space_map& map, const std::vector<space>& spaces) {
  std::string text = "space,x,y,share_x,share_y\n";
  for (std::size_t number = 0; number < spaces.size(); ++number) {
    const auto row = static_cast<Eigen::Index>(number);
    text += csv_field(spaces[number].name);
    for (const double value : {map.points(row, 0), map.points(row, 1), map.shares[0], map.shares[1]})
      text += ',' + shortest_digits(value);
    text += '\n';
  }
  return text;
}

}  // namespace program
