// SPDX-License-Identifier: MIT
// nngs_paper: the experiments of the NNGS paper, and the report of them.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <exception>
#include <filesystem>
#include <iostream>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "../nngs/gnuplot.hpp"
#include "experiments.hpp"
#include "missing_data.hpp"
#include "own_data.hpp"
#include "report.hpp"

namespace {

using namespace paper;

struct arguments {
  std::vector<experiment> chosen;
  std::string output, checked;
  bool no_plots = false;
  settings how;
  own_experiment own;
};

constexpr const char* footer =
    "Examples:\n"
    "  nngs_paper toy-table                     one experiment, as Markdown on standard output\n"
    "  nngs_paper all --output docs/paper       the whole report, with plots and CSV files\n"
    "  nngs_paper toy-table --output docs/paper one part of it made anew, the rest left as it is\n"
    "  nngs_paper check docs/paper              every figure computed again and compared\n"
    "  nngs_paper check docs/paper toy-table    the same for one experiment\n"
    "Exit status: 0; 1 where figures differ or something cannot be done; other for a wrong command line.";

/// Runs an experiment; nothing where its data are not there, which is said.
std::optional<section> run(const experiment& which, const settings& how) {
  std::cerr << which.name << " ...\n";
  program::progress_line progress;
  settings watched = how;
  watched.progress = &progress;
  try {
    return which.run(watched);
  } catch (const missing_data& missing) {
    progress.clear();
    std::cerr << which.name << ": skipped: " << missing.what() << '\n';
    return {};
  }
}

/// Those of the names, or all when there are none.
std::vector<experiment> named(const std::vector<std::string>& names) {
  if (names.empty()) return experiments();
  std::vector<experiment> chosen;
  for (const std::string& name : names) {
    const auto one = std::find_if(experiments().begin(), experiments().end(),
                                  [&](const experiment& any) { return any.name == name; });
    if (one == experiments().end()) throw CLI::ValidationError("there is no experiment " + name);
    chosen.push_back(*one);
  }
  return chosen;
}

std::filesystem::path needed_gnuplot(const arguments& asked) {
  if (asked.no_plots) return {};
  std::filesystem::path gnuplot = program::find_gnuplot();
  if (gnuplot.empty())
    throw std::runtime_error(std::string("plots need gnuplot, which is not in PATH: ") +
                             program::how_to_get_gnuplot + "; or leave them out with --no-plots");
  return gnuplot;
}

/// Parts whose data are not there stay as they are.
void write_report(const arguments& asked) {
  const std::filesystem::path gnuplot = needed_gnuplot(asked);
  auto parts = read_parts(asked.output);
  for (const experiment& one : asked.chosen) {
    const auto result = run(one, asked.how);
    if (!result) continue;
    write_files(asked.output, *result, gnuplot);
    parts[one.name] = part_of(one, *result);
  }
  write_parts(asked.output, parts);
}

void print(const arguments& asked) {
  for (const experiment& one : asked.chosen)
    if (const auto result = run(one, asked.how)) std::cout << part_of(one, *result) << std::flush;
}

/// A person's own files are no part of the report: its text goes to standard output, its files to the folder.
void run_own(const arguments& asked) {
  program::progress_line progress;
  settings watched = asked.how;
  watched.progress = &progress;
  const std::filesystem::path gnuplot =
      asked.output.empty() ? std::filesystem::path() : needed_gnuplot(asked);
  const section result = asked.own(watched);
  progress.clear();
  std::cout << result.text;
  if (!asked.output.empty()) write_files(asked.output, result, gnuplot);
}

int check(const arguments& asked) {
  const auto parts = read_parts(asked.checked);
  int different = 0, compared = 0;
  for (const experiment& one : asked.chosen) {
    const auto result = run(one, asked.how);
    if (!result) continue;
    ++compared;
    const std::string what = differences(asked.checked, parts, one, *result);
    if (what.empty()) continue;
    ++different;
    std::cout << one.name << ": " << what;
  }
  std::cout << compared << " of " << asked.chosen.size() << " experiments compared\n";
  if (different == 0) return 0;
  std::cout << different << " experiments differ from " << asked.checked
            << ". If the new figures are right: nngs_paper all --output " << asked.checked << '\n';
  return 1;
}

}  // namespace

int main(int count, char** words) {  // NOLINT(bugprone-exception-escape): memory for the options
  CLI::App app("The experiments of the NNGS paper (arXiv 2411.08687), each a sub-command.", "nngs_paper");
  app.footer(footer);
  app.require_subcommand(1);
  app.fallthrough();
  arguments asked;
  app.add_option("--output", asked.output, "folder of the report (README.md, csv/, plots/)")->take_last();
  app.add_option("--data", asked.how.data, "folder of the embeddings that some experiments need")
      ->take_last();
  app.add_flag("--no-plots", asked.no_plots, "write no pictures");
  app.add_flag("--reduced", asked.how.reduced, "small sizes, for trying out: the figures are others");
  for (const experiment& one : experiments())
    app.add_subcommand(one.name, one.title)->callback([&asked, &one] { asked.chosen = {one}; });
  app.add_subcommand("all", "every experiment")->callback([&asked] { asked.chosen = experiments(); });
  CLI::App* const checking =
      app.add_subcommand("check", "compares a report's figures with what they are now");
  checking->add_option("FOLDER", asked.checked, "of the report")->required()->check(CLI::ExistingDirectory);
  std::vector<std::string> names;
  checking->add_option("EXPERIMENT", names, "only these");
  checking->callback([&] { asked.chosen = named(names); });
  add_own_data_commands(app, [&asked](own_experiment own) { asked.own = std::move(own); });
  CLI11_PARSE(app, count, words);

  try {
    int status = 0;
    if (!asked.checked.empty())
      status = check(asked);
    else if (asked.own)
      run_own(asked);
    else
      asked.output.empty() ? print(asked) : write_report(asked);
    if (!std::cout.flush()) throw std::runtime_error("standard output cannot be written");
    return status;
  } catch (const std::exception& error) {
    std::cerr << "nngs_paper: " << error.what() << '\n';
    return 1;
  }
}
