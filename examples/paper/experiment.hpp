// SPDX-License-Identifier: MIT
#ifndef NNGS_EXAMPLES_PAPER_EXPERIMENT_HPP
#define NNGS_EXAMPLES_PAPER_EXPERIMENT_HPP

#include <filesystem>
#include <string>
#include <vector>

#include "../nngs/progress.hpp"

namespace paper {

struct settings {
  bool reduced = false;                        // sizes that take a second, for the tests
  std::filesystem::path data;                  // folder of real embeddings; it may not be there
  program::progress_line* progress = nullptr;  // nobody watches where it is null
};

/// Comma-separated values: the figures behind a plot or a table.
struct csv_file {
  std::string name;  // without its ending
  std::vector<std::string> columns;
  std::vector<std::vector<std::string>> rows;
};

/// Commands for gnuplot, data included, that draw one picture as SVG on standard output.
struct plot_file {
  std::string name;  // without its ending
  std::string commands;
};

/// What one experiment adds to the report.
struct section {
  std::string text;  // Markdown without a heading; plots are plots/NAME.svg, figures csv/NAME.csv
  std::vector<csv_file> figures;
  std::vector<plot_file> plots;
};

/// An experiment reads nothing but its settings and the data folder, prints nothing and writes nothing. It
/// throws missing_data (with what to do) where it cannot run without files that are not there.
struct experiment {
  std::string name;   // of the sub-command
  std::string title;  // of the section
  section (*run)(const settings&);
};

}  // namespace paper

#endif
