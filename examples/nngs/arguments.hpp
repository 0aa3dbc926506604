// SPDX-License-Identifier: MIT
#ifndef NNGS_EXAMPLES_ARGUMENTS_HPP
#define NNGS_EXAMPLES_ARGUMENTS_HPP

#include <Eigen/Core>
#include <cstdint>
#include <optional>
#include <string>

#include "cka_scores.hpp"
#include "input_options.hpp"
#include "plot.hpp"
#include "search.hpp"

namespace program {

/// What the command line asks for. File names may be "-" for standard input or output; empty = not asked for.
struct arguments {
  std::string x_file, y_file;
  input_options input;
  std::string k;  // empty: a few that suit n
  bool all_k = false;
  metric_choice x_metric, y_metric;
  builder_choice builder = builder_choice::automatic;
  std::string ties_text = "matrix";
  nngs::tie_order ties;
  std::string lists_folder;  // where neighbour lists are kept; empty: nowhere
  unsigned threads = 0;      // 0: all cores
  bool chance = true;
  Eigen::Index permutations = 0;  // 0: no test
  std::string groups_file;
  Eigen::Index sample = 0;                 // rows; 0: all
  bool growth = false;                     // of smaller numbers of items too
  std::uint64_t memory = 0;                // bytes for files and work; 0: half of what is free
  std::string lists_x_file, lists_y_file;  // neighbour lists that an approximate search found
  Eigen::Index exact_sample = 0;           // rows that correct them; 0: there are none to correct
  std::uint64_t seed = 0;
  cka_choice cka;
  std::string json_file, csv_file;
  std::string plot_file;
  plot_axis axis = plot_axis::logarithmic;
  std::string labels_file;
  unsigned changed = 0;          // items to list
  bool missing_allowed = false;  // of lists: neighbours that are not there
};

/// Reads the command line. Empty when the answer (help, the version) is already printed. Throws usage_error.
std::optional<arguments> parse_arguments(int count, const char* const* words);

}  // namespace program

#endif
