// SPDX-License-Identifier: MIT
#include "scatter.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <iomanip>
#include <sstream>

namespace paper {
namespace {

constexpr const char* frame =
    "set encoding utf8\n"
    "set terminal svg size 600,480 noenhanced font 'Helvetica,Arial,sans-serif,14' background rgb 'white'\n"
    "set border 3 linewidth 0.8\n"
    "set tics out nomirror scale 0.7\n"
    "set lmargin 10\n"
    "set rmargin 4\n";

// The picture inside its margins, and letters, in pixels: near enough to see which labels would collide.
constexpr double width = 475, height = 385, letter_width = 6, letter_height = 12, point_size = 8;

struct axis {
  double least, greatest;
};

/// The values with some room around them; not beyond 0 and 1 where they are shares.
axis axis_of(const std::vector<scatter_point>& points, double scatter_point::*value) {
  const auto [low, high] = std::minmax_element(
      points.begin(), points.end(), [&](const auto& a, const auto& b) { return a.*value < b.*value; });
  const double least = (*low).*value, greatest = (*high).*value;
  const double room = greatest > least ? 0.06 * (greatest - least) : std::max(0.1, 0.1 * std::abs(least));
  return {least >= 0 ? std::max(0.0, least - room) : least - room,
          greatest <= 1 ? std::min(1.0, greatest + room) : greatest + room};
}

struct box {
  double left, right, bottom, top;

  bool meets(const box& other) const {
    return left < other.right && other.left < right && bottom < other.top && other.bottom < top;
  }
};

box around(double x, double y, double wide, double high) {
  return {x - wide / 2, x + wide / 2, y - high / 2, y + high / 2};
}

/// A side of the point, as a direction and as gnuplot says it.
struct side {
  double x, y;
  const char* words;
};
constexpr std::array<side, 4> sides{{{1, 0, "left offset 0.7,0"},
                                     {-1, 0, "right offset -0.7,0"},
                                     {0, 1, "center offset 0,0.7"},
                                     {0, -1, "center offset 0,-0.7"}}};

/// The side for each label, one after the other: where it meets the fewest points and labels before it, and
/// where it stays in the picture.
std::vector<side> label_sides(const std::vector<scatter_point>& points, const axis& across, const axis& up) {
  const auto place = [](double value, const axis& along, double size) {
    return (value - along.least) / (along.greatest - along.least) * size;
  };
  std::vector<box> taken;
  taken.reserve(points.size());
  for (const scatter_point& point : points)
    taken.push_back(
        around(place(point.x, across, width), place(point.y, up, height), point_size, point_size));
  std::vector<side> chosen;
  for (const scatter_point& point : points) {
    const double wide = letter_width * static_cast<double>(point.label.size());
    const auto label_at = [&](const side& where) {
      return around(place(point.x, across, width) + where.x * (point_size + wide / 2),
                    place(point.y, up, height) + where.y * (point_size + letter_height / 2), wide,
                    letter_height);
    };
    const auto collisions = [&](const side& where) {
      const box label = label_at(where);
      const bool outside = label.left < 0 || label.right > width + 20 || label.bottom < 0;
      return std::count_if(taken.begin(), taken.end(), [&](const box& other) { return label.meets(other); }) +
             (outside ? 2 : 0);
    };
    const side& best = *std::min_element(sides.begin(), sides.end(), [&](const auto& a, const auto& b) {
      return collisions(a) < collisions(b);
    });
    chosen.push_back(best);
    taken.push_back(label_at(best));
  }
  return chosen;
}

/// In single quotes, where gnuplot neither runs what stands in backquotes nor takes a backslash for more.
std::string gnuplot_text(const std::string& text) {
  std::string quoted = "'";
  for (const char letter : text) quoted += letter == '\'' ? std::string("''") : std::string(1, letter);
  return quoted + '\'';
}

}  // namespace

std::string scatter_commands(const std::vector<scatter_point>& points, const std::string& x_axis,
                             const std::string& y_axis) {
  const axis across = axis_of(points, &scatter_point::x), up = axis_of(points, &scatter_point::y);
  const std::vector<side> chosen = label_sides(points, across, up);
  std::ostringstream out;
  out << frame << std::setprecision(6);
  out << "$points << end_of_data\n";
  for (const scatter_point& point : points) out << point.x << ' ' << point.y << '\n';
  out << "end_of_data\n";
  for (std::size_t i = 0; i < points.size(); ++i)
    out << "set label " << gnuplot_text(points[i].label) << " at " << points[i].x << ',' << points[i].y << ' '
        << chosen[i].words << " font ',11' textcolor rgb '#444444'\n";
  out << "set xrange [" << across.least << ':' << across.greatest << "]\nset yrange [" << up.least << ':'
      << up.greatest << "]\nset xlabel " << gnuplot_text(x_axis) << "\nset ylabel " << gnuplot_text(y_axis)
      << "\nplot $points with points pointtype 7 pointsize 0.7 linecolor '#0072b2' notitle\n";
  return out.str();
}

}  // namespace paper
