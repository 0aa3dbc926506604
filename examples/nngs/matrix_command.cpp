// SPDX-License-Identifier: MIT
#include "matrix_command.hpp"

#include <cmath>
#include <filesystem>
#include <iostream>
#include <limits>
#include <numeric>

#include "array_path.hpp"
#include "drawing.hpp"
#include "heat_map.hpp"
#include "matrix_arguments.hpp"
#include "output_files.hpp"
#include "printable.hpp"
#include "screen.hpp"
#include "space_comparison.hpp"
#include "space_map.hpp"
#include "space_names.hpp"
#include "space_order.hpp"
#include "space_report.hpp"

namespace program {
namespace {

/// The matrix of a score at the k that is shown; NaN where it tells nothing.
Eigen::MatrixXd shown_matrix(const space_comparison& result, matrix_score score, const shown_order& order) {
  Eigen::MatrixXd values(static_cast<Eigen::Index>(order.rows.size()),
                         static_cast<Eigen::Index>(order.columns.size()));
  for (Eigen::Index row = 0; row < values.rows(); ++row)
    for (Eigen::Index column = 0; column < values.cols(); ++column)
      values(row, column) = shown_score(result, score, order.rows[static_cast<std::size_t>(row)],
                                        order.columns[static_cast<std::size_t>(column)])
                                .value_or(std::numeric_limits<double>::quiet_NaN());
  return values;
}

std::vector<Eigen::Index> as_given(std::size_t count) {
  std::vector<Eigen::Index> order(count);
  std::iota(order.begin(), order.end(), Eigen::Index{0});
  return order;
}

bool takes_standard_output(const matrix_arguments& asked) {
  for (const std::string& file : {asked.json_file, asked.csv_file, asked.npy_file, asked.map_file})
    if (file == "-") return true;
  return false;
}

void check_outputs_of(const matrix_arguments& asked) {
  std::vector<named_file> inputs;
  for (const auto* const words : {&asked.files, &asked.against})
    for (const std::string& one : *words)
      for (const std::string& file : files_of(one)) inputs.push_back({"an input", file});
  check_outputs(inputs, {{"--json", asked.json_file},
                         {"--csv", asked.csv_file},
                         {"--npy", asked.npy_file},
                         {"--plot", asked.plot_file},
                         {"--map", asked.map_file}});
}

std::vector<std::string> labels_in_order(const std::vector<space>& spaces,
                                         const std::vector<Eigen::Index>& order) {
  std::vector<std::string> names;
  for (const space& one : spaces) names.push_back(printable(one.name));
  const short_names labels = shortened(names);
  std::vector<std::string> ordered;
  for (const Eigen::Index number : order) ordered.push_back(labels.names[static_cast<std::size_t>(number)]);
  return ordered;
}

heat_map to_heat_map(const matrix_arguments& asked, const space_comparison& result,
                     const shown_order& order) {
  std::string title = words_of(asked.score);
  if (asked.score != matrix_score::cka) title += " at k = " + std::to_string(result.shown_k);
  return {.title = title + "  (n = " + std::to_string(result.n) + ")",
          .rows = labels_in_order(result.rows, order.rows),
          .columns = labels_in_order(result.columns, order.columns),
          .values = shown_matrix(result, asked.score, order),
          .square = result.square,
          .up_to_one = asked.score != matrix_score::z};
}

void write_map_line(std::ostream& out, const space_map& map, const std::string& file) {
  out << file << ": its axes show " << std::lround(100 * map.shares[0]) << " % and "
      << std::lround(100 * map.shares[1]) << " % of what tells the spaces apart\n";
}

void compare_many(const matrix_arguments& asked) {
  check_outputs_of(asked);
  const std::filesystem::path gnuplot = needed_gnuplot(asked.plot_file);
  const space_comparison result = compare_spaces(asked);
  for (const std::string& note : result.notes) std::cerr << "nngs: " << note << '\n';
  shown_order order{as_given(result.rows.size()), as_given(result.columns.size())};
  const Eigen::MatrixXd similarities = shown_matrix(result, matrix_score::jaccard, order);
  if (asked.clustered) order.rows = order.columns = clustered_order((1 - similarities.array()).matrix());
  if (!takes_standard_output(asked)) {
    write_matrix(std::cout, asked, result, order, screen_width());
    if (!asked.map_file.empty()) write_map_line(std::cout, classical_scaling(similarities), asked.map_file);
    std::cout.flush();
    check_written(std::cout, "standard output");
  }
  if (!asked.json_file.empty()) write(asked.json_file, spaces_to_json(asked, result, order));
  if (!asked.csv_file.empty()) write(asked.csv_file, spaces_to_csv(result));
  if (!asked.npy_file.empty()) write(asked.npy_file, to_npy(shown_matrix(result, asked.score, order)));
  if (!asked.map_file.empty())
    write(asked.map_file, map_to_csv(classical_scaling(similarities), result.rows));
  if (!asked.plot_file.empty())
    draw(gnuplot, heat_map_commands(to_heat_map(asked, result, order)), asked.plot_file, "the scores are",
         spaces_to_csv(result));
}

}  // namespace

void run_matrix(int count, const char* const* words) {
  if (const auto asked = parse_matrix_arguments(count, words)) compare_many(*asked);
}

}  // namespace program
