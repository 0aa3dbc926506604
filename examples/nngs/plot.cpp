// SPDX-License-Identifier: MIT
#include "plot.hpp"

#include <algorithm>
#include <cmath>
#include <iomanip>
#include <sstream>
#include <string>
#include <vector>

namespace program {
namespace {

/// At most some 300 points, evenly spread over the width: more cannot be seen and make a large file.
std::vector<curve_point> drawn_points(const std::vector<curve_point>& all, plot_axis axis) {
  constexpr double most = 300;
  const auto along = [axis](const curve_point& point) {
    const auto k = static_cast<double>(point.observed.k);
    return axis == plot_axis::linear ? k : std::log(k);
  };
  const double step = (along(all.back()) - along(all.front())) / most;
  std::vector<curve_point> drawn;
  for (const curve_point& point : all)
    if (drawn.empty() || along(point) - along(drawn.back()) >= step) drawn.push_back(point);
  if (drawn.back().observed.k != all.back().observed.k) drawn.push_back(all.back());
  return drawn;
}

double bounded(double value) { return std::clamp(value, 0.0, 1.0); }

/// A line a point: k, score, its interval, chance, its band, adjusted score.
void write_data(std::ostream& out, const std::vector<curve_point>& points) {
  out << "$curve << end_of_data\n" << std::setprecision(6);
  for (const curve_point& point : points)
    out << point.observed.k << ' ' << point.observed.jaccard << ' ' << point.sampled.lower << ' '
        << point.sampled.upper << ' ' << point.expected.jaccard << ' '
        << bounded(point.expected.jaccard - 2 * point.jaccard_sd) << ' '
        << bounded(point.expected.jaccard + 2 * point.jaccard_sd) << ' ' << point.adjusted << '\n';
  out << "end_of_data\n";
}

constexpr const char* frame =
    "set terminal svg size 600,400 font 'Helvetica,Arial,sans-serif,14' background rgb 'white'\n"
    "set encoding utf8\n"
    "set border 3 linewidth 0.8\n"
    "set tics out nomirror scale 0.7\n"
    "set xlabel 'neighbours k'\n"
    "set key outside top center horizontal samplen 2 height 0.5\n";

}  // namespace

std::string plot_commands(const judged_curve& curve, plot_axis axis) {
  const std::vector<curve_point> points = drawn_points(curve.points, axis);
  const bool below_zero = curve.chance && std::any_of(points.begin(), points.end(),
                                                      [](const auto& point) { return point.adjusted < 0; });
  std::ostringstream out;
  out << frame;
  write_data(out, points);
  if (axis == plot_axis::logarithmic) out << "set logscale x\n";
  out << "set xrange [" << points.front().observed.k << ':' << points.back().observed.k << "]\n"
      << "set yrange [" << (below_zero ? "*" : "0") << ":1]\n";
  const std::string marks = points.size() <= 30 ? "linespoints pointtype 7 pointsize 0.5" : "lines";
  std::string layers;
  const auto add = [&layers](const std::string& words) {
    layers += (layers.empty() ? "plot $curve using " : ", \\\n  $curve using ") + words;
  };
  if (curve.z) add("1:6:7 with filledcurves fillcolor '#d0d0d0' title 'chance ± 2 sd'");
  if (curve.sampled) add("1:3:4 with filledcurves fillcolor '#b9d9ec' title '95 % interval'");
  if (curve.chance) {
    add("1:5 with lines linewidth 1.5 dashtype 2 linecolor '#555555' title 'chance'");
    add("1:8 with " + marks + " linewidth 1.5 linecolor '#d55e00' title 'adjusted'");
  }
  add("1:2 with " + marks + " linewidth 2.2 linecolor '#0072b2' title 'NNGS'");
  out << layers << '\n';
  return out.str();
}

}  // namespace program
