// SPDX-License-Identifier: MIT
// Options that several commands have, and how their words are read.
#ifndef NNGS_EXAMPLES_OPTIONS_HPP
#define NNGS_EXAMPLES_OPTIONS_HPP

#include <CLI/CLI.hpp>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "input_options.hpp"
#include "search.hpp"

namespace program {

/// Checks for CLI11: what is wrong with the text, or nothing. Scripts pass empty variables by mistake.
std::string not_empty(const std::string& text);
std::function<std::string(const std::string&)> whole_number_from(std::uint64_t least);

/// The columns that --skip names. Throws usage_error.
std::vector<std::string> parts_of(const std::string& list);

/// --names and --skip: which columns of the files are read, and as what.
void add_column_options(CLI::App& app, input_options& input);
/// These, --clamp and --join: how the files are read, for every command that reads items whole.
void add_input_options(CLI::App& app, input_options& input);

/// --metric, as text for `parse_metric`.
void add_metric_option(CLI::App& app, std::string& metric);
/// --ties, as text for `parse_ties`.
void add_ties_option(CLI::App& app, std::string& ties);
/// Throws usage_error.
nngs::tie_order parse_ties(const std::string& text);
builder_choice parse_builder(const std::string& name);

/// --lists: the folder in which neighbour lists are kept.
void add_lists_option(CLI::App& app, std::string& folder);

/// --version
void add_version_flag(CLI::App& app);

/// Reads the command line. False when the answer (help, the version) is already printed. Throws usage_error.
bool parse(CLI::App& app, int count, const char* const* words);

}  // namespace program

#endif
