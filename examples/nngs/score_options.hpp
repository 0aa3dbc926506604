// SPDX-License-Identifier: MIT
// Options of the commands that score two files, whatever the files hold.
#ifndef NNGS_EXAMPLES_SCORE_OPTIONS_HPP
#define NNGS_EXAMPLES_SCORE_OPTIONS_HPP

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "arguments.hpp"
#include "output_files.hpp"

namespace program {

/// --k and --all-k; `every` tells what all are.
void add_k_options(CLI::App& app, arguments& asked, const std::string& every);
/// --threads
void add_threads_option(CLI::App& app, arguments& asked);
/// --chance, --no-chance, --permutations and --groups
void add_chance_options(CLI::App& app, arguments& asked);
/// --seed
void add_seed_option(CLI::App& app, arguments& asked);
/// --json and --csv
void add_result_options(CLI::App& app, arguments& asked);
/// --plot and --axis
void add_plot_options(CLI::App& app, arguments& asked);
/// --labels and --changed
void add_item_options(CLI::App& app, arguments& asked);

/// What options must not say together. Throws usage_error.
void check_score_options(const arguments& asked);
/// --memory bounds pieces of files, and --names first keeps a name of every row. Throws usage_error for both.
void check_names_kept(const arguments& asked);

/// The files of a command that scores two, by what the command line calls them.
std::vector<named_file> input_files(const arguments& asked);
/// The files that X and Y stand for: the parts that @LIST names, the file of FILE:NAME.
std::vector<named_file> files_of_pair(const arguments& asked);
std::vector<named_file> output_files(const arguments& asked);

}  // namespace program

#endif
