// SPDX-License-Identifier: MIT
#ifndef NNGS_EXAMPLES_ROW_LABELS_HPP
#define NNGS_EXAMPLES_ROW_LABELS_HPP

#include <Eigen/Core>
#include <cstddef>
#include <string>
#include <vector>

namespace program {

/// The labels of n rows, one a line of the file; none when the path is empty. Throws file_error.
std::vector<std::string> labels_of_rows(const std::string& path, Eigen::Index n);

/// Labels as numbers, the same for the same label.
struct group_numbers {
  std::vector<Eigen::Index> of_row;
  std::size_t count = 0;
};

/// The groups of n rows; none when the path is empty. Throws file_error, also when all labels differ.
group_numbers read_groups(const std::string& path, Eigen::Index n);

}  // namespace program

#endif
