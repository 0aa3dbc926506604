// SPDX-License-Identifier: MIT
#ifndef NNGS_EXAMPLES_SAMPLED_RUN_HPP
#define NNGS_EXAMPLES_SAMPLED_RUN_HPP

#include <CLI/CLI.hpp>
#include <Eigen/Core>
#include <filesystem>
#include <nngs/nearest_lists.hpp>
#include <nngs/overlap_tally.hpp>
#include <string>
#include <vector>

#include "arguments.hpp"
#include "item_pairs.hpp"
#include "matrix_file.hpp"

// nngs X Y --sample M, done in parts: each part searches a slice of the rows of both files for the neighbours
// of the sampled rows. What the parts find is added up, and is then what one search of all rows finds.

namespace program {

/// Slice `number` of `count`, counted from 0: of n rows, those from n number / count on, up to where the next
/// slice begins.
struct base_slice {
  Eigen::Index number = 0, count = 1;
};

/// Whether there is such a slice; there are a million at most.
bool is_slice(const base_slice& slice);
nngs::item_range rows_of(const base_slice& slice, Eigen::Index n);

/// What all parts of a run have in common: how the program would be called for all of it, and the two files,
/// whose values were left there (or are elsewhere).
struct sampled_run {
  arguments asked;
  item_pairs pairs;
  std::vector<Eigen::Index> ks;  // ascending

  Eigen::Index items() const { return rows(pairs.x); }
};

/// X, Y and the options that decide what is searched beside the sample: --k, --metric, --ties, --names and
/// --skip; --threads and --memory.
void add_run_options(CLI::App& app, arguments& asked, std::string& metric);
/// --sample and --seed; returns --sample.
CLI::Option* add_sample_options(CLI::App& app, arguments& asked);
/// Makes of those words what they say. Throws usage_error.
void finish_run_options(arguments& asked, const std::string& metric);

/// Throws file_error and usage_error, as nngs X Y does.
sampled_run open_run(const arguments& asked);

/// The neighbours of the sampled rows in one slice of both files.
struct list_parts {
  nngs::nearest_lists x, y;
};

/// Of a run that was opened: its values are where it says. Throws file_error.
list_parts search_slice(const sampled_run& run, const base_slice& slice);

/// The tallies at k = 1, 2, .. of the rows of one slice, each searched among all rows of the files: of a run
/// without a sample. Beside the lists of some of those rows, pieces of the files are in memory. Throws
/// file_error.
std::vector<nngs::overlap_tally> tally_slice(const sampled_run& run, const base_slice& slice);

/// The scores, from the tallies of all rows that were searched at k = 1, 2, .., as the options of `output`
/// want them:
/// --no-chance, --json, --csv, --plot and --axis. Throws usage_error and file_error.
void report_run(const sampled_run& run, const arguments& output, const std::filesystem::path& gnuplot,
                const std::vector<nngs::overlap_tally>& tallies);

/// Those options.
void add_report_options(CLI::App& app, arguments& output);

/// All that parts of one run have in common as one line of JSON, and back. Of the names of the items it has
/// the first, which the report shows. Throws std::invalid_argument for text that is no such JSON.
std::string to_text(const sampled_run& run);
sampled_run run_of(const std::string& text);

/// What this machine sees of the files of a run that was opened: to_text, and a hash of the values in the
/// rows that tell a tie order, 1,024 of each file or all. Other text: other files. Throws file_error.
std::string contents_of(const sampled_run& run);

/// Where two such lines first differ, for people: "seed 1 and 2".
std::string difference(const std::string& one, const std::string& other);

}  // namespace program

#endif
