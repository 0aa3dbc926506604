// SPDX-License-Identifier: MIT
#include "score_options.hpp"

#include <algorithm>

#include "array_path.hpp"
#include "drawing.hpp"
#include "options.hpp"
#include "usage_error.hpp"

namespace program {
namespace {

plot_axis parse_axis(const std::string& name) {
  if (name == "log") return plot_axis::logarithmic;
  if (name == "linear") return plot_axis::linear;
  throw usage_error("--axis " + name + " is not known: use log or linear");
}

}  // namespace

void add_k_options(CLI::App& app, arguments& asked, const std::string& every) {
  app.add_option("--k", asked.k,
                 "numbers of neighbours: 10, or 1,5,10, or 1:50,\nor 0.2n (a few that suit n)")
      ->type_name("LIST");
  app.add_flag("--all-k", asked.all_k, every)->excludes("--k");
}

void add_threads_option(CLI::App& app, arguments& asked) {
  app.add_option("--threads", asked.threads, "threads to use; 0 = all cores (0)")
      ->check(whole_number_from(0))
      ->type_name("N");
}

void add_chance_options(CLI::App& app, arguments& asked) {
  auto* const with_chance = app.add_flag(
      "--chance", asked.chance, "chance, adjusted score and z beside each score (on; off: --no-chance)");
  app.add_flag_callback(
         "--no-chance", [&asked] { asked.chance = false; }, "scores alone")
      ->excludes(with_chance);
  auto* const permutations =
      app.add_option("--permutations", asked.permutations, "permutation test: p for each k and for the curve")
          ->check(whole_number_from(1))
          ->type_name("B");
  app.add_option("--groups", asked.groups_file,
                 "one label a line: only rows of the same label are\n"
                 "exchanged, and chance becomes that of the permutations")
      ->needs(permutations)
      ->type_name("FILE");
}

void add_seed_option(CLI::App& app, arguments& asked) {
  app.add_option("--seed", asked.seed, "seed of permutations and samples (0)")
      ->check(whole_number_from(0))
      ->type_name("S");
}

void add_result_options(CLI::App& app, arguments& asked) {
  app.add_option("--json", asked.json_file, "write the result as JSON; - = standard output")
      ->type_name("FILE");
  app.add_option("--csv", asked.csv_file, "write the curve as CSV; - = standard output")->type_name("FILE");
}

void add_plot_options(CLI::App& app, arguments& asked) {
  auto* const plot = app.add_option("--plot", asked.plot_file, "draw the curve over k as SVG (needs gnuplot)")
                         ->type_name("FILE");
  app.add_option_function<std::string>(
         "--axis", [&asked](const std::string& name) { asked.axis = parse_axis(name); },
         "k of the plot: log or linear (log)")
      ->needs(plot)
      ->type_name("NAME");
}

void add_item_options(CLI::App& app, arguments& asked) {
  app.add_option("--labels", asked.labels_file, "names of the items, one a line (those of the files)")
      ->type_name("FILE");
  app.add_option("--changed", asked.changed, "list the N items whose neighbourhoods agree least")
      ->check(whole_number_from(1))
      ->type_name("N");
}

void check_score_options(const arguments& asked) {
  if (asked.json_file == "-" && asked.csv_file == "-")
    throw usage_error("--json - and --csv - cannot both have standard output: give one a file");
  if (!asked.labels_file.empty() && asked.changed == 0)
    throw usage_error("--labels names items for --changed N: give both");
  const std::vector<named_file> files = input_files(asked);
  if (std::count_if(files.begin(), files.end(), [](const named_file& file) { return file.path == "-"; }) > 1)
    throw usage_error("only one file can be -, standard input");
  check_plot_name(asked.plot_file);
}

void check_names_kept(const arguments& asked) {
  if (asked.memory > 0 && asked.input.names == names_choice::first)
    throw usage_error(
        "--memory does not go with --names first, which keeps a name of every row: --skip 1 leaves "
        "the column out");
}

std::vector<named_file> input_files(const arguments& asked) {
  return {{"X", asked.x_file},
          {"Y", asked.y_file},
          {"--lists-x", asked.lists_x_file},
          {"--lists-y", asked.lists_y_file},
          {"--labels", asked.labels_file},
          {"--groups", asked.groups_file}};
}

std::vector<named_file> files_of_pair(const arguments& asked) {
  std::vector<named_file> files;
  for (const std::string& file : files_of(asked.x_file)) files.push_back({"X", file});
  for (const std::string& file : files_of(asked.y_file)) files.push_back({"Y", file});
  return files;
}

std::vector<named_file> output_files(const arguments& asked) {
  return {{"--json", asked.json_file}, {"--csv", asked.csv_file}, {"--plot", asked.plot_file}};
}

}  // namespace program
