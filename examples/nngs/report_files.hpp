// SPDX-License-Identifier: MIT
#ifndef NNGS_EXAMPLES_REPORT_FILES_HPP
#define NNGS_EXAMPLES_REPORT_FILES_HPP

#include <filesystem>
#include <iostream>

#include "arguments.hpp"
#include "comparison.hpp"
#include "drawing.hpp"
#include "output_files.hpp"
#include "plot.hpp"
#include "report.hpp"

namespace program {

/// Everything that is asked for about two scored files, each in its place. Throws file_error.
template <class Files>
void report(const arguments& asked, const std::filesystem::path& gnuplot, const Files& files,
            const comparison& result) {
  if (asked.json_file != "-" && asked.csv_file != "-") {
    write_table(std::cout, asked, files, result);
    std::cout.flush();
    check_written(std::cout, "standard output");
  }
  if (!asked.json_file.empty()) write(asked.json_file, to_json(asked, files, result));
  if (!asked.csv_file.empty()) write(asked.csv_file, to_csv(result));
  // The curve has standard output to itself, and nothing else tells the items.
  if (asked.csv_file == "-" && asked.json_file.empty()) write_changed(std::cerr, result);
  if (!asked.plot_file.empty())
    draw(gnuplot,
         result.growth.at_k.empty()
             ? plot_commands(result.curve, asked.axis, asked.x_file, asked.y_file)
             : growth_plot_commands(result.growth, asked.chance, asked.axis, asked.x_file, asked.y_file),
         asked.plot_file, "the curve is", to_csv(result));
}

}  // namespace program

#endif
