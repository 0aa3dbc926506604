// SPDX-License-Identifier: MIT
#ifndef NNGS_EXAMPLES_HEAT_MAP_HPP
#define NNGS_EXAMPLES_HEAT_MAP_HPP

#include <Eigen/Core>
#include <string>
#include <vector>

namespace program {

/// A matrix to draw: a cell for each value, none for NaN.
struct heat_map {
  std::string title;
  std::vector<std::string> rows, columns;  // labels, UTF-8
  Eigen::MatrixXd values;
  bool square;     // rows and columns are the same: the diagonal does not count for the range of colours
  bool up_to_one;  // a score of at most 1; else of any size, shown in whole numbers
};

/// Commands for gnuplot, data included, that draw it as SVG on standard output. Cells have numbers in them
/// while they are large enough.
std::string heat_map_commands(const heat_map& map);

}  // namespace program

#endif
