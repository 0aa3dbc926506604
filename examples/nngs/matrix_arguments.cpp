// SPDX-License-Identifier: MIT
#include "matrix_arguments.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>

#include "drawing.hpp"
#include "options.hpp"
#include "usage_error.hpp"

namespace program {
namespace {

constexpr const char* matrix_description =
    "How alike are many embedding spaces of the same items? Compares every file with every other, as\n"
    "nngs X Y compares two, and searches each once. A .npy file of (layers, n, d) counts as its layers, as\n"
    "does such an array, FILE:NAME, of safetensors and .npz. @LIST is one matrix in several files: those\n"
    "that LIST names.";

constexpr const char* matrix_footer =
    "Table, --npy, --plot, --order and --map are of one k, the first one that --k names.\n"
    "p: how often random pairings score as high. Files against each other: the rows of every space are\n"
    "paired anew, each in its own way (are any two related?). With --against: the rows of all files\n"
    "behind it in the same way. The p for the best pair holds although it is the best of many.\n"
    "--map: two columns of classical scaling, which takes 1 - NNGS as the squared distance.\n"
    "Examples:\n"
    "  nngs matrix layer*.npy                                a table\n"
    "  nngs matrix bert/*.npy --against vit/*.npy --csv -    each layer of one against each of the other\n"
    "  nngs matrix layer*.npy --plot heat.svg                a heat map (needs gnuplot)\n"
    "  nngs matrix a.txt b.txt c.txt --metric cosine --join --permutations 999\n"
    "Exit status: 0; 1 for files that cannot be read, scored or written; 2 for a wrong command line.";

matrix_score parse_score(const std::string& name) {
  if (name == "adjusted") return matrix_score::adjusted;
  if (name == "jaccard") return matrix_score::jaccard;
  if (name == "overlap") return matrix_score::overlap;
  if (name == "z") return matrix_score::z;
  if (name == "cka") return matrix_score::cka;
  throw usage_error("--score " + name + " is not known: use adjusted, jaccard, overlap, z or cka");
}

bool parse_order(const std::string& name) {
  if (name == "given") return false;
  if (name == "clustered") return true;
  throw usage_error("--order " + name + " is not known: use given or clustered");
}

void check_twice(const std::vector<std::string>& files, const char* what) {
  std::vector<std::string> sorted = files;
  std::sort(sorted.begin(), sorted.end());
  const auto twice = std::adjacent_find(sorted.begin(), sorted.end());
  if (twice != sorted.end()) throw usage_error(*twice + " is given twice" + what + ": give each file once");
}

void check_matrix_sample(const matrix_arguments& asked) {
  if (asked.sample == 0) return;
  if (asked.permutations > 0)
    throw usage_error("--sample does not go with --permutations, which need the neighbours of every row");
  if (asked.score == matrix_score::z)
    throw usage_error("--sample does not go with --score z, which needs the neighbours of every row");
  if (!asked.lists_folder.empty())
    throw usage_error("--sample does not go with --lists, which keeps the neighbours of every row");
  if (asked.builder == builder_choice::kd_tree)
    throw usage_error("--sample searches exactly: leave out --builder kd-tree");
}

void check_matrix(const matrix_arguments& asked) {
  check_twice(asked.files, "");
  check_twice(asked.against, " behind --against");
  const auto standard_input = [](const std::vector<std::string>& files) {
    return std::count(files.begin(), files.end(), "-");
  };
  if (standard_input(asked.files) + standard_input(asked.against) > 1)
    throw usage_error("only one file can be -, standard input");
  const std::string* const outputs[] = {&asked.json_file, &asked.csv_file, &asked.npy_file, &asked.map_file};
  if (std::count_if(std::begin(outputs), std::end(outputs),
                    [](const std::string* file) { return *file == "-"; }) > 1)
    throw usage_error("only one of --json, --csv, --npy and --map can be -, standard output");
  check_matrix_sample(asked);
  check_plot_name(asked.plot_file);
  check_builder(asked.builder, asked.metric);
  if (!asked.against.empty() && (asked.clustered || !asked.map_file.empty()))
    throw usage_error(std::string(asked.clustered ? "--order clustered" : "--map") +
                      " is of files against each other: leave out --against");
}

}  // namespace

std::optional<matrix_arguments> parse_matrix_arguments(int count, const char* const* words) {
  matrix_arguments asked;
  std::string metric = "euclidean", builder = "auto", score = "adjusted", order = "given";

  CLI::App app(matrix_description, "nngs matrix");
  app.footer(matrix_footer);
  app.add_option("FILES", asked.files, "matrices of the same items in the same order")->required();
  app.add_option("--against", asked.against, "compare FILES with these, not with each other")
      ->type_name("FILES");
  app.add_option("--k", asked.k, "numbers of neighbours: 10, or 1,10,100, or 0.2n (10)")->type_name("LIST");
  add_metric_option(app, metric);
  app.add_option("--score", score,
                 "what table, --npy and --plot show: adjusted, jaccard, overlap, z or cka (adjusted)")
      ->type_name("NAME");
  app.add_flag("--cka", asked.cka, "linear CKA in --csv and --json too (keeps every matrix in memory)");
  app.add_option("--builder", builder, "how neighbours are searched: auto, exact or kd-tree (auto)")
      ->type_name("NAME");
  add_ties_option(app, asked.ties_text);
  add_lists_option(app, asked.lists_folder);
  app.add_option("--threads", asked.threads, "threads to use; 0 = all cores (0)")
      ->check(whole_number_from(0))
      ->type_name("N");
  app.add_option("--permutations", asked.permutations, "permutation test: p for each pair and for the best")
      ->check(whole_number_from(1))
      ->type_name("B");
  app.add_option("--sample", asked.sample, "scores from the same M random rows of all spaces")
      ->check(whole_number_from(2))
      ->type_name("M");
  app.add_option("--seed", asked.seed, "seed of permutations and samples (0)")
      ->check(whole_number_from(0))
      ->type_name("S");
  app.add_option("--json", asked.json_file, "write the result as JSON; - = standard output")
      ->type_name("FILE");
  app.add_option("--csv", asked.csv_file, "write a line for each pair and k; - = standard output")
      ->type_name("FILE");
  app.add_option("--npy", asked.npy_file, "write the matrix that is shown, as float64")->type_name("FILE");
  app.add_option("--plot", asked.plot_file, "draw it as a heat map in SVG (needs gnuplot)")
      ->type_name("FILE");
  app.add_option("--order", order, "of the spaces that are shown: given, or clustered by likeness (given)")
      ->type_name("NAME");
  app.add_option("--map", asked.map_file, "write the spaces as points of a plane, in CSV")->type_name("FILE");
  add_input_options(app, asked.input);
  add_version_flag(app);
  for (CLI::Option* const option : app.get_options()) option->check(not_empty);

  if (!parse(app, count, words)) return std::nullopt;
  asked.metric = parse_metric(metric);
  asked.builder = parse_builder(builder);
  asked.ties = parse_ties(asked.ties_text);
  asked.score = parse_score(score);
  asked.cka = asked.cka || asked.score == matrix_score::cka;
  asked.clustered = parse_order(order);
  check_matrix(asked);
  return asked;
}

}  // namespace program
