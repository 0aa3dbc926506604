// SPDX-License-Identifier: MIT
#include "row_labels.hpp"

#include <unordered_map>
#include <utility>

#include "file_bytes.hpp"
#include "file_error.hpp"
#include "matrix_file.hpp"
#include "printable.hpp"

namespace program {

std::vector<std::string> labels_of_items(const std::string& path, std::size_t n) {
  if (path.empty()) return {};
  std::vector<std::string> labels = read_labels(path);
  if (labels.size() != n) {
    const bool header = labels.size() == n + 1;
    throw file_error(
        shown_path(path),
        "has " + std::to_string(labels.size()) + " labels for " + std::to_string(n) + " items" +
            (header ? ": if its first line " + in_quotes(labels.front()) + " is a header, take it out" : ""));
  }
  return labels;
}

std::vector<std::string> labels_of_items(const std::string& path, const item_pairs& pairs) {
  std::vector<std::string> labels = labels_of_items(path, pairs.rows_of_x_file);
  if (!pairs.joined || labels.empty()) return labels;
  std::vector<std::string> of_items;
  for (const Eigen::Index row : pairs.x_rows)
    of_items.push_back(std::move(labels[static_cast<std::size_t>(row)]));
  return of_items;
}

group_numbers to_groups(const std::string& path, const std::vector<std::string>& labels) {
  group_numbers groups;
  std::unordered_map<std::string, Eigen::Index> numbers;
  for (const std::string& label : labels)
    groups.of_row.push_back(numbers.emplace(label, static_cast<Eigen::Index>(numbers.size())).first->second);
  groups.count = numbers.size();
  if (groups.count > 0 && groups.count == groups.of_row.size())
    throw file_error(shown_path(path),
                     "gives each of the " + std::to_string(groups.count) +
                         " items a label of its own: only rows of the same label are exchanged");
  return groups;
}

}  // namespace program
