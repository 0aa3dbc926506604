// SPDX-License-Identifier: MIT
#ifndef NNGS_EXAMPLES_MATRIX_ARGUMENTS_HPP
#define NNGS_EXAMPLES_MATRIX_ARGUMENTS_HPP

#include <Eigen/Core>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "input_options.hpp"
#include "search.hpp"

namespace program {

/// What the table, the .npy file and the heat map show.
enum class matrix_score { adjusted, jaccard, overlap, z, cka };

/// What `nngs matrix` is asked for. File names may be "-" for standard input or output; empty = not asked
/// for.
struct matrix_arguments {
  std::vector<std::string> files;
  std::vector<std::string> against;  // none: the files against each other
  input_options input;
  std::string k;  // empty: 10, or what suits few items
  metric_choice metric;
  builder_choice builder = builder_choice::automatic;
  std::string ties_text = "matrix";
  nngs::tie_order ties;
  std::string lists_folder;  // where neighbour lists are kept; empty: nowhere
  unsigned threads = 0;      // 0: all cores
  matrix_score score = matrix_score::adjusted;
  bool cka = false;
  Eigen::Index permutations = 0;  // 0: no test
  Eigen::Index sample = 0;        // rows; 0: all
  std::uint64_t seed = 0;
  bool clustered = false;
  std::string json_file, csv_file, npy_file, plot_file, map_file;
};

/// Reads the command line, whose first word is that of the command. Empty when the answer (help, the version)
/// is already printed. Throws usage_error.
std::optional<matrix_arguments> parse_matrix_arguments(int count, const char* const* words);

}  // namespace program

#endif
