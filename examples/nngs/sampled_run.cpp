// SPDX-License-Identifier: MIT
#include "sampled_run.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <iterator>
#include <limits>
#include <nlohmann/json.hpp>
#include <nngs/estimate.hpp>
#include <nngs/sample.hpp>
#include <nngs/search_piece.hpp>
#include <nngs/similarity.hpp>
#include <nngs/version.hpp>
#include <numeric>
#include <stdexcept>
#include <utility>

#include "comparison.hpp"
#include "drawing.hpp"
#include "file_error.hpp"
#include "judgement.hpp"
#include "k_choice.hpp"
#include "kept_lists.hpp"
#include "memory_budget.hpp"
#include "options.hpp"
#include "piece_search.hpp"
#include "printable.hpp"
#include "progress.hpp"
#include "report_files.hpp"
#include "sampled_pair.hpp"
#include "score_options.hpp"
#include "usage_error.hpp"

namespace program {
namespace {

using nlohmann::ordered_json;

/// Rows are numbered in 32 bits.
constexpr Eigen::Index most_items = std::numeric_limits<std::uint32_t>::max();

/// More names than a line of the report has room for.
constexpr std::size_t names_shown = 40;

ordered_json file_json(const matrix_file& file) {
  ordered_json json{
      {"file", file.path}, {"type", file.element_type}, {"cols", columns(file)}, {"notes", file.notes}};
  if (file.names) {
    json["names"] = {{"column", file.names->number}, {"title", file.names->title}};
    const std::size_t some = std::min(names_shown, file.labels.size());
    json["labels"] =
        std::vector(file.labels.begin(), file.labels.begin() + static_cast<std::ptrdiff_t>(some));
  }
  return json;
}

/// Text of a part, which is printed: whoever wrote the part may have written anything.
std::string printable_at(const ordered_json& json, const char* key) {
  return printable(json.at(key).get<std::string>());
}

std::vector<std::string> printable_notes(const ordered_json& json) {
  auto notes = json.at("notes").get<std::vector<std::string>>();
  for (std::string& note : notes) note = printable(note);
  return notes;
}

matrix_file file_of(const ordered_json& json, Eigen::Index n) {
  const auto d = json.at("cols").get<Eigen::Index>();
  if (d < 1) throw std::invalid_argument("it has a matrix without columns");
  matrix_file file{
      printable_at(json, "file"), printable_at(json, "type"), {}, matrix_view<double>(nullptr, n, d)};
  file.notes = printable_notes(json);
  if (!json.contains("names")) return file;
  file.names = file_column{json.at("names").at("column"), printable_at(json.at("names"), "title")};
  json.at("labels").get_to(file.labels);
  return file;
}

std::string first_difference(const ordered_json& one, const ordered_json& other, const std::string& name) {
  if (!one.is_object() || !other.is_object()) return name + ' ' + one.dump() + " and " + other.dump();
  for (const auto& [key, value] : one.items()) {
    const ordered_json there = other.contains(key) ? other.at(key) : ordered_json();
    if (there != value) return first_difference(value, there, name + (name.empty() ? "" : " ") + key);
  }
  return name + " more in one than in the other";
}

/// Both files, asked the same.
list_parts searched(const sampled_run& run, const piece_question& question) {
  const arguments& asked = run.asked;
  const std::size_t piece = bytes_for_pieces(*run.pairs.unread, std::ssize(question.rows), question.depth);
  progress_line line;
  const watched_threads execute{nngs::threads{asked.threads}, report_to_line{&line}};
  const auto search = [&](const matrix_file& known, const row_source& values, const metric_choice& metric) {
    line.start("neighbours in " + known.path);
    return search_pieces({known, values}, metric, question, piece, execute);
  };
  nngs::nearest_lists x = search(run.pairs.x, run.pairs.unread->x, asked.x_metric);
  return {std::move(x), search(run.pairs.y, run.pairs.unread->y, asked.y_metric)};
}

}  // namespace

bool is_slice(const base_slice& slice) {
  constexpr Eigen::Index most = 1000000;  // with n below 2^32, products stay below 2^63
  return slice.number >= 0 && slice.number < slice.count && slice.count <= most;
}

nngs::item_range rows_of(const base_slice& slice, Eigen::Index n) {
  return {n * slice.number / slice.count, n * (slice.number + 1) / slice.count};
}

CLI::Option* add_sample_options(CLI::App& app, arguments& asked) {
  CLI::Option* const sample = app.add_option("--sample", asked.sample, "how many random rows are searched");
  sample->check(whole_number_from(2))->type_name("M");
  add_seed_option(app, asked);
  return sample;
}

void add_run_options(CLI::App& app, arguments& asked, std::string& metric) {
  app.add_option("X", asked.x_file, "first matrix, one row per item")->required();
  app.add_option("Y", asked.y_file, "second matrix, the same items in the same order")->required();
  app.add_option("--k", asked.k,
                 "numbers of neighbours: 10, or 1,5,10, or 1:50,\nor 0.2n (a few that suit n)")
      ->type_name("LIST");
  add_metric_option(app, metric);
  add_ties_option(app, asked.ties_text);
  add_column_options(app, asked.input);
  app.add_option_function<std::string>(
         "--memory", [&asked](const std::string& size) { asked.memory = parse_memory(size); },
         "what this task may take, such as 2G (pieces of the files\nof 256M, and what is found)")
      ->type_name("SIZE");
  add_threads_option(app, asked);
}

void finish_run_options(arguments& asked, const std::string& metric) {
  asked.x_metric = asked.y_metric = parse_metric(metric);
  asked.ties = parse_ties(asked.ties_text);
  check_names_kept(asked);
  if (asked.x_file == "-" || asked.y_file == "-")
    throw usage_error("the files are read in parts, and standard input cannot be: name files");
}

sampled_run open_run(const arguments& asked) {
  constexpr std::uint64_t unlimited = std::numeric_limits<std::uint64_t>::max();
  item_pairs pairs = open_unread_pair(asked, asked.memory > 0 ? asked.memory : unlimited);
  const Eigen::Index n = rows(pairs.x);
  if (asked.sample > n)
    throw usage_error("--sample " + std::to_string(asked.sample) + ": these files have " + std::to_string(n) +
                      " rows");
  std::vector<Eigen::Index> ks = asked.k.empty() ? default_k(n) : chosen_k(asked.k, n);
  return {asked, std::move(pairs), std::move(ks)};
}

list_parts search_slice(const sampled_run& run, const base_slice& slice) {
  const Eigen::Index n = run.items();
  return searched(run, {.rows = nngs::sample_rows(n, run.asked.sample, run.asked.seed),
                        .depth = run.ks.back(),
                        .base = rows_of(slice, n),
                        .ties = run.asked.ties});
}

std::vector<nngs::overlap_tally> tally_slice(const sampled_run& run, const base_slice& slice) {
  const Eigen::Index n = run.items(), depth = run.ks.back();
  const auto [begin, end] = rows_of(slice, n);
  const Eigen::Index at_once = rows_that_ask(*run.pairs.unread, depth);
  std::vector<nngs::overlap_tally> sum = nngs::empty_tallies(depth);
  for (Eigen::Index first = begin; first < end; first += at_once) {
    std::vector<Eigen::Index> rows(static_cast<std::size_t>(std::min(at_once, end - first)));
    std::iota(rows.begin(), rows.end(), first);
    const list_parts lists =
        searched(run, {.rows = std::move(rows), .depth = depth, .base = {0, n}, .ties = run.asked.ties});
    const std::vector<nngs::overlap_tally> part =
        nngs::tally_curve(lists.x, lists.y, nngs::threads{run.asked.threads});
    for (std::size_t i = 0; i < sum.size(); ++i) sum[i] += part[i];
  }
  return sum;
}

void add_report_options(CLI::App& app, arguments& output) {
  app.add_flag_callback(
      "--no-chance", [&output] { output.chance = false; }, "scores alone");
  add_result_options(app, output);
  add_plot_options(app, output);
}

void report_run(const sampled_run& run, const arguments& output, const std::filesystem::path& gnuplot,
                const std::vector<nngs::overlap_tally>& tallies) {
  if (!output.plot_file.empty() && run.ks.size() < 2)
    throw usage_error("--plot draws a curve: search for more than one k, such as --k 1:50");
  arguments asked = run.asked;
  asked.chance = output.chance;
  asked.json_file = output.json_file;
  asked.csv_file = output.csv_file;
  asked.plot_file = output.plot_file;
  asked.axis = output.axis;
  comparison result;
  const Eigen::Index n = run.items();
  if (asked.sample > 0) {
    result.curve = judge_sample(nngs::estimate_score_curve(tallies, n), run.ks, n, asked.chance);
  } else {
    result.curve = judge_scores(nngs::to_score_curve(tallies), run.ks, n, asked.chance);
    if (asked.chance) result.z_complaint = "it needs the graphs in one memory";
  }
  result.summary = summarize(result.curve);
  report(asked, gnuplot, run.pairs, result);
}

std::string to_text(const sampled_run& run) {
  const arguments& asked = run.asked;
  const ordered_json json{
      {"library", std::to_string(NNGS_VERSION_MAJOR) + '.' + std::to_string(NNGS_VERSION_MINOR)},
      {"n", run.items()},
      {"x", file_json(run.pairs.x)},
      {"y", file_json(run.pairs.y)},
      {"notes", run.pairs.notes},
      {"k", run.ks},
      {"metric", asked.x_metric.name},
      {"ties", asked.ties_text},
      {"sample", asked.sample},
      {"seed", asked.seed}};
  // Names may hold bytes that are not UTF-8: they are replaced, not refused.
  return json.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
}

std::string contents_of(const sampled_run& run) {
  std::string text = to_text(run);
  const std::vector<Eigen::Index> rows = nngs::rows_of_tie_order(run.items());
  for (const unread_matrix& file :
       {unread_matrix{run.pairs.x, run.pairs.unread->x}, unread_matrix{run.pairs.y, run.pairs.unread->y}})
    for (const std::uint64_t word : facts_of(read_rows(file, rows), "", "", "").data)
      text += ' ' + std::to_string(word);
  return text;
}

sampled_run run_of(const std::string& text) {
  try {
    const ordered_json json = ordered_json::parse(text);
    const auto n = json.at("n").get<Eigen::Index>();
    if (n < 2 || n > most_items)
      throw std::invalid_argument("it is of " + std::to_string(n) + " items, and a run has 2 to 2^32 - 1");
    sampled_run run{.asked = {},
                    .pairs = {.x = file_of(json.at("x"), n),
                              .y = file_of(json.at("y"), n),
                              .joined = false,
                              .x_rows = {},
                              .rows_of_x_file = static_cast<std::size_t>(n),
                              .x_only = 0,
                              .y_only = 0,
                              .notes = printable_notes(json)},
                    .ks = json.at("k")};
    run.asked.x_file = run.pairs.x.path;
    run.asked.y_file = run.pairs.y.path;
    run.asked.ties_text = json.at("ties");
    json.at("sample").get_to(run.asked.sample);
    if (run.asked.sample < 2 || run.asked.sample > n)
      throw std::invalid_argument("it samples " + std::to_string(run.asked.sample) + " of " +
                                  std::to_string(n) + " rows, and a sample has 2 or more");
    json.at("seed").get_to(run.asked.seed);
    finish_run_options(run.asked, json.at("metric"));
    const bool ascending =
        std::adjacent_find(run.ks.begin(), run.ks.end(), std::greater_equal<>()) == run.ks.end();
    if (run.ks.empty() || run.ks.front() < 1 || run.ks.back() >= n || !ascending)
      throw std::invalid_argument("it names no k, or none that there is");
    return run;
  } catch (const nlohmann::json::exception&) {
    throw std::invalid_argument("its first line does not say what the parts of a run have in common");
  } catch (const usage_error& error) {
    throw std::invalid_argument(error.what());
  }
}

std::string difference(const std::string& one, const std::string& other) {
  return printable(first_difference(ordered_json::parse(one), ordered_json::parse(other), ""));
}

}  // namespace program
