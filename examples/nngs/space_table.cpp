// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <cmath>
#include <iomanip>
#include <optional>
#include <sstream>

#include "csv_text.hpp"
#include "printable.hpp"
#include "space_names.hpp"
#include "space_report.hpp"

namespace program {
namespace {

std::string with_digits(double value, int digits) {
  std::ostringstream text;
  text << std::fixed << std::setprecision(digits) << value;
  return text.str() == "-0" ? "0" : text.str();
}

/// How the cells of a matrix are written: with three decimals, as hundredths or as tenths; z with one or
/// none.
enum class cell_style { whole, hundredths, tenths };

std::string cell_text(std::optional<double> value, matrix_score score, cell_style style) {
  if (!value) return style == cell_style::tenths ? "." : "-";
  if (score == matrix_score::z) return with_digits(*value, style == cell_style::whole ? 1 : 0);
  if (style == cell_style::whole) return with_digits(*value, 3);
  if (style == cell_style::hundredths) return with_digits(100 * *value, 0);
  if (*value < 0) return "-";
  return std::to_string(std::min(9, static_cast<int>(10 * *value)));
}

/// What stands in every cell, and how wide the columns are for it.
struct cell_table {
  cell_style style;
  std::vector<std::vector<std::string>> cells;
  std::size_t cell_width;
};

cell_table make_cells(const space_comparison& result, matrix_score score, const shown_order& order,
                      cell_style style) {
  cell_table table{style, {}, 0};
  for (const Eigen::Index row : order.rows) {
    std::vector<std::string>& cells = table.cells.emplace_back();
    for (const Eigen::Index column : order.columns) {
      cells.push_back(cell_text(shown_score(result, score, row, column), score, style));
      table.cell_width = std::max(table.cell_width, cells.back().size());
    }
  }
  if (style != cell_style::tenths) {
    const std::size_t number = std::to_string(order.columns.size()).size();
    table.cell_width = std::max(table.cell_width, number) + 1;
  }
  return table;
}

/// Space for names: what the longest needs, within reason.
std::size_t name_width(const std::vector<std::string>& names, std::size_t width) {
  std::size_t longest = 0;
  for (const std::string& name : names) longest = std::max(longest, width_of(name));
  return std::min(longest, std::max<std::size_t>(12, width / 3));
}

void write_padded(std::ostream& out, const std::string& text, std::size_t width, bool to_the_right = false) {
  const std::size_t blanks = width - std::min(width, width_of(text));
  if (to_the_right) out << std::string(blanks, ' ');
  out << text;
  if (!to_the_right) out << std::string(blanks, ' ');
}

std::vector<std::string> names_of(const std::vector<space>& spaces) {
  std::vector<std::string> names;
  for (const space& one : spaces) names.push_back(printable(one.name));
  return names;
}

/// "12 spaces of 1600 items, cosine: layers/*.npy, 64 to 768 dimensions"
void write_spaces_line(std::ostream& out, const char* what, const std::vector<space>& spaces,
                       const short_names& shortened, const std::string& of) {
  const auto [least, most] =
      std::minmax_element(spaces.begin(), spaces.end(),
                          [](const space& a, const space& b) { return a.dimensions < b.dimensions; });
  out << spaces.size() << ' ' << what << of;
  if (!shortened.prefix.empty() || !shortened.suffix.empty())
    out << ": " << shortened.prefix << '*' << shortened.suffix;
  out << ", " << least->dimensions;
  if (most->dimensions > least->dimensions) out << " to " << most->dimensions;
  out << (most->dimensions == 1 ? " dimension\n" : " dimensions\n");
}

void write_column_numbers(std::ostream& out, const cell_table& table, std::size_t before) {
  const std::size_t count = table.cells.front().size();
  if (table.style != cell_style::tenths) {
    out << std::string(before, ' ');
    for (std::size_t column = 1; column <= count; ++column)
      write_padded(out, std::to_string(column), table.cell_width, true);
    out << '\n';
    return;
  }
  // One character a column: every tenth has its number above it.
  std::string line(before + 1, ' ');
  for (std::size_t column = 10; column <= count; column += 10) {
    line.resize(before + column + 1, ' ');
    const std::string number = std::to_string(column);
    line.replace(line.size() - number.size(), number.size(), number);
  }
  if (count >= 10) out << line << '\n';
}

void write_cells(std::ostream& out, const cell_table& table, const std::vector<std::string>& names,
                 const std::vector<Eigen::Index>& rows, std::size_t names_take) {
  const std::size_t number_width = std::to_string(rows.size()).size();
  write_column_numbers(out, table, number_width + 1 + names_take);
  for (std::size_t row = 0; row < rows.size(); ++row) {
    write_padded(out, std::to_string(row + 1), number_width, true);
    out << ' ';
    write_padded(out, fitted(names[static_cast<std::size_t>(rows[row])], names_take), names_take);
    if (table.style == cell_style::tenths) out << ' ';
    for (const std::string& cell : table.cells[row]) write_padded(out, cell, table.cell_width, true);
    out << '\n';
  }
}

/// The columns' names by number where they are not those of the rows, as many on a line as fit.
void write_column_names(std::ostream& out, const std::vector<std::string>& names,
                        const std::vector<Eigen::Index>& columns, std::size_t width) {
  std::string line = "columns:";
  for (std::size_t column = 0; column < columns.size(); ++column) {
    const std::string entry = ' ' + std::to_string(column + 1) + ' ' +
                              fitted(names[static_cast<std::size_t>(columns[column])], width / 2);
    if (width_of(line) + width_of(entry) + 1 > width) {
      out << line << '\n';
      line = "        ";
    }
    line += entry + (column + 1 < columns.size() ? "," : "");
  }
  out << line << "\n\n";
}

/// The table with the most digits that fits so many columns.
std::optional<cell_table> fitting_cells(const space_comparison& result, matrix_score score,
                                        const shown_order& order, std::size_t room) {
  for (const cell_style style : {cell_style::whole, cell_style::hundredths, cell_style::tenths}) {
    if (score == matrix_score::z && style == cell_style::tenths) break;  // it has no tenths of anything
    cell_table table = make_cells(result, score, order, style);
    if (table.cell_width * order.columns.size() + (style == cell_style::tenths ? 1 : 0) <= room) return table;
  }
  return std::nullopt;
}

void write_heading(std::ostream& out, const matrix_arguments& asked, const space_comparison& result,
                   const std::optional<cell_table>& table) {
  const nngs::baseline& chance = result.at(0, 0, result.shown_k).expected;
  out << '\n' << words_of(asked.score);
  if (asked.score != matrix_score::cka) out << " at k = " << result.shown_k;
  if (asked.score == matrix_score::jaccard) out << ", chance " << with_digits(chance.jaccard, 4);
  if (asked.score == matrix_score::overlap) out << ", chance " << with_digits(chance.overlap, 4);
  if (table && asked.score != matrix_score::z) {
    if (table->style == cell_style::hundredths) out << ", in hundredths";
    if (table->style == cell_style::tenths) out << ", a digit for each tenth (7: 0.7 and more, -: below 0)";
  }
  if (result.ks.size() > 1) out << "; --csv and --json have all " << result.ks.size() << " k";
  out << "\n\n";
}

/// Of names in a sentence of 80 columns.
constexpr std::size_t longest_name = 26;

/// The pair that is most alike by the score that is shown.
void write_most_alike(std::ostream& out, const matrix_arguments& asked, const space_comparison& result,
                      const std::vector<std::string>& rows, const std::vector<std::string>& columns) {
  std::optional<double> highest;
  std::size_t best_row = 0, best_column = 0;
  for (std::size_t row = 0; row < rows.size(); ++row)
    for (std::size_t column = 0; column < columns.size(); ++column) {
      const auto i = static_cast<Eigen::Index>(row), j = static_cast<Eigen::Index>(column);
      const std::optional<double> value =
          result.reported(i, j) ? shown_score(result, asked.score, i, j) : std::nullopt;
      if (!value || (highest && *value <= *highest)) continue;
      highest = value;
      best_row = row;
      best_column = column;
    }
  if (!highest) return;
  out << "\nmost alike: " << fitted(rows[best_row], longest_name) << " and "
      << fitted(columns[best_column], longest_name) << ", "
      << cell_text(highest, asked.score, cell_style::whole) << '\n';
}

void write_best(std::ostream& out, const matrix_arguments& asked, const space_comparison& result,
                const std::vector<std::string>& rows, const std::vector<std::string>& columns) {
  if (!result.best) return;
  const best_pair& best = *result.best;
  out << "p " << shortest_digits(std::round(best.p * 1e6) / 1e6) << " for the best of all pairs"
      << (result.ks.size() > 1 ? " and k" : "") << " (" << asked.permutations << " permutations, seed "
      << asked.seed << "):\n  " << fitted(rows[static_cast<std::size_t>(best.row)], longest_name) << " and "
      << fitted(columns[static_cast<std::size_t>(best.column)], longest_name);
  if (result.ks.size() > 1) out << " at k = " << best.k;
  out << '\n';
}

void write_ties_line(std::ostream& out, const matrix_arguments& asked, const space_comparison& result) {
  Eigen::Index most = 0, in_both = 0;
  for (const curve_point& point : result.points) {
    if (point.observed.k != result.shown_k) continue;
    most = std::max(most, point.observed.tied_items);
    in_both = std::max(in_both, point.observed.tied_in_both);
  }
  if (most == 0) return;
  out << "up to " << most << " tied items in a pair, whose k-th and next neighbours are equally near\n";
  if (!asked.ties.from_matrix() && in_both > 0)
    out << "all files have the same order of ties, which makes unrelated data alike: z and p are too good\n";
}

}  // namespace

std::string words_of(matrix_score score) {
  switch (score) {
    case matrix_score::adjusted:
      return "adjusted NNGS";
    case matrix_score::jaccard:
      return "NNGS";
    case matrix_score::overlap:
      return "overlap";
    case matrix_score::z:
      return "z";
    case matrix_score::cka:
      break;
  }
  return "linear CKA";
}

void write_matrix(std::ostream& out, const matrix_arguments& asked, const space_comparison& result,
                  const shown_order& order, std::size_t width) {
  const short_names rows = shortened(names_of(result.rows)),
                    columns = result.square ? rows : shortened(names_of(result.columns));
  const std::string of = " of " + std::to_string(result.n) + " items, " + asked.metric.name;
  write_spaces_line(out, "spaces", result.rows, rows, of);
  if (!result.square) write_spaces_line(out, "in columns", result.columns, columns, "");
  const std::size_t names_take = name_width(rows.names, width);
  const std::size_t before = std::to_string(rows.names.size()).size() + 1 + names_take;
  const std::optional<cell_table> table =
      fitting_cells(result, asked.score, order, width - std::min(width, before));
  write_heading(out, asked, result, table);
  if (table) {
    if (!result.square) write_column_names(out, columns.names, order.columns, width);
    write_cells(out, *table, rows.names, order.rows, names_take);
  } else {
    out << "a matrix of " << order.rows.size() << " x " << order.columns.size()
        << " does not fit the screen: --csv, --json, --npy and --plot give all of it\n";
  }
  write_most_alike(out, asked, result, rows.names, columns.names);
  write_best(out, asked, result, rows.names, columns.names);
  if (result.sampled)
    out << "estimated from " << asked.sample << " of " << result.n << " rows, each searched among all (seed "
        << asked.seed << ")\n";
  write_ties_line(out, asked, result);
}

}  // namespace program
