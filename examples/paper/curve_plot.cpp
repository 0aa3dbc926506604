// SPDX-License-Identifier: MIT
#include "curve_plot.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <iomanip>
#include <sstream>

namespace paper {
namespace {

/// A line a point: x, y, lower and upper end of the band.
void write_data(std::ostream& out, const plotted_curve& curve, std::size_t number) {
  out << "$curve" << number << " << end_of_data\n" << std::setprecision(5);
  for (std::size_t i = 0; i < curve.x.size(); ++i) {
    if (!std::isfinite(curve.x[i])) {
      out << '\n';
      continue;
    }
    const double spread = curve.spread.empty() ? 0 : curve.spread[i];
    out << curve.x[i] << ' ' << curve.y[i] << ' ' << curve.y[i] - spread << ' ' << curve.y[i] + spread
        << '\n';
  }
  out << "end_of_data\n";
}

std::string look_of(const plotted_curve& curve) {
  const std::string colour = "linecolor rgb '" + curve.colour + "'";
  switch (curve.look) {
    case curve_look::points:
      return "points pointtype 7 pointsize 0.35 " + colour;
    case curve_look::dashes:
      return "lines linewidth 1.6 dashtype 2 " + colour;
    case curve_look::dots:
      return "lines linewidth 1.6 dashtype 3 " + colour;
    case curve_look::dash_dots:
      return "lines linewidth 1.6 dashtype 4 " + colour;
    case curve_look::line:
      break;
  }
  return "lines linewidth 1.8 " + colour;
}

std::string range(const std::pair<double, double>& ends) {
  std::ostringstream text;
  text << '[' << ends.first << ':' << ends.second << ']';
  return text.str();
}

}  // namespace

std::string ramp_colour(std::size_t i, std::size_t count) {
  // Seven steps of the viridis map, without its palest yellow.
  constexpr std::array<const char*, 7> steps{"#440154", "#46327e", "#365c8d", "#277f8e",
                                             "#1fa187", "#4ac16d", "#a0da39"};
  return steps[count < 2 ? 0 : i * (steps.size() - 1) / (count - 1)];
}

plotted_curve level_line(const curve_plot& plot, const std::string& name, const std::string& colour,
                         double y) {
  return {name, colour, {plot.x_range.first, plot.x_range.second}, {y, y}, {}, curve_look::dashes};
}

std::string plot_commands(const curve_plot& plot) {
  std::ostringstream out;
  // The legend has one column: a plot with many curves is as high as that needs.
  const std::size_t height =
      plot.same_scale ? 330 : std::max<std::size_t>(360, 160 + 22 * plot.curves.size());
  out << "set terminal svg noenhanced size " << (plot.same_scale ? 640 : 760) << ',' << height
      << " font 'Helvetica,Arial,sans-serif,14' background rgb 'white'\n"
      << "set encoding utf8\n"
         "set border 3 linewidth 0.8\n"
         "set tics out nomirror scale 0.7\n"
         "set grid linecolor rgb '#e4e4e4' linewidth 0.6\n"
         "set key outside right center vertical Left reverse samplen 1.8\n"
      << "set title '" << plot.title << "'\n"
      << "set xlabel '" << plot.x_label << "'\nset ylabel '" << plot.y_label << "'\n"
      << "set xrange " << range(plot.x_range) << "\nset yrange " << range(plot.y_range) << '\n';
  if (plot.same_scale) out << "set size ratio -1\n";
  for (std::size_t i = 0; i < plot.curves.size(); ++i) write_data(out, plot.curves[i], i);

  std::string separator = "plot ";
  const auto part = [&](const std::string& text) {
    out << separator << text;
    separator = ", \\\n  ";
  };
  for (std::size_t i = 0; i < plot.curves.size(); ++i)
    if (!plot.curves[i].spread.empty())
      part("$curve" + std::to_string(i) + " using 1:3:4 with filledcurves fillcolor rgb '" +
           plot.curves[i].colour + "' fillstyle transparent solid 0.2 noborder notitle");
  for (std::size_t i = 0; i < plot.curves.size(); ++i) {
    const plotted_curve& curve = plot.curves[i];
    part("$curve" + std::to_string(i) + " using 1:2 with " + look_of(curve) +
         (curve.name.empty() ? " notitle" : " title '" + curve.name + "'"));
  }
  out << '\n';
  return out.str();
}

}  // namespace paper
