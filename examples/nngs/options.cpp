// SPDX-License-Identifier: MIT
#include "options.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cstddef>
#include <iostream>
#include <nngs/version.hpp>
#include <string_view>
#include <system_error>
#include <vector>

#include "clamp.hpp"
#include "usage_error.hpp"

namespace program {
namespace {

std::string version() {
  return "nngs " + std::to_string(NNGS_VERSION_MAJOR) + "." + std::to_string(NNGS_VERSION_MINOR) + "." +
         std::to_string(NNGS_VERSION_PATCH);
}

names_choice parse_names(const std::string& name) {
  if (name == "first") return names_choice::first;
  if (name == "none") return names_choice::none;
  throw usage_error("--names " + name + " is not known: use first or none");
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

}  // namespace

std::string not_empty(const std::string& text) { return text.empty() ? "is empty" : ""; }

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

std::function<std::string(const std::string&)> whole_number_from(std::uint64_t least) {
  return [least](const std::string& text) -> std::string {
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool octal = text.size() > 1 && text.starts_with('0');  // as CLI11 would read it
    if (error == std::errc{} && end == text.data() + text.size() && number >= least && !octal) return "";
    return "'" + text + "' is not a whole number from " + std::to_string(least) + " on";
  };
}

void add_column_options(CLI::App& app, input_options& input) {
  app.add_option_function<std::string>(
         "--names", [&input](const std::string& name) { input.names = parse_names(name); },
         "which column names the items: first or none\n(by default the files tell)")
      ->type_name("WHICH");
  app.add_option_function<std::string>(
         "--skip", [&input](const std::string& list) { input.skip = parts_of(list); },
         "leave out columns of all files: names in the header,\nor numbers from 1, separated by commas")
      ->type_name("COLUMNS");
}

void add_input_options(CLI::App& app, input_options& input) {
  add_column_options(app, input);
  app.add_option_function<std::string>(
         "--clamp", [&input](const std::string& text) { input.clamp = parse_clamp(text); },
         "cut the values of each file at +- this quantile of their\nmagnitudes, such as 0.95; rows:0.95 = at "
         "the mean of the\n"
         "rows' quantiles (1 = nothing is cut)")
      ->type_name("Q");
  app.add_flag("--join", input.join, "pair the rows by name, in the order of the first file, not by place");
}

void add_metric_option(CLI::App& app, std::string& metric) {
  app.add_option("--metric", metric,
                 "euclidean, manhattan, chebyshev, minkowski:P, cosine,\n"
                 "correlation or inner-product (euclidean)")
      ->type_name("NAME");
}

void add_ties_option(CLI::App& app, std::string& ties) {
  app.add_option("--ties", ties,
                 "order of equally near neighbours: matrix = drawn from each\n"
                 "file's values, so that ties of unrelated data are\n"
                 "independent; index = the smaller row first; seed:S = drawn\n"
                 "from S for all files (matrix)")
      ->type_name("ORDER");
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

builder_choice parse_builder(const std::string& name) {
  if (name == "auto") return builder_choice::automatic;
  if (name == "exact") return builder_choice::exact;
  if (name == "kd-tree") return builder_choice::kd_tree;
  throw usage_error("--builder " + name + " is not known: use auto, exact or kd-tree");
}

void add_lists_option(CLI::App& app, std::string& folder) {
  app.add_option(
         "--lists", folder,
         "keep neighbour lists in this folder, and take those\nthat are there for the same data and options")
      ->type_name("FOLDER");
}

void add_version_flag(CLI::App& app) {
  const auto print_version = [] { throw CLI::CallForVersion(version(), 0); };
  app.add_flag_callback("--version", print_version, "print the version and stop")->trigger_on_parse();
}

bool parse(CLI::App& app, int count, const char* const* words) {
  check_dashes(app, count, words);
  app.allow_windows_style_options(false);  // a path may begin with a slash there too
  try {
    app.parse(count, words);
    return true;
  } catch (const CLI::Success& answer) {
    app.exit(answer, std::cout, std::cerr);
    return false;
  } catch (const CLI::ParseError& error) {
    throw usage_error(error.what());
  }
}

}  // namespace program
