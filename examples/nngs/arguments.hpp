// SPDX-License-Identifier: MIT
#ifndef NNGS_EXAMPLES_ARGUMENTS_HPP
#define NNGS_EXAMPLES_ARGUMENTS_HPP

#include <optional>
#include <string>

#include "search.hpp"

namespace program {

/// What the command line asks for. File names may be "-" for standard output; empty = not asked for.
struct arguments {
  std::string x_file, y_file;
  std::string k;  // empty: a few that suit n
  metric_choice x_metric, y_metric;
  builder_choice builder = builder_choice::automatic;
  unsigned threads = 0;  // 0: all cores
  std::string json_file, csv_file;
  std::string labels_file;
  unsigned changed = 0;  // items to list
  bool cka = true;
};

/// Reads the command line. Empty when the answer (help, the version) is already printed. Throws usage_error.
std::optional<arguments> parse_arguments(int count, const char* const* words);

}  // namespace program

#endif
