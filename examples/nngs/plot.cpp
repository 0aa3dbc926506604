// SPDX-License-Identifier: MIT
#include "plot.hpp"

#include <algorithm>
#include <cmath>
#include <iomanip>
#include <sstream>
#include <string>
#include <vector>

#include "file_path.hpp"
#include "growth_scores.hpp"
#include "printable.hpp"

namespace program {
namespace {

/// Without k = n - 1, where every score is 1 and means nothing, unless too little is left.
std::vector<curve_point> telling_points(std::vector<curve_point> all) {
  if (all.size() > 2 && all.back().observed.k == all.back().expected.n - 1) all.pop_back();
  return all;
}

/// At most `most` of the points and the last, evenly spread over the width.
std::vector<curve_point> spread_points(const std::vector<curve_point>& all, plot_axis axis, double most) {
  const auto along = [axis](const curve_point& point) {
    const auto k = static_cast<double>(point.observed.k);
    return axis == plot_axis::linear ? k : std::log(k);
  };
  const double step = (along(all.back()) - along(all.front())) / most;
  std::vector<curve_point> spread;
  for (const curve_point& point : all)
    if (spread.empty() || along(point) - along(spread.back()) >= step) spread.push_back(point);
  // The last is always among them; one too near to it gives way.
  if (spread.back().observed.k == all.back().observed.k) return spread;
  if (spread.size() > 1 && along(all.back()) - along(spread.back()) < step) spread.pop_back();
  spread.push_back(all.back());
  return spread;
}

/// A tick for each of a few k, as far as their numbers fit beside each other; gnuplot's own for many.
std::string ticks_of_k(const std::vector<curve_point>& points, plot_axis axis) {
  std::string ticks;
  for (const curve_point& point : spread_points(points, axis, 18))
    ticks += (ticks.empty() ? "" : ", ") + std::to_string(point.observed.k);
  return "set xtics (" + ticks + ")\n";
}

/// The name of a file without its folder, as gnuplot takes it between quotes. Of a long name the middle is
/// left out, never a part of a UTF-8 character.
std::string shown_name(const std::string& file) {
  constexpr std::size_t most = 34;
  std::string name = printable(file_name(file_path(file).filename()));
  if (name.size() > most) {
    const auto within_character = [&](std::size_t at) { return (name[at] & 0xC0) == 0x80; };
    std::size_t first = most / 2, last = name.size() - most / 2;
    while (within_character(first)) --first;
    while (last < name.size() && within_character(last)) ++last;
    name.replace(first, last - first, "…");
  }
  std::string quoted;
  for (const char letter : name) quoted += letter == '\'' ? "''" : std::string(1, letter);
  return quoted;
}

/// A line a point: k, score, its interval, chance, adjusted score, z.
void write_data(std::ostream& out, const std::vector<curve_point>& points) {
  out << "$curve << end_of_data\n" << std::setprecision(6);
  for (const curve_point& point : points) {
    out << point.observed.k << ' ' << point.observed.jaccard << ' ' << point.sampled.lower << ' '
        << point.sampled.upper << ' ' << point.expected.jaccard << ' ';
    if (tells_nothing(point))
      out << "NaN NaN\n";  // gnuplot leaves them out
    else
      out << point.adjusted << ' ' << point.overlap_z << '\n';
  }
  out << "end_of_data\n";
}

constexpr const char* frame =
    "set encoding utf8\n"
    "set border 3 linewidth 0.8\n"
    "set tics out nomirror scale 0.7\n"
    "set rmargin 3\n"
    "set key outside center top horizontal Left reverse width -1.3 samplen 1.5\n";

// How each curve looks, in the panels and in the legend.
constexpr const char* band_look = "filledcurves fillcolor '#c8c8c8'";
constexpr const char* interval_look = "filledcurves fillcolor '#b9d9ec'";
constexpr const char* chance_look = "lines linewidth 1.5 dashtype 2 linecolor '#555555'";
constexpr const char* adjusted_look = "linewidth 1.5 linecolor '#d55e00'";
constexpr const char* main_look = "linewidth 2.2 linecolor '#0072b2'";

/// What one panel shows: the lowest layer first, and the legend in its own order.
class panel {
 public:
  void add(const std::string& columns, const std::string& look) {
    part() += "$curve using " + columns + " with " + look + " notitle";
  }
  void explain(const std::string& title, const std::string& look) {
    part() += "NaN with " + look + " title '" + title + "'";
  }
  std::string text() const { return text_ + '\n'; }

 private:
  std::string& part() { return text_ += text_.empty() ? "plot " : ", \\\n  "; }
  std::string text_;
};

std::string scores(const judged_curve& curve, const std::string& marks) {
  panel scores;
  if (curve.sampled) scores.add("1:3:4", interval_look);
  if (curve.chance) scores.add("1:5", chance_look);
  if (curve.chance) scores.add("1:6", marks + ' ' + adjusted_look);
  scores.add("1:2", marks + ' ' + main_look);

  scores.explain("NNGS", marks + ' ' + main_look);
  if (curve.sampled) scores.explain("95 % interval", interval_look);
  if (curve.chance) scores.explain("adjusted", marks + ' ' + adjusted_look);
  if (curve.chance) scores.explain("chance", chance_look);
  if (curve.z) scores.explain("z within ± 2", band_look);
  return scores.text();
}

/// About four steps of 1, 2 or 5 times a power of ten.
double tick_step(double range) {
  const double least = std::max(range, 1e-3) / 4;
  const double power = std::pow(10, std::floor(std::log10(least)));
  for (const double step : {1.0, 2.0, 5.0})
    if (step * power >= least) return step * power;
  return 10 * power;
}

std::string z_scores(const std::vector<curve_point>& points, const std::string& marks) {
  double lowest = -3, highest = 3;
  for (const curve_point& point : points) {
    lowest = std::min(lowest, point.overlap_z);
    highest = std::max(highest, 1.05 * point.overlap_z);
  }
  panel distances;
  distances.add("1:(-2):(2)", band_look);
  distances.add("1:(0)", chance_look);
  distances.add("1:7", marks + ' ' + main_look);
  std::ostringstream text;
  text << "set ylabel 'z'\nset yrange [" << lowest << ':' << highest << "]\nset ytics "
       << tick_step(highest - lowest) << '\n'
       << distances.text();
  return text.str();
}

}  // namespace

std::string plot_commands(const judged_curve& curve, plot_axis axis, const std::string& x_file,
                          const std::string& y_file) {
  // More points cannot be seen and make a large file.
  const std::vector<curve_point> points = spread_points(telling_points(curve.points), axis, 300);
  const bool few = points.size() <= 30;
  const std::string marks = few ? "linespoints pointtype 7 pointsize 0.5" : "lines";
  double lowest = 0;
  for (const curve_point& point : points)
    if (curve.chance) lowest = std::min(lowest, point.adjusted);

  // Room beside the axis for z of four digits.
  const bool wide_numbers = std::any_of(points.begin(), points.end(),
                                        [](const curve_point& point) { return point.overlap_z > 950; });

  std::ostringstream out;
  out << "set terminal svg size 600," << (curve.z ? 520 : 400)
      << " font 'Helvetica,Arial,sans-serif,14' background rgb 'white'\n"
      << frame << "set lmargin " << (wide_numbers ? 11 : 9) << '\n';
  write_data(out, points);
  out << "set title '" << shown_name(x_file) << "  ·  " << shown_name(y_file) << "' noenhanced\n";
  if (axis == plot_axis::logarithmic) out << "set logscale x\n";
  if (few) out << ticks_of_k(points, axis);
  const std::string name_of_k =
      "set xlabel 'neighbours k  (n = " + std::to_string(points.front().expected.n) + ")'\n";
  out << "set xrange [" << points.front().observed.k << ':' << points.back().observed.k << "]\n"
      << "set yrange [" << lowest << ":1]\n"
      << "set ylabel 'similarity'\n";
  if (!curve.z) {
    out << name_of_k << scores(curve, marks);
    return out.str();
  }
  out << "set multiplot\n"
      << "set size 1,0.64\nset origin 0,0.36\nset bmargin 1.5\nset format x ''\n"
      << scores(curve, marks)  //
      << "unset title\nset size 1,0.36\nset origin 0,0\nset tmargin 0.5\nset bmargin 3.5\nset format x\n"
      << name_of_k << z_scores(points, marks) << "unset multiplot\n";
  return out.str();
}

std::string growth_plot_commands(const growth_scores& growth, bool chance, plot_axis axis,
                                 const std::string& x_file, const std::string& y_file) {
  double lowest = 0;
  std::ostringstream data;
  data << std::setprecision(6);
  const auto write = [&](const char* name, const std::vector<nngs::grown_score>& scores) {
    data << '$' << name << " << end_of_data\n";
    for (const nngs::grown_score& one : scores) {
      const nngs::estimate& jaccard = one.observed.jaccard;
      data << one.items << ' ' << jaccard.value << ' ' << jaccard.lower << ' ' << jaccard.upper << ' ';
      if (chance && !tells_nothing(one)) {
        data << one.adjusted.value << '\n';
        lowest = std::min(lowest, one.adjusted.value);
      } else {
        data << "NaN\n";  // gnuplot leaves it out
      }
    }
    data << "end_of_data\n";
  };
  write("kept_k", growth.at_k);
  write("kept_share", growth.at_share);

  const std::string k = "k = " + std::to_string(growth.at_k.front().observed.k);
  const std::string marks = "linespoints pointtype 7 pointsize 0.5 ",
                    broken = "linespoints dashtype 2 pointtype 6 pointsize 0.5 ";
  std::ostringstream out;
  out << "set terminal svg size 600,400 font 'Helvetica,Arial,sans-serif,14' background rgb 'white'\n"
      << frame << "set lmargin 9\n"
      << data.str() << "set title '" << shown_name(x_file) << "  ·  " << shown_name(y_file)
      << "' noenhanced\n"
      << (axis == plot_axis::logarithmic ? "set logscale x\n" : "") << "set xlabel 'items'\nset yrange ["
      << lowest << ":*]\nset ylabel 'similarity'\n"
      << "plot $kept_k using 1:3:4 with " << interval_look << " notitle, \\\n"
      << "  $kept_k using 1:2 with " << marks << main_look << " title 'NNGS, " << k << "', \\\n"
      << "  $kept_share using 1:2 with " << broken << main_look << " title 'its share'";
  if (chance)
    out << ", \\\n  $kept_k using 1:5 with " << marks << adjusted_look << " title 'adjusted', \\\n"
        << "  $kept_share using 1:5 with " << broken << adjusted_look << " title 'its share'";
  out << '\n';
  return out.str();
}

}  // namespace program
