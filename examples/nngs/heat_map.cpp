// SPDX-License-Identifier: MIT
#include "heat_map.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <iomanip>
#include <sstream>

#include "space_names.hpp"

namespace program {
namespace {

constexpr double widest_map = 640, largest_cell = 56, smallest_cell = 8;  // in points
constexpr std::size_t longest_label = 28;

/// A text as gnuplot takes it between quotes.
std::string quoted(const std::string& text) {
  std::string safe = "'";
  for (const char c : text) safe.append(c == '\'' ? 2 : 1, c);
  return safe + "'";
}

/// How wide a text of so many characters is, about.
double text_width(std::size_t characters, double font) {
  return 0.6 * font * static_cast<double>(characters);
}

std::size_t longest_of(const std::vector<std::string>& names) {
  std::size_t longest = 1;
  for (const std::string& name : names) longest = std::max(longest, width_of(name));
  return std::min(longest, longest_label);
}

/// Where everything is, in points.
struct heat_layout {
  double cell, label_font;
  double left, right, top, bottom;  // margins
  bool turned;                      // labels of the columns
  Eigen::Index label_step;          // every so many rows and columns have a label

  explicit heat_layout(const heat_map& map) {
    const auto most = static_cast<double>(std::max(map.values.rows(), map.values.cols()));
    cell = std::floor(std::clamp(widest_map / most, smallest_cell, largest_cell));
    label_font = std::clamp(cell - 2, 9.0, 13.0);
    label_step = static_cast<Eigen::Index>(std::ceil((label_font + 1) / cell));
    const double of_rows = text_width(longest_of(map.rows), label_font),
                 of_columns = text_width(longest_of(map.columns), label_font);
    turned = of_columns > cell - 4;
    left = of_rows + 14;
    right = 86;
    top = 40;
    bottom = (turned ? of_columns : label_font) + 16;
    // A title wider than a small map.
    right = std::max(right, text_width(width_of(map.title), 14) - left - map_width(map) + 24);
  }
  double map_width(const heat_map& map) const { return cell * static_cast<double>(map.values.cols()); }
  double map_height(const heat_map& map) const { return cell * static_cast<double>(map.values.rows()); }
  double width(const heat_map& map) const { return left + map_width(map) + right; }
  double height(const heat_map& map) const { return top + map_height(map) + bottom; }
};

/// What the lightest and the darkest colour stand for.
struct colour_range {
  double lowest, highest;

  explicit colour_range(const heat_map& map) : lowest(0), highest(0) {
    for (Eigen::Index row = 0; row < map.values.rows(); ++row)
      for (Eigen::Index column = 0; column < map.values.cols(); ++column) {
        const double value = map.values(row, column);
        if (std::isnan(value) || (map.square && row == column)) continue;
        lowest = std::min(lowest, value);
        highest = std::max(highest, value);
      }
    if (lowest < 0) lowest = -rounded_up(-lowest);
    highest = map.up_to_one ? std::min(1.0, rounded_up(highest)) : rounded_up(highest);
    if (!(highest > lowest)) highest = lowest + 1;
  }

 private:
  /// To the next of 1, 2, 3, 4, 6, 8 times a power of ten; 0 for 0.
  static double rounded_up(double size) {
    if (!(size > 0)) return 0;
    const double power = std::pow(10, std::floor(std::log10(size)));
    for (const double step : {1.0, 2.0, 3.0, 4.0, 6.0, 8.0})
      if (step * power >= size) return step * power;
    return 10 * power;
  }
};

std::string number_in_cell(double value, bool up_to_one) {
  if (std::isnan(value)) return "";
  std::ostringstream text;
  text << std::fixed << std::setprecision(up_to_one ? 2 : 0) << value;
  return text.str();
}

/// As gnuplot reads it: an image has a value, or NaN, in every place.
std::string number_or_nan(double value) {
  if (std::isnan(value)) return "NaN";
  std::ostringstream text;
  text << std::setprecision(6) << value;
  return text.str();
}

void write_values(std::ostream& out, const heat_map& map) {
  out << "$values << end_of_data\n";
  for (Eigen::Index row = 0; row < map.values.rows(); ++row)
    for (Eigen::Index column = 0; column < map.values.cols(); ++column)
      out << column << ' ' << row << ' ' << number_or_nan(map.values(row, column)) << '\n';
  out << "end_of_data\n";
}

/// The numbers that stand in the cells, light on dark colours. False where they would not fit.
bool write_numbers(std::ostream& out, const heat_map& map, const heat_layout& layout,
                   const colour_range& range, double& font) {
  std::size_t longest = 1;
  for (Eigen::Index at = 0; at < map.values.size(); ++at)
    longest = std::max(longest, number_in_cell(map.values.data()[at], map.up_to_one).size());
  font = std::min(13.0, (layout.cell - 4) / text_width(longest, 1));
  if (font < 8) return false;
  out << "$numbers << end_of_data\n";
  for (Eigen::Index row = 0; row < map.values.rows(); ++row)
    for (Eigen::Index column = 0; column < map.values.cols(); ++column) {
      const double value = map.values(row, column);
      const bool dark = value > range.lowest + 0.55 * (range.highest - range.lowest);
      if (!std::isnan(value))
        out << column << ' ' << row << ' ' << number_in_cell(value, map.up_to_one) << ' '
            << (dark ? 0xFFFFFF : 0x202020) << '\n';
    }
  out << "end_of_data\n";
  return true;
}

void write_tics(std::ostream& out, const char* axis, const std::vector<std::string>& names, Eigen::Index step,
                const std::string& look) {
  out << "set " << axis << "tics (";
  for (Eigen::Index at = 0; at < static_cast<Eigen::Index>(names.size()); at += step)
    out << (at == 0 ? "" : ", ") << quoted(fitted(names[static_cast<std::size_t>(at)], longest_label)) << ' '
        << at;
  out << ") scale 0 " << look << '\n';
}

}  // namespace

std::string heat_map_commands(const heat_map& map) {
  const heat_layout layout(map);
  const colour_range range(map);
  const double width = std::ceil(layout.width(map)), height = std::ceil(layout.height(map));
  std::ostringstream out;
  out << "set terminal svg noenhanced size " << width << ',' << height
      << " font 'Helvetica,Arial,sans-serif,13' background rgb 'white'\nset encoding utf8\n"
      << "set lmargin at screen " << layout.left / width << "\nset rmargin at screen "
      << (layout.left + layout.map_width(map)) / width << "\nset tmargin at screen "
      << 1 - layout.top / height << "\nset bmargin at screen " << layout.bottom / height << '\n'
      << "set label 1 " << quoted(map.title) << " at screen " << 8 / width << ',' << 1 - 20 / height
      << " left font ',14'\n"
      << "unset key\nset border 0\n"
      << "set xrange [-0.5:" << static_cast<double>(map.values.cols()) - 0.5 << "]\n"
      << "set yrange [" << static_cast<double>(map.values.rows()) - 0.5 << ":-0.5]\n";
  const std::string font = "font '," + std::to_string(static_cast<int>(layout.label_font)) + "'";
  write_tics(out, "x", map.columns, layout.label_step, (layout.turned ? "rotate by 90 right " : "") + font);
  write_tics(out, "y", map.rows, layout.label_step, font);
  // ColorBrewer's Blues: light to dark, for print and for any eye.
  out << "set palette defined (0 '#f7fbff', 1 '#deebf7', 2 '#c6dbef', 3 '#9ecae1', 4 '#6baed6', 5 '#4292c6', "
         "6 "
         "'#2171b5', 7 '#08519c', 8 '#08306b')\n"
      << "set cbrange [" << range.lowest << ':' << range.highest << "]\nset cbtics scale 0 font ',12'\n"
      << "set colorbox user origin " << (layout.left + layout.map_width(map) + 14) / width << ','
      << (layout.bottom + std::max(0.0, layout.map_height(map) - 200)) / height << " size " << 14 / width
      << ',' << std::min(200.0, layout.map_height(map)) / height << " noborder\n";
  write_values(out, map);
  double number_font = 0;
  const bool numbers = write_numbers(out, map, layout, range, number_font);
  out << "plot $values using 1:2:3 with image pixels";
  if (numbers)
    out << ", $numbers using 1:2:3:4 with labels textcolor rgbcolor variable font ',"
        << static_cast<int>(number_font) << "'";
  out << '\n';
  return out.str();
}

}  // namespace program
