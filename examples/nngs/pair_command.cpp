// SPDX-License-Identifier: MIT
#include "pair_command.hpp"

#include <filesystem>
#include <iostream>
#include <utility>
#include <vector>

#include "arguments.hpp"
#include "comparison.hpp"
#include "drawing.hpp"
#include "item_pairs.hpp"
#include "matrix_file.hpp"
#include "output_files.hpp"
#include "report_files.hpp"
#include "sampled_pair.hpp"
#include "score_options.hpp"

namespace program {
namespace {

/// What --join and --clamp do needs the whole files.
item_pairs open_pair(const arguments& asked) {
  if (asked.sample > 0 && !asked.input.join && asked.input.clamp.quantile >= 1)
    return open_sampled_pair(asked);
  item_pairs pairs =
      pair_items(open_matrix(asked.x_file, asked.input), open_matrix(asked.y_file, asked.input), asked.input);
  note_shared_columns(pairs, pairs.x, pairs.y);
  return pairs;
}

void compare_files(const arguments& asked) {
  std::vector<named_file> inputs = input_files(asked);
  for (named_file& file : files_of_pair(asked)) inputs.push_back(std::move(file));
  check_outputs(inputs, output_files(asked));
  const std::filesystem::path gnuplot = needed_gnuplot(asked.plot_file);
  const item_pairs pairs = open_pair(asked);
  write_notes(pairs);
  const comparison result = compare(asked, pairs);
  for (const std::string& note : result.notes) std::cerr << "nngs: " << note << '\n';
  report(asked, gnuplot, pairs, result);
}

}  // namespace

void run_pair(int count, const char* const* words) {
  if (const auto asked = parse_arguments(count, words)) compare_files(*asked);
}

}  // namespace program
