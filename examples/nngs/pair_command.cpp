// SPDX-License-Identifier: MIT
#include "pair_command.hpp"

#include <filesystem>
#include <iostream>

#include "arguments.hpp"
#include "comparison.hpp"
#include "drawing.hpp"
#include "item_pairs.hpp"
#include "matrix_file.hpp"
#include "output_files.hpp"
#include "plot.hpp"
#include "report.hpp"

namespace program {
namespace {

/// What the readers assumed or found odd: results may be quite another thing where they are wrong.
void write_notes(const item_pairs& pairs) {
  for (const matrix_file* const file : {&pairs.x, &pairs.y}) {
    if (file == &pairs.y && file->path == pairs.x.path) continue;  // said already
    for (const std::string& note : file->notes) std::cerr << "nngs: " << file->path << ": " << note << '\n';
  }
  for (const std::string& note : pairs.notes) std::cerr << "nngs: " << note << '\n';
}

void compare_files(const arguments& asked) {
  check_outputs({{"X", asked.x_file},
                 {"Y", asked.y_file},
                 {"--labels", asked.labels_file},
                 {"--groups", asked.groups_file}},
                {{"--json", asked.json_file}, {"--csv", asked.csv_file}, {"--plot", asked.plot_file}});
  const std::filesystem::path gnuplot = needed_gnuplot(asked.plot_file);
  const item_pairs pairs =
      pair_items(open_matrix(asked.x_file, asked.input), open_matrix(asked.y_file, asked.input), asked.input);
  write_notes(pairs);
  const comparison result = compare(asked, pairs);
  if (asked.json_file != "-" && asked.csv_file != "-") {
    write_table(std::cout, asked, pairs, result);
    std::cout.flush();
    check_written(std::cout, "standard output");
  }
  if (!asked.json_file.empty()) write(asked.json_file, to_json(asked, pairs, result));
  if (!asked.csv_file.empty()) write(asked.csv_file, to_csv(result));
  // The curve has standard output to itself, and nothing else tells the items.
  if (asked.csv_file == "-" && asked.json_file.empty()) write_changed(std::cerr, result);
  if (!asked.plot_file.empty())
    draw(gnuplot, plot_commands(result.curve, asked.axis, asked.x_file, asked.y_file), asked.plot_file,
         "the curve is", to_csv(result));
}

}  // namespace

void run_pair(int count, const char* const* words) {
  if (const auto asked = parse_arguments(count, words)) compare_files(*asked);
}

}  // namespace program
