// SPDX-License-Identifier: MIT
#include "report.hpp"

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <iterator>
#include <sstream>
#include <system_error>
#include <utility>
#include <vector>

#include "../nngs/file_error.hpp"
#include "../nngs/gnuplot.hpp"
#include "experiments.hpp"

namespace paper {
namespace {

constexpr const char* page = "README.md";

constexpr const char* introduction = R"(# The paper's experiments, reproduced

The experiments of Tavares, Ayres and Smaragdis on nearest-neighbour graph similarity (arXiv 2411.08687, versions 1 and 2), done again in C++ with this library. `examples/paper/run.sh` makes this page, its plots and the CSV files behind them; `nngs_paper check docs/paper` computes again whatever it has the data for, and fails where a figure differs. One experiment alone: `nngs_paper toy-table`.

Where the paper, or the output of its authors' notebooks, has a number it stands beside ours, with the rule by which it is said to agree. ± is one standard deviation. NNGS has Euclidean neighbours unless said otherwise. *Adjusted* is (score - chance) / (1 - chance) with the exact chance of random pairing.
)";

std::string opening_mark(const std::string& name) { return "<!-- experiment " + name + " -->\n"; }
std::string closing_mark(const std::string& name) { return "<!-- end of " + name + " -->\n"; }

std::string read(const std::filesystem::path& name) {
  std::ifstream in(name, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

void write(const std::filesystem::path& name, const std::string& text) {
  std::ofstream out(name, std::ios::binary);
  out << text << std::flush;
  if (!out)
    throw program::file_error(name.string(),
                              std::string("cannot be written: ") + std::generic_category().message(errno));
}

void make_folder(const std::filesystem::path& name) {
  std::error_code error;
  std::filesystem::create_directories(name, error);
  if (error) throw program::file_error(name.string(), "cannot be made: " + error.message());
}

std::filesystem::path csv_name(const csv_file& file) {
  return std::filesystem::path("csv") / (file.name + ".csv");
}

/// In quotes where a comma or a quote would be taken for more.
std::string csv_cell(const std::string& text) {
  if (text.find_first_of(",\"") == text.npos) return text;
  std::string quoted = "\"";
  for (const char letter : text) quoted += letter == '"' ? std::string("\"\"") : std::string(1, letter);
  return quoted + '"';
}

std::string csv_line(const std::vector<std::string>& cells) {
  std::string line;
  for (const std::string& cell : cells) {
    if (&cell != &cells.front()) line += ',';
    line += csv_cell(cell);
  }
  return line + '\n';
}

std::string csv_text(const csv_file& file) {
  std::string text = csv_line(file.columns);
  for (const auto& row : file.rows) text += csv_line(row);
  return text;
}

/// A text that ends with its last line has an empty one behind it, so that a lost end of line is a difference
/// too.
std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text + '\n');
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

/// The first lines that differ, old and new.
std::string compare(const std::string& name, const std::string& in_report, const std::string& now) {
  if (in_report == now) return "";
  constexpr std::size_t most_shown = 10;
  const auto old_lines = lines_of(in_report), new_lines = lines_of(now);
  std::string shown;
  std::size_t differing = 0;
  for (std::size_t i = 0; i < std::max(old_lines.size(), new_lines.size()); ++i) {
    const std::string before = i < old_lines.size() ? old_lines[i] : "(no such line)";
    const std::string after = i < new_lines.size() ? new_lines[i] : "(no such line)";
    if (before != after && ++differing <= most_shown)
      shown += "  report: " + before + "\n  now:    " + after + '\n';
  }
  std::string text = name + ": " + std::to_string(differing) + " lines differ\n" + shown;
  if (differing > most_shown) text += "  ... and " + std::to_string(differing - most_shown) + " more\n";
  return text;
}

}  // namespace

std::map<std::string, std::string> read_parts(const std::filesystem::path& folder) {
  const std::string text = read(folder / page);
  std::map<std::string, std::string> parts;
  for (const experiment& one : experiments()) {
    const std::string opening = opening_mark(one.name);
    const std::size_t begin = text.find(opening);
    if (begin == text.npos) continue;
    const std::size_t first = begin + opening.size(), end = text.find(closing_mark(one.name), first);
    if (end != text.npos) parts[one.name] = text.substr(first, end - first);
  }
  return parts;
}

std::string part_of(const experiment& which, const section& result) {
  return "## " + which.title + "\n\n" + result.text;
}

void write_parts(const std::filesystem::path& folder, const std::map<std::string, std::string>& parts) {
  make_folder(folder);
  std::string text = introduction;
  for (const experiment& one : experiments())
    if (const auto part = parts.find(one.name); part != parts.end())
      text += '\n' + opening_mark(one.name) + part->second + closing_mark(one.name);
  write(folder / page, text);
}

void write_files(const std::filesystem::path& folder, const section& result,
                 const std::filesystem::path& gnuplot) {
  make_folder(folder / "csv");
  for (const csv_file& file : result.figures) write(folder / csv_name(file), csv_text(file));
  if (gnuplot.empty()) return;
  make_folder(folder / "plots");
  for (const plot_file& plot : result.plots)
    program::run_gnuplot(gnuplot, plot.commands, (folder / "plots" / (plot.name + ".svg")).string());
}

std::string differences(const std::filesystem::path& folder, const std::map<std::string, std::string>& parts,
                        const experiment& which, const section& result) {
  const auto part = parts.find(which.name);
  if (part == parts.end()) return std::string(page) + ": there is no part " + which.name + '\n';
  std::string text = compare(page, part->second, part_of(which, result));
  for (const csv_file& file : result.figures)
    text += compare(csv_name(file).string(), read(folder / csv_name(file)), csv_text(file));
  return text;
}

}  // namespace paper
