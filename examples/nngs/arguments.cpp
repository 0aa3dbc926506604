// SPDX-License-Identifier: MIT
#include "arguments.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cctype>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <iostream>
#include <iterator>
#include <nngs/version.hpp>
#include <vector>

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
    "Exit status: 0; 1 for files that cannot be read, scored or written; 2 for a wrong command line.";

std::string version() {
  return "nngs " + std::to_string(NNGS_VERSION_MAJOR) + "." + std::to_string(NNGS_VERSION_MINOR) + "." +
         std::to_string(NNGS_VERSION_PATCH);
}

/// Words that --cka takes; throws what CLI11 reports.
std::string checked_cka(const std::string& text) {
  try {
    parse_cka(text);
    return "";
  } catch (const usage_error& error) {
    return error.what();
  }
}

/// A check for CLI11: scripts pass empty variables by mistake.
std::string not_empty(const std::string& text) { return text.empty() ? "is empty" : ""; }

builder_choice parse_builder(const std::string& name) {
  if (name == "auto") return builder_choice::automatic;
  if (name == "exact") return builder_choice::exact;
  if (name == "kd-tree") return builder_choice::kd_tree;
  throw usage_error("--builder " + name + " is not known: use auto, exact or kd-tree");
}

nngs::tie_order parse_ties(const std::string& text) {
  if (text == "matrix") return {};
  if (text == "index") return nngs::tie_order::by_index();
  constexpr std::string_view prefix = "seed:";
  std::uint64_t seed = 0;
  const char* const end = text.data() + text.size();
  if (text.starts_with(prefix)) {
    const auto [stop, error] = std::from_chars(text.data() + prefix.size(), end, seed);
    if (error == std::errc{} && stop == end) return nngs::tie_order::seeded(seed);
  }
  throw usage_error("--ties " + text + " is not known: use matrix, index or seed:S, S a whole number");
}

plot_axis parse_axis(const std::string& name) {
  if (name == "log") return plot_axis::logarithmic;
  if (name == "linear") return plot_axis::linear;
  throw usage_error("--axis " + name + " is not known: use log or linear");
}

/// A check for CLI11.
auto whole_number_from(std::uint64_t least) {
  return [least](const std::string& text) -> std::string {
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool octal = text.size() > 1 && text.starts_with('0');  // as CLI11 would read it
    if (error == std::errc{} && end == text.data() + text.size() && number >= least && !octal) return "";
    return "'" + text + "' is not a whole number from " + std::to_string(least) + " on";
  };
}

names_choice parse_names(const std::string& name) {
  if (name == "first") return names_choice::first;
  if (name == "none") return names_choice::none;
  throw usage_error("--names " + name + " is not known: use first or none");
}

std::vector<std::string> parts_of(const std::string& list) {
  std::vector<std::string> parts;
  for (std::size_t begin = 0; begin <= list.size();) {
    const std::size_t end = std::min(list.find(',', begin), list.size());
    if (end == begin) throw usage_error("--skip " + list + ": a column is empty");
    parts.push_back(list.substr(begin, end - begin));
    begin = end + 1;
  }
  return parts;
}

/// How the files are read, for every command that reads items.
void add_input_options(CLI::App& app, input_options& input) {
  app.add_option_function<std::string>(
         "--names", [&input](const std::string& name) { input.names = parse_names(name); },
         "which column names the items: first or none\n(by default the files tell)")
      ->type_name("WHICH");
  app.add_option_function<std::string>(
         "--skip", [&input](const std::string& list) { input.skip = parts_of(list); },
         "leave out columns of both files: names in the header,\nor numbers from 1, separated by commas")
      ->type_name("COLUMNS");
  app.add_flag("--join", input.join, "pair the rows by name, in the order of X, not by place");
}

/// CLI11 would only say that it does not expect them: words with one dash where two are meant.
void check_dashes(const CLI::App& app, int count, const char* const* words) {
  for (int i = 1; i < count; ++i) {
    const std::string word = words[i];
    const bool letter =
        word.size() > 1 && word[0] == '-' && std::isalpha(static_cast<unsigned char>(word[1])) != 0;
    if (!letter || word == "-h") continue;
    const std::string meant = '-' + word.substr(0, word.find('='));
    if (app.get_option_no_throw(meant) != nullptr)
      throw usage_error(word + " is not known: write " + '-' + word + ", with two dashes");
  }
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

void check_plot(const arguments& asked) {
  if (asked.plot_file.empty()) return;
  if (!asked.plot_file.ends_with(".svg"))
    throw usage_error("--plot draws SVG: name the file " +
                      std::filesystem::path(asked.plot_file).replace_extension(".svg").string());
}

void check(const arguments& asked) {
  if (asked.json_file == "-" && asked.csv_file == "-")
    throw usage_error("--json - and --csv - cannot both have standard output: give one a file");
  if (!asked.labels_file.empty() && asked.changed == 0)
    throw usage_error("--labels names items for --changed N: give both");
  check_standard_input(asked);
  check_sample(asked);
  check_plot(asked);
  check_builder(asked.builder, asked.x_metric);
  check_builder(asked.builder, asked.y_metric);
}

}  // namespace

std::optional<arguments> parse_arguments(int count, const char* const* words) {
  arguments asked;
  std::string x_metric = "euclidean", y_metric, builder = "auto", axis = "log", cka = "linear";
  bool no_chance = false, no_cka = false;
  bool show_version = false;

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
  app.add_option("--ties", asked.ties_text,
                 "order of equally near neighbours: matrix = drawn from each file's values, so that ties of\n"
                 "unrelated data are independent; index = the smaller row first; seed:S = drawn from S for\n"
                 "both files (matrix)")
      ->type_name("ORDER");
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
  app.add_flag("--version", show_version, "print the version and stop")->trigger_on_parse()->each([](auto&&) {
    throw CLI::CallForVersion(version(), 0);
  });

  for (CLI::Option* const option : app.get_options())
    if (option != kernels) option->check(not_empty);  // --cka alone is linear

  check_dashes(app, count, words);
  try {
    app.parse(count, words);
  } catch (const CLI::Success& answer) {
    app.exit(answer, std::cout, std::cerr);
    return std::nullopt;
  } catch (const CLI::ParseError& error) {
    throw usage_error(error.what());
  }
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
