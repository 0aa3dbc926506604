// SPDX-License-Identifier: MIT
#include "arguments.hpp"

#include <CLI/CLI.hpp>
#include <iostream>
#include <map>
#include <nngs/version.hpp>

#include "usage_error.hpp"

namespace program {
namespace {

constexpr const char* description =
    "How alike are two embedding spaces of the same items? For each item, compares its k nearest\n"
    "neighbours in X with those in Y: NNGS is the mean Jaccard similarity of the two sets, overlap the\n"
    "mean share of common neighbours. 1 = same neighbours; random pairs score near k / (2 n).\n"
    "Row i of both files is the same item: .npy (float16, float32, float64), word vectors as text\n"
    "(GloVe, word2vec), .csv or .tsv.";

constexpr const char* footer =
    "Examples:\n"
    "  nngs images.npy captions.npy                          scores at a few k, linear CKA beside\n"
    "  nngs a.npy b.npy --k 1,5,10 --metric cosine --json -  for scripts\n"
    "  nngs a.txt b.txt --changed 20                         the items whose neighbours changed most\n"
    "Exit status: 0; 1 for files that cannot be read or scored; 2 for a wrong command line.";

std::string version() {
  return "nngs " + std::to_string(NNGS_VERSION_MAJOR) + "." + std::to_string(NNGS_VERSION_MINOR) + "." +
         std::to_string(NNGS_VERSION_PATCH);
}

void check(const arguments& asked) {
  if (asked.json_file == "-" && asked.csv_file == "-")
    throw usage_error("--json - and --csv - cannot both have standard output: give one a file");
  if (!asked.labels_file.empty() && asked.changed == 0)
    throw usage_error("--labels names items for --changed N: give both");
  check_builder(asked.builder, asked.x_metric);
  check_builder(asked.builder, asked.y_metric);
}

}  // namespace

std::optional<arguments> parse_arguments(int count, const char* const* words) {
  arguments asked;
  std::string x_metric = "euclidean", y_metric;
  bool show_version = false;

  CLI::App app(description, "nngs");
  app.footer(footer);
  app.add_option("X", asked.x_file, "first matrix, one row per item")->required();
  app.add_option("Y", asked.y_file, "second matrix, the same items in the same order")->required();
  app.add_option("--k", asked.k, "numbers of neighbours: 10, or 1,5,10, or 1:50, or 0.2n (a few that suit n)")
      ->type_name("LIST");
  app.add_option("--metric", x_metric,
                 "euclidean, manhattan, chebyshev, minkowski:P, cosine, correlation or inner-product "
                 "(euclidean)")
      ->type_name("NAME");
  app.add_option("--metric-y", y_metric, "metric of Y (that of X)")->type_name("NAME");
  app.add_option("--builder", asked.builder, "how neighbours are searched: auto, exact or kd-tree (auto)")
      ->transform(CLI::CheckedTransformer(
          std::map<std::string, builder_choice>{{"auto", builder_choice::automatic},
                                                {"exact", builder_choice::exact},
                                                {"kd-tree", builder_choice::kd_tree}}))
      ->type_name("NAME");
  app.add_option("--threads", asked.threads, "threads to use; 0 = all cores (0)")->type_name("N");
  app.add_option("--json", asked.json_file, "write the result as JSON; - = standard output")
      ->type_name("FILE");
  app.add_option("--csv", asked.csv_file, "write the curve as CSV; - = standard output")->type_name("FILE");
  app.add_option("--labels", asked.labels_file, "names of the items, one a line (those of the files)")
      ->type_name("FILE");
  app.add_option("--changed", asked.changed, "list the N items whose neighbourhoods agree least")
      ->type_name("N");
  app.add_flag("--cka,!--no-cka", asked.cka, "linear CKA beside the scores (on)");
  app.add_flag("--version", show_version, "print the version and stop")->trigger_on_parse()->each([](auto&&) {
    throw CLI::CallForVersion(version(), 0);
  });

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
  check(asked);
  return asked;
}

}  // namespace program
