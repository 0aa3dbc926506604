// SPDX-License-Identifier: MIT
#include "row_labels.hpp"

#include <unordered_map>

#include "file_error.hpp"
#include "matrix_file.hpp"

namespace program {

std::vector<std::string> labels_of_rows(const std::string& path, Eigen::Index n) {
  if (path.empty()) return {};
  std::vector<std::string> labels = read_labels(path);
  if (static_cast<Eigen::Index>(labels.size()) != n)
    throw file_error(path,
                     "has " + std::to_string(labels.size()) + " labels for " + std::to_string(n) + " items");
  return labels;
}

group_numbers read_groups(const std::string& path, Eigen::Index n) {
  group_numbers groups;
  std::unordered_map<std::string, Eigen::Index> numbers;
  for (const std::string& label : labels_of_rows(path, n))
    groups.of_row.push_back(numbers.emplace(label, static_cast<Eigen::Index>(numbers.size())).first->second);
  groups.count = numbers.size();
  if (groups.count > 0 && groups.count == groups.of_row.size())
    throw file_error(path, "gives each of the " + std::to_string(n) +
                               " items a label of its own: only rows of the same label are exchanged");
  return groups;
}

}  // namespace program
