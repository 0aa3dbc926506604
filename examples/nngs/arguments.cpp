// SPDX-License-Identifier: MIT
#include "arguments.hpp"

#include <CLI/CLI.hpp>

#include "memory_budget.hpp"
#include "options.hpp"
#include "pair_search.hpp"
#include "score_options.hpp"
#include "usage_error.hpp"

namespace program {
namespace {

constexpr const char* description =
    "How alike are two embedding spaces of the same items? For each item, compares its k nearest\n"
    "neighbours in X with those in Y: NNGS is the mean Jaccard similarity of the two sets, overlap the\n"
    "mean share of common neighbours. 1 = same neighbours.\n"
    "Row i of both files is the same item: .npy (floats, integers, booleans), word vectors as text (GloVe,\n"
    "word2vec, fastText), .csv or .tsv; FILE:NAME in safetensors and .npz; .fbin, .u8bin, .i8bin,\n"
    ".fvecs and .bvecs; - is standard input, @LIST one matrix in the files that LIST names, one a line.\n"
    "Neighbour lists are scored by nngs lists, and the parts of a large run by nngs shard and nngs merge:\n"
    "nngs lists --help, nngs shard --help, nngs merge --help.";

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
    "  nngs a.fbin b.fbin --sample 2000 --memory 2G          files larger than memory\n"
    "  nngs a.npy b.npy --sample 2000 --growth               what if there were fewer items?\n"
    "  nngs a.npy b.npy --lists-x hnsw_a.npy --lists-y hnsw_b.npy --exact-sample 2000\n"
    "                                                        lists of an index, corrected by a sample\n"
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

void check_sample(const arguments& asked) {
  if (asked.sample == 0) return;
  if (asked.permutations > 0)
    throw usage_error("--sample does not go with --permutations, which need the neighbours of every row");
  if (asked.changed > 0)
    throw usage_error("--sample does not go with --changed, which needs the neighbours of every row");
  if (!asked.lists_folder.empty())
    throw usage_error("--sample does not go with --lists, which keeps the neighbours of every row");
  if (asked.builder == builder_choice::kd_tree)
    throw usage_error("--sample searches exactly: leave out --builder kd-tree");
  if (!same_kind(asked.x_metric, asked.y_metric))
    throw usage_error("--sample takes one metric for both files: leave out --metric-y");
}

void check_growth(const arguments& asked) {
  if (!asked.growth) return;
  if (asked.sample == 0)
    throw usage_error("--growth goes with --sample M, whose rows ask among all items and among half of them");
  if (asked.all_k) throw usage_error("--growth is told at one k: ask for it by --k, not for --all-k");
}

void check_memory(const arguments& asked) {
  if (asked.memory == 0) return;
  if (asked.sample == 0)
    throw usage_error(
        "--memory goes with --sample M, whose rows are compared with files of any size: scores of every row "
        "keep the neighbours of all rows in memory");
  if (asked.input.join)
    throw usage_error(
        "--memory does not go with --join, which needs the names of all rows: bring the files into "
        "the same order");
  check_names_kept(asked);
  if (asked.input.clamp.quantile < 1)
    throw usage_error(
        "--memory does not go with --clamp, which ranks all values of a file: cut the files before");
  for (const kernel_choice& kernel : asked.cka.kernels)
    if (std::holds_alternative<nngs::rbf>(kernel.kernel))
      throw usage_error("--memory does not go with --cka " + kernel.name +
                        ", which needs every pair of rows: ask for --cka linear or --no-cka");
}

void check_exact_sample(const arguments& asked) {
  if (asked.exact_sample == 0) return;
  if (asked.sample > 0) throw usage_error("--exact-sample is a sample already: leave out --sample");
  if (asked.permutations > 0)
    throw usage_error(
        "--exact-sample does not go with --permutations, which need exact neighbours of every row");
  if (asked.changed > 0)
    throw usage_error("--exact-sample does not go with --changed, which needs exact neighbours of every row");
  if (!asked.lists_folder.empty())
    throw usage_error("--exact-sample does not go with --lists, which keeps exact neighbours of every row");
  if (asked.input.join)
    throw usage_error(
        "--lists-x and --lists-y name rows by number, which --join changes: bring the files into "
        "the same order");
  if (asked.builder == builder_choice::kd_tree)
    throw usage_error("--exact-sample looks at every row: leave out --builder kd-tree");
  if (!same_kind(asked.x_metric, asked.y_metric))
    throw usage_error("--exact-sample takes one metric for both files: leave out --metric-y");
}

void check(const arguments& asked) {
  check_score_options(asked);
  check_sample(asked);
  check_growth(asked);
  check_memory(asked);
  check_exact_sample(asked);
  check_builder(asked.builder, asked.x_metric);
  check_builder(asked.builder, asked.y_metric);
}

}  // namespace

std::optional<arguments> parse_arguments(int count, const char* const* words) {
  arguments asked;
  std::string x_metric = "euclidean", y_metric, builder = "auto", cka = "linear";
  bool no_cka = false;

  CLI::App app(description, "nngs");
  app.footer(footer);
  app.add_option("X", asked.x_file, "first matrix, one row per item")->required();
  app.add_option("Y", asked.y_file, "second matrix, the same items in the same order")->required();
  add_k_options(app, asked, "every k = 1 .. n - 1 (the table shows some)");
  add_metric_option(app, x_metric);
  app.add_option("--metric-y", y_metric, "metric of Y (that of X)")->type_name("NAME");
  app.add_option("--builder", builder, "how neighbours are searched: auto, exact or kd-tree (auto)")
      ->type_name("NAME");
  add_ties_option(app, asked.ties_text);
  add_lists_option(app, asked.lists_folder);
  add_threads_option(app, asked);
  add_chance_options(app, asked);
  app.add_option("--sample", asked.sample, "scores from M random rows, with standard error and 95 % interval")
      ->check(whole_number_from(2))
      ->type_name("M");
  app.add_flag("--growth", asked.growth,
               "with --sample: the scores of half of the items too, of a quarter\n"
               "and so on, at one k and at its share of the items (--k 10)");
  app.add_option_function<std::string>(
         "--memory", [&asked](const std::string& size) { asked.memory = parse_memory(size); },
         "what --sample may take, such as 2G: files that do not fit are\n"
         "read in pieces (half of what is free)")
      ->type_name("SIZE");
  auto* const lists_x =
      app.add_option("--lists-x", asked.lists_x_file,
                     "neighbour lists of X that an approximate search found, as\nnngs lists reads them, ...")
          ->type_name("FILE");
  auto* const lists_y =
      app.add_option("--lists-y", asked.lists_y_file, "... and those of Y")->type_name("FILE");
  auto* const exact_sample = app.add_option("--exact-sample", asked.exact_sample,
                                            "scores of exact lists, from these and an exact search of\n"
                                            "M random rows, with error, interval and recall")
                                 ->check(whole_number_from(2))
                                 ->needs(lists_x)
                                 ->needs(lists_y)
                                 ->type_name("M");
  lists_x->needs(exact_sample);
  lists_y->needs(exact_sample);
  add_seed_option(app, asked);
  auto* const kernels =
      app.add_option("--cka", cka, "CKA beside the scores: linear, rbf:0.8, debiased (linear)")
          ->expected(0, 1)
          ->check(checked_cka)
          ->type_name("LIST");
  app.add_flag("--no-cka", no_cka, "no CKA")->excludes(kernels);
  add_result_options(app, asked);
  add_input_options(app, asked.input);
  add_plot_options(app, asked);
  add_item_options(app, asked);
  add_version_flag(app);

  for (CLI::Option* const option : app.get_options())
    if (option != kernels) option->check(not_empty);  // --cka alone is linear

  if (!parse(app, count, words)) return std::nullopt;
  asked.x_metric = parse_metric(x_metric);
  asked.y_metric = parse_metric(y_metric.empty() ? x_metric : y_metric);
  asked.builder = parse_builder(builder);
  asked.ties = parse_ties(asked.ties_text);
  if (!no_cka) asked.cka = parse_cka(cka);
  check(asked);
  return asked;
}

}  // namespace program
