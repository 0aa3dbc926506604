// SPDX-License-Identifier: MIT
#ifndef NNGS_EXAMPLES_PAPER_REPORT_HPP
#define NNGS_EXAMPLES_PAPER_REPORT_HPP

#include <filesystem>
#include <map>
#include <string>

#include "experiment.hpp"

namespace paper {

// The report is a folder: README.md with a part an experiment, between marks that Markdown does not show;
// csv/ and plots/ with the figures and pictures of all parts. It holds no date and nothing else that changes
// from run to run.

/// The text of each part that the folder's README.md has, by the name of its experiment; none where there is
/// no such file.
std::map<std::string, std::string> read_parts(const std::filesystem::path& folder);

/// The text of the part that the experiment's section makes.
std::string part_of(const experiment& which, const section& result);

/// Writes README.md: the parts in the order of the experiments. Throws program::file_error.
void write_parts(const std::filesystem::path& folder, const std::map<std::string, std::string>& parts);

/// Writes the files that go with a section. No gnuplot, no pictures. Throws program::file_error.
void write_files(const std::filesystem::path& folder, const section& result,
                 const std::filesystem::path& gnuplot);

/// What differs between a part of the report with its figures and what the experiment gives now: file and
/// lines. Empty when nothing does. Pictures are not compared: gnuplot draws them, each version a little
/// differently.
std::string differences(const std::filesystem::path& folder, const std::map<std::string, std::string>& parts,
                        const experiment& which, const section& result);

}  // namespace paper

#endif
