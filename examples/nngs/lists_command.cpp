// SPDX-License-Identifier: MIT
#include "lists_command.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <iostream>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "comparison.hpp"
#include "drawing.hpp"
#include "k_choice.hpp"
#include "list_pair.hpp"
#include "options.hpp"
#include "output_files.hpp"
#include "progress.hpp"
#include "report_files.hpp"
#include "row_labels.hpp"
#include "score_options.hpp"
#include "usage_error.hpp"

namespace program {
namespace {

constexpr const char* description =
    "How alike are two sets of neighbour lists of the same items, whoever searched them? Row i of both "
    "files\n"
    "has the neighbours of item i, nearest first, as rows counted from 0: .npy of any integer type (n x K),\n"
    ".ivecs, or BigANN's .bin (n, K, ids, distances), whose distances tell ties. The item itself is left "
    "out\n"
    "wherever it stands; - is standard input.";

constexpr const char* footer =
    "Lists name items by their rows, so that nothing is joined by name. The columns of the table are those "
    "of\n"
    "nngs X Y; see nngs --help.\n"
    "Examples:\n"
    "  nngs lists umap.npy tsne.npy                       scores at a few k up to that of the lists\n"
    "  nngs lists hnsw.ivecs exact.ivecs --k 10           how much an index finds: the overlap is its "
    "recall\n"
    "  nngs lists a.npy b.npy --missing allow             score the neighbours that are there\n"
    "Exit status: 0; 1 for files that cannot be read, scored or written; 2 for a wrong command line.";

std::optional<arguments> parse_list_arguments(int count, const char* const* words) {
  arguments asked;
  CLI::App app(description, "nngs lists");
  app.footer(footer);
  app.add_option("X", asked.x_file, "first lists, those of item i in row i")->required();
  app.add_option("Y", asked.y_file, "second lists, the same items in the same order")->required();
  add_k_options(app, asked, "every k up to that of the lists (the table shows some)");
  app.add_option_function<std::string>(
         "--missing",
         [&asked](const std::string& name) {
           if (name != "allow" && name != "refuse")
             throw usage_error("--missing " + name + " is not known: use allow or refuse");
           asked.missing_allowed = name == "allow";
         },
         "lists with fewer neighbours (-1): refuse, or allow =\n"
         "score those that are there, each item against the\n"
         "chance of its own two numbers of neighbours (refuse)")
      ->type_name("HOW");
  app.add_option_function<std::string>(
         "--skip", [&asked](const std::string& list) { asked.input.skip = parts_of(list); },
         "leave out columns of .npy files: numbers from 1,\nseparated by commas")
      ->type_name("COLUMNS");
  add_threads_option(app, asked);
  add_chance_options(app, asked);
  add_seed_option(app, asked);
  add_result_options(app, asked);
  add_plot_options(app, asked);
  add_item_options(app, asked);
  add_version_flag(app);
  for (CLI::Option* const option : app.get_options()) option->check(not_empty);

  if (!program::parse(app, count, words)) return std::nullopt;
  check_score_options(asked);
  return asked;
}

/// All that the lists have, those asked for, or a few and the largest.
std::vector<Eigen::Index> asked_k(const arguments& asked, const list_pair& pair) {
  const std::vector<Eigen::Index> ks =
      k_of_lists(asked.k, asked.all_k, pair.items(), pair.depth(), pair.shallower().path);
  if (!asked.plot_file.empty() && ks.size() < 2)
    throw usage_error("--plot draws a curve: ask for more than one k, such as --all-k or --k 1:" +
                      std::to_string(pair.depth()));
  return ks;
}

/// The neighbours of each item at k, with distances where they came along. It refers to the file.
told_space told(const list_file& file, Eigen::Index k, const std::vector<std::string>& labels) {
  const auto neighbors = [&file, k, labels](Eigen::Index item) {
    std::vector<neighbor> named;
    for (const std::uint32_t other : file.first(item, k)) {
      const auto rank = static_cast<Eigen::Index>(named.size());
      named.push_back({static_cast<Eigen::Index>(other), labels[other], std::nullopt});
      if (file.has_distances()) named.back().distance = static_cast<double>(file.distances(item, rank));
    }
    return named;
  };
  return {labels, neighbors};
}

/// Every list is as long as the largest k: the scores of graphs.
void score_whole(comparison& result, const arguments& asked, const list_pair& pair,
                 const std::vector<Eigen::Index>& ks, const group_numbers& groups) {
  progress_line line;
  const watched_threads execute{nngs::threads{asked.threads}, report_to_line{&line}};
  const graph_pair graphs{to_graph(pair.x, ks.back()), to_graph(pair.y, ks.back())};
  score_graphs(result, asked, graphs, ks, groups, line, execute);
}

void score_partial(comparison& result, const arguments& asked, const list_pair& pair,
                   const std::vector<Eigen::Index>& ks) {
  if (asked.permutations > 0) {
    const auto missing = *missing_at(pair, ks.back());
    throw usage_error("--permutations needs lists of the same length, and at k = " +
                      std::to_string(ks.back()) + " " + std::to_string(missing.short_x) + " lists of x and " +
                      std::to_string(missing.short_y) + " of y are shorter: choose a smaller --k");
  }
  result.curve.chance = asked.chance;
  for (const partial_score& one : score_lists(pair, ks)) {
    const nngs::baseline expected{.n = pair.items(),
                                  .k = one.observed.k,
                                  .jaccard = one.expected_jaccard,
                                  .overlap = one.expected_overlap,
                                  .jaccard_variance = 0,
                                  .overlap_variance = 0};
    result.curve.points.push_back({.observed = one.observed,
                                   .expected = expected,
                                   .adjusted = nngs::adjusted(one.observed.jaccard, one.expected_jaccard)});
  }
  if (asked.chance) result.z_complaint = "it needs lists of the same length";
}

comparison compare(const arguments& asked, const list_pair& pair) {
  const std::vector<Eigen::Index> ks = asked_k(asked, pair);
  const auto n = static_cast<std::size_t>(pair.items());
  const std::vector<std::string> labels = labels_of_items(asked.labels_file, n);
  const group_numbers groups = to_groups(asked.groups_file, labels_of_items(asked.groups_file, n));
  comparison result;
  result.groups = groups.count;
  const bool whole = !missing_at(pair, ks.back());
  if (whole)
    score_whole(result, asked, pair, ks, groups);
  else
    score_partial(result, asked, pair, ks);
  result.summary = summarize(result.curve);
  if (asked.changed > 0) {
    result.changed_k = readable_k(ks);
    const std::vector<std::string> names = item_labels(labels, {}, pair.items());
    result.changed = most_changed(test_lists(pair, result.changed_k), told(pair.x, result.changed_k, names),
                                  told(pair.y, result.changed_k, names), asked.changed);
  }
  return result;
}

void write_notes(const list_pair& pair) {
  for (const list_file* const file : {&pair.x, &pair.y}) {
    if (file == &pair.y && file->path == pair.x.path) continue;  // said already
    for (const std::string& note : file->notes) std::cerr << "nngs: " << file->path << ": " << note << '\n';
  }
}

}  // namespace

void run_lists(int count, const char* const* words) {
  const auto asked = parse_list_arguments(count, words);
  if (!asked) return;
  check_outputs(input_files(*asked), output_files(*asked));
  const std::filesystem::path gnuplot = needed_gnuplot(asked->plot_file);
  list_file x = open_lists(asked->x_file, asked->input, asked->missing_allowed);
  list_file y = open_lists(asked->y_file, asked->input, asked->missing_allowed);
  const list_pair pair = pair_lists(std::move(x), std::move(y));
  write_notes(pair);
  report(*asked, gnuplot, pair, compare(*asked, pair));
}

}  // namespace program
