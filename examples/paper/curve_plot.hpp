// SPDX-License-Identifier: MIT
#ifndef NNGS_EXAMPLES_PAPER_CURVE_PLOT_HPP
#define NNGS_EXAMPLES_PAPER_CURVE_PLOT_HPP

#include <string>
#include <utility>
#include <vector>

namespace paper {

enum class curve_look { line, dashes, dots, dash_dots, points };

/// One curve of a plot, or one cloud of points.
struct plotted_curve {
  std::string name;                 // in the legend; none = not there
  std::string colour;               // #rrggbb
  std::vector<double> x, y;         // a line breaks where x is not finite
  std::vector<double> spread = {};  // a band of this half width around the curve, when given
  curve_look look = curve_look::line;
};

struct curve_plot {
  std::string title, x_label, y_label;
  std::pair<double, double> x_range, y_range;
  std::vector<plotted_curve> curves;
  bool same_scale = false;  // of both axes, for maps of points
};

/// Colours that everybody can tell apart (Okabe & Ito), in the order of use.
inline constexpr const char* blue = "#0072b2";
inline constexpr const char* orange = "#d55e00";
inline constexpr const char* green = "#009e73";
inline constexpr const char* grey = "#555555";

/// Colour i of `count` that run from dark to light, for curves in an order.
std::string ramp_colour(std::size_t i, std::size_t count);

/// A dashed horizontal line over the whole width.
plotted_curve level_line(const curve_plot& plot, const std::string& name, const std::string& colour,
                         double y);

/// gnuplot's commands for an SVG picture with the legend outside on the right.
std::string plot_commands(const curve_plot& plot);

}  // namespace paper

#endif
