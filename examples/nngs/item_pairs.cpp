// SPDX-License-Identifier: MIT
#include "item_pairs.hpp"

#include <algorithm>
#include <iostream>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "column_notes.hpp"
#include "counted.hpp"
#include "file_error.hpp"
#include "printable.hpp"
#include "table_fields.hpp"
#include "usage_error.hpp"

namespace program {
namespace {

/// Without outer blanks and in lower case: what people take for the same name.
std::string folded(std::string_view name) {
  std::string text(trimmed(name));
  for (char& c : text)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return text;
}

// ------------------------------------------------------------------------------------------- pairs by row

void check_rows(const matrix_file& x, const matrix_file& y) {
  if (rows(x) == rows(y)) return;
  const bool named = !x.labels.empty() && !y.labels.empty();
  throw file_error(y.path, "has " + std::to_string(rows(y)) + " rows, but " + x.path + " has " +
                               std::to_string(rows(x)) + ": both need the same items, in the same order" +
                               (named ? "; --join pairs those that both name" : ""));
}

/// Whether two lists hold the same names as often, in any order.
bool same_names(const std::vector<std::string>& x, const std::vector<std::string>& y) {
  std::vector<std::string> a, b;
  for (const std::string& name : x) a.push_back(folded(name));
  for (const std::string& name : y) b.push_back(folded(name));
  std::sort(a.begin(), a.end());
  std::sort(b.begin(), b.end());
  return a == b;
}

/// Items of x that y names in another row are not paired. Refused where they are all items or most; files
/// that name other things, such as word pairs, may have a few in common.
void check_order(const matrix_file& x, const matrix_file& y, std::vector<std::string>& notes) {
  if (x.labels.empty() || y.labels.empty()) return;
  row_of_name row_in_y;
  for (std::size_t row = 0; row < y.labels.size(); ++row) row_in_y.emplace(folded(y.labels[row]), row);
  std::size_t moved = 0, example = 0;
  for (std::size_t row = 0; row < x.labels.size(); ++row) {
    const std::string name = folded(x.labels[row]);
    if (name.empty() || name == folded(y.labels[row]) || !row_in_y.contains(name)) continue;
    if (moved++ == 0) example = row;
  }
  if (moved == 0) return;
  const std::string what = std::to_string(moved) + " of " + counted(x.labels.size(), "item") + " of " +
                           x.path + " in another order: " + program::in_quotes(x.labels[example]) +
                           " is row " + std::to_string(example) + " there and row " +
                           std::to_string(row_in_y.at(folded(x.labels[example]))) +
                           " here, counted from 0. --join pairs the rows by name";
  if (2 * moved > x.labels.size() || same_names(x.labels, y.labels))
    throw file_error(y.path, "names " + what + "; --names none takes them as they are");
  notes.push_back(y.path + ": names " + what);
}

/// "King" and "king" in the same row are paired, and may be another thing.
void note_spelling(const matrix_file& x, const matrix_file& y, std::vector<std::string>& notes) {
  std::size_t count = 0, example = 0;
  for (std::size_t row = 0; row < std::min(x.labels.size(), y.labels.size()); ++row) {
    if (x.labels[row] == y.labels[row] || folded(x.labels[row]) != folded(y.labels[row])) continue;
    if (count++ == 0) example = row;
  }
  if (count > 0)
    notes.push_back(y.path + ": " + counted(count, "name") + (count == 1 ? " differs" : " differ") +
                    " from " + x.path + " by case or outer blanks alone, such as " +
                    in_quotes(x.labels[example]) + " and " + in_quotes(y.labels[example]));
}

// ------------------------------------------------------------------------------------------ pairs by name

/// "2 items only in x.txt ('a', 'b')".
std::string left_over(const matrix_file& file, const row_of_name& others) {
  std::string names;
  std::size_t count = 0;
  for (const std::string& name : file.labels) {
    if (others.contains(name)) continue;
    if (++count <= 3) names += (count == 1 ? "" : ", ") + in_quotes(name);
  }
  return counted(count, "item") + " only in " + file.path +
         (count == 0 ? "" : " (" + names + (count > 3 ? ", ...)" : ")"));
}

/// Names that found no partner but for their case or blanks.
void note_near_misses(const matrix_file& x, const matrix_file& y, const row_of_name& in_x,
                      const row_of_name& in_y, std::vector<std::string>& notes) {
  std::unordered_map<std::string, std::string> left_in_y;
  for (const std::string& name : y.labels)
    if (!in_x.contains(name)) left_in_y.emplace(folded(name), name);
  std::size_t count = 0;
  std::string example;
  for (const std::string& name : x.labels) {
    if (in_y.contains(name)) continue;
    const auto near = left_in_y.find(folded(name));
    if (near != left_in_y.end() && count++ == 0)
      example = in_quotes(name) + " and " + in_quotes(near->second);
  }
  if (count > 0)
    notes.push_back("--join: " + counted(count, "item") +
                    " more would pair but for case or outer blanks, such as " + example);
}

item_pairs join(const matrix_file& x, const matrix_file& y) {
  const row_of_name in_x = rows_by_name(x), in_y = rows_by_name(y);
  std::vector<Eigen::Index> x_rows, y_rows;
  for (std::size_t row = 0; row < x.labels.size(); ++row) {
    const auto found = in_y.find(x.labels[row]);
    if (found == in_y.end()) continue;
    x_rows.push_back(static_cast<Eigen::Index>(row));
    y_rows.push_back(static_cast<Eigen::Index>(found->second));
  }
  const std::string leftovers = left_over(x, in_y) + ", " + left_over(y, in_x);
  if (x_rows.size() < 2)
    throw file_error(y.path, "has " + counted(x_rows.size(), "item") + " in common with " + x.path +
                                 ", and --join needs 2: " + leftovers);
  std::vector<std::string> notes;
  if (x_rows.size() < in_x.size() || y_rows.size() < in_y.size())
    notes.push_back("--join pairs " + counted(x_rows.size(), "item") + " and leaves " + leftovers);
  note_near_misses(x, y, in_x, in_y, notes);
  return {select_rows(x, x_rows),
          select_rows(y, y_rows),
          true,
          x_rows,
          in_x.size(),
          in_x.size() - x_rows.size(),
          in_y.size() - y_rows.size(),
          std::move(notes)};
}

}  // namespace

void check_skipped_columns(const matrix_file& x, const matrix_file& y) {
  const std::vector<std::string>& missing = y.skip_not_found;
  for (const std::string& name : x.skip_not_found)
    if (std::find(missing.begin(), missing.end(), name) != missing.end())
      throw usage_error("--skip " + name +
                        ": neither file has a column of that name in a header; a number counts from 1");
}

row_of_name rows_by_name(const matrix_file& file) {
  if (file.labels.empty())
    throw file_error(file.path, "has no names to join by: --names first takes its first column for them");
  row_of_name rows;
  for (std::size_t row = 0; row < file.labels.size(); ++row) {
    const auto [first, added] = rows.emplace(file.labels[row], row);
    if (!added)
      throw file_error(file.path, "names " + in_quotes(file.labels[row]) + " twice, in the rows " +
                                      std::to_string(first->second) + " and " + std::to_string(row) +
                                      " counted from 0: --join needs each name once");
  }
  return rows;
}

void check_same_items(const matrix_file& x, const matrix_file& y, std::vector<std::string>& notes) {
  check_rows(x, y);
  check_order(x, y, notes);
  note_spelling(x, y, notes);
}

item_pairs pair_items(matrix_file x, matrix_file y, const input_options& options) {
  check_skipped_columns(x, y);
  item_pairs pairs =
      options.join ? join(x, y) : item_pairs{std::move(x), std::move(y), false, {}, 0, 0, 0, {}};
  if (!options.join) {
    pairs.rows_of_x_file = static_cast<std::size_t>(rows(pairs.x));
    check_same_items(pairs.x, pairs.y, pairs.notes);
  }
  if (rows(pairs.x) < 2)
    throw file_error(pairs.x.path,
                     "has " + std::to_string(rows(pairs.x)) + " rows: at least 2 items are needed");
  return pairs;
}

void note_shared_columns(item_pairs& pairs, const matrix_file& x, const matrix_file& y) {
  const std::string shared = shared_columns(x, y);
  if (!shared.empty()) pairs.notes.push_back(x.path + " and " + y.path + ": " + shared);
}

void write_notes(const item_pairs& pairs) {
  for (const matrix_file* const file : {&pairs.x, &pairs.y}) {
    if (file == &pairs.y && file->path == pairs.x.path) continue;  // said already
    for (const std::string& note : file->notes) std::cerr << "nngs: " << file->path << ": " << note << '\n';
  }
  for (const std::string& note : pairs.notes) std::cerr << "nngs: " << note << '\n';
}

Eigen::Index row_in_file(const item_pairs& pairs, Eigen::Index item) {
  return pairs.joined ? pairs.x_rows[static_cast<std::size_t>(item)] : item;
}

}  // namespace program
