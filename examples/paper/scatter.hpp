// SPDX-License-Identifier: MIT
#ifndef NNGS_EXAMPLES_PAPER_SCATTER_HPP
#define NNGS_EXAMPLES_PAPER_SCATTER_HPP

#include <string>
#include <vector>

namespace paper {

struct scatter_point {
  double x, y;
  std::string label;  // beside the point
};

/// Commands for gnuplot that draw points with their labels, at least one, as SVG on standard output. Each
/// label stands on that side of its point where it covers least of the others.
std::string scatter_commands(const std::vector<scatter_point>& points, const std::string& x_axis,
                             const std::string& y_axis);

}  // namespace paper

#endif
