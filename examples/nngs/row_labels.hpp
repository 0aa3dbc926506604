// SPDX-License-Identifier: MIT
#ifndef NNGS_EXAMPLES_ROW_LABELS_HPP
#define NNGS_EXAMPLES_ROW_LABELS_HPP

#include <Eigen/Core>
#include <cstddef>
#include <string>
#include <vector>

#include "item_pairs.hpp"

namespace program {

/// The labels of n items, one a line; none when the path is empty. Throws file_error.
std::vector<std::string> labels_of_items(const std::string& path, std::size_t n);

/// The labels of the items, one a line for each row of x's file; none when the path is empty. Throws
/// file_error.
std::vector<std::string> labels_of_items(const std::string& path, const item_pairs& pairs);

/// Labels as numbers, the same for the same label.
struct group_numbers {
  std::vector<Eigen::Index> of_row;
  std::size_t count = 0;
};

/// The groups of the items by their labels; none for none. The path is for file_error, which is thrown when
/// all labels differ.
group_numbers to_groups(const std::string& path, const std::vector<std::string>& labels);

}  // namespace program

#endif
