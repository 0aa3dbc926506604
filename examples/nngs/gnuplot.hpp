// SPDX-License-Identifier: MIT
#ifndef NNGS_EXAMPLES_GNUPLOT_HPP
#define NNGS_EXAMPLES_GNUPLOT_HPP

#include <filesystem>
#include <string>

namespace program {

/// The first gnuplot in the folders of PATH; empty when there is none.
std::filesystem::path find_gnuplot();

inline constexpr const char* how_to_get_gnuplot =
#ifdef _WIN32
    "on Windows nngs starts no other program, and leaves the curve to be drawn as CSV";
#else
    "apt install gnuplot-nox, dnf install gnuplot-minimal or brew install gnuplot";
#endif

/// Runs gnuplot on the commands; what it prints becomes the file. Throws file_error.
void run_gnuplot(const std::filesystem::path& gnuplot, const std::string& commands, const std::string& file);

}  // namespace program

#endif
