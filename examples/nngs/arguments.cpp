// SPDX-License-Identifier: MIT
#include "arguments.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <iterator>

#include "drawing.hpp"
#include "options.hpp"
#include "pair_search.hpp"
#include "usage_error.hpp"

namespace program {
namespace {

constexpr const char* description =
    "How alike are two embedding spaces of the same items? For each item, compares its k nearest\n"
    "neighbours in X with those in Y: NNGS is the mean Jaccard similarity of the two sets, overlap the\n"
    "mean share of common neighbours. 1 = same neighbours.\n"
    "Row i of both files is the same item: .npy (floats, integers, booleans), word vectors as text (GloVe,\n"
    "word2vec, fastText), .csv or .tsv; - is standard input.";

constexpr const char* footer =
    "Columns:\n"
    "  chance    what NNGS is on average when the rows are paired at random (exact)\n"
    "  adjusted  (NNGS - chance) / (1 - chance): 0 = chance, 1 = perfect\n"
    "  z         (overlap - k / (n - 1)) / its standard deviation under random pairing of these two graphs\n"
    "  p         how often a random pairing scores as high (--permutations)\n"
    "  overlap   mean share of common neighbours (mutual k-NN)\n"
    "  tied      items whose k-th and next neighbours are equally near: one choice of several\n"
    "Tables: a first column of words, one under a name such as id, and one that counts the rows name the\n"
    "items; the first lines of the report say so. --skip takes names in the header and numbers: a number\n"
    "is always a place, counted from 1 with the column of names.\n"
    "CKA: `debiased` adds to each kernel of the list its debiased value, 0 on average for unrelated data;\n"
    "alone it stands for linear,debiased. rbf:0.8 has a bandwidth of 0.8 times the median distance of each\n"
    "space.\n"
    "Examples:\n"
    "  nngs images.npy captions.npy                          scores at a few k, linear CKA beside\n"
    "  nngs a.npy b.npy --k 1,5,10 --metric cosine --json -  for scripts\n"
    "  nngs a.npy b.npy --all-k --plot curve.svg             every scale, as a picture\n"
    "  nngs a.npy b.npy --permutations 999 --groups classes.txt\n"
    "                                                        do they agree beyond the classes?\n"
    "  nngs a.npy b.npy --sample 2000                        large files: an estimate with its error\n"
    "  nngs a.txt b.txt --changed 20                         the items whose neighbours changed most\n"
    "  nngs matrix layer*.npy                                many files, each with each: nngs matrix --help\n"
    "Exit status: 0; 1 for files that cannot be read, scored or written; 2 for a wrong command line.";

/// Words that --cka takes; throws what CLI11 reports.
std::string checked_cka(const std::string& text) {
  try {
    parse_cka(text);
    return "";
  } catch (const usage_error& error) {
    return error.what();
  }
}

plot_axis parse_axis(const std::string& name) {
  if (name == "log") return plot_axis::logarithmic;
  if (name == "linear") return plot_axis::linear;
  throw usage_error("--axis " + name + " is not known: use log or linear");
}

void check_standard_input(const arguments& asked) {
  const std::string files[] = {asked.x_file, asked.y_file, asked.labels_file, asked.groups_file};
  if (std::count(std::begin(files), std::end(files), "-") > 1)
    throw usage_error("only one file can be -, standard input");
}

void check_sample(const arguments& asked) {
  if (asked.sample == 0) return;
  if (asked.permutations > 0)
    throw usage_error("--sample does not go with --permutations, which need the neighbours of every row");
  if (asked.changed > 0)
    throw usage_error("--sample does not go with --changed, which needs the neighbours of every row");
  if (asked.builder == builder_choice::kd_tree)
    throw usage_error("--sample searches exactly: leave out --builder kd-tree");
  if (!same_kind(asked.x_metric, asked.y_metric))
    throw usage_error("--sample takes one metric for both files: leave out --metric-y");
}

void check(const arguments& asked) {
  if (asked.json_file == "-" && asked.csv_file == "-")
    throw usage_error("--json - and --csv - cannot both have standard output: give one a file");
  if (!asked.labels_file.empty() && asked.changed == 0)
    throw usage_error("--labels names items for --changed N: give both");
  check_standard_input(asked);
  check_sample(asked);
  check_plot_name(asked.plot_file);
  check_builder(asked.builder, asked.x_metric);
  check_builder(asked.builder, asked.y_metric);
}

}  // namespace

std::optional<arguments> parse_arguments(int count, const char* const* words) {
  arguments asked;
  std::string x_metric = "euclidean", y_metric, builder = "auto", axis = "log", cka = "linear";
  bool no_chance = false, no_cka = false;

  CLI::App app(description, "nngs");
  app.footer(footer);
  app.add_option("X", asked.x_file, "first matrix, one row per item")->required();
  app.add_option("Y", asked.y_file, "second matrix, the same items in the same order")->required();
  app.add_option("--k", asked.k, "numbers of neighbours: 10, or 1,5,10, or 1:50, or 0.2n (a few that suit n)")
      ->type_name("LIST");
  app.add_flag("--all-k", asked.all_k, "every k = 1 .. n - 1 (the table shows some)")->excludes("--k");
  app.add_option("--metric", x_metric,
                 "euclidean, manhattan, chebyshev, minkowski:P, cosine, correlation or inner-product "
                 "(euclidean)")
      ->type_name("NAME");
  app.add_option("--metric-y", y_metric, "metric of Y (that of X)")->type_name("NAME");
  app.add_option("--builder", builder, "how neighbours are searched: auto, exact or kd-tree (auto)")
      ->type_name("NAME");
  add_ties_option(app, asked.ties_text);
  app.add_option("--threads", asked.threads, "threads to use; 0 = all cores (0)")
      ->check(whole_number_from(0))
      ->type_name("N");
  auto* const with_chance = app.add_flag(
      "--chance", asked.chance, "chance, adjusted score and z beside each score (on; off: --no-chance)");
  app.add_flag("--no-chance", no_chance, "scores alone")->excludes(with_chance);
  auto* const permutations =
      app.add_option("--permutations", asked.permutations, "permutation test: p for each k and for the curve")
          ->check(whole_number_from(1))
          ->type_name("B");
  app.add_option("--groups", asked.groups_file,
                 "one label a line: only rows of the same label are\n"
                 "exchanged, and chance becomes that of the permutations")
      ->needs(permutations)
      ->type_name("FILE");
  app.add_option("--sample", asked.sample, "scores from M random rows, with standard error and 95 % interval")
      ->check(whole_number_from(2))
      ->type_name("M");
  app.add_option("--seed", asked.seed, "seed of permutations and samples (0)")
      ->check(whole_number_from(0))
      ->type_name("S");
  auto* const kernels =
      app.add_option("--cka", cka, "CKA beside the scores: linear, rbf:0.8, debiased (linear)")
          ->expected(0, 1)
          ->check(checked_cka)
          ->type_name("LIST");
  app.add_flag("--no-cka", no_cka, "no CKA")->excludes(kernels);
  app.add_option("--json", asked.json_file, "write the result as JSON; - = standard output")
      ->type_name("FILE");
  app.add_option("--csv", asked.csv_file, "write the curve as CSV; - = standard output")->type_name("FILE");
  add_input_options(app, asked.input);
  auto* const plot = app.add_option("--plot", asked.plot_file, "draw the curve over k as SVG (needs gnuplot)")
                         ->type_name("FILE");
  app.add_option("--axis", axis, "k of the plot: log or linear (log)")->needs(plot)->type_name("NAME");
  app.add_option("--labels", asked.labels_file, "names of the items, one a line (those of the files)")
      ->type_name("FILE");
  app.add_option("--changed", asked.changed, "list the N items whose neighbourhoods agree least")
      ->check(whole_number_from(1))
      ->type_name("N");
  add_version_flag(app);

  for (CLI::Option* const option : app.get_options())
    if (option != kernels) option->check(not_empty);  // --cka alone is linear

  if (!parse(app, count, words)) return std::nullopt;
  asked.x_metric = parse_metric(x_metric);
  asked.y_metric = parse_metric(y_metric.empty() ? x_metric : y_metric);
  asked.builder = parse_builder(builder);
  asked.ties = parse_ties(asked.ties_text);
  asked.axis = parse_axis(axis);
  if (no_chance) asked.chance = false;
  if (!no_cka) asked.cka = parse_cka(cka);
  check(asked);
  return asked;
}

}  // namespace program
