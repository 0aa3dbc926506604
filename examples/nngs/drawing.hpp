// SPDX-License-Identifier: MIT
#ifndef NNGS_EXAMPLES_DRAWING_HPP
#define NNGS_EXAMPLES_DRAWING_HPP

#include <filesystem>
#include <string>

namespace program {

/// Throws usage_error for a plot that is not called .svg.
void check_plot_name(const std::string& file);

/// The gnuplot for a plot that is asked for (no empty name), looked for before the work: where it is missing,
/// standard error says so at once.
std::filesystem::path needed_gnuplot(const std::string& plot_file);

/// Runs gnuplot on the commands; what it prints becomes the file. Without gnuplot, `data` are left beside
/// it as CSV, and `what` says so ("the curve is"). Throws file_error, then too.
void draw(const std::filesystem::path& gnuplot, const std::string& commands, const std::string& file,
          const std::string& what, const std::string& data);

}  // namespace program

#endif
