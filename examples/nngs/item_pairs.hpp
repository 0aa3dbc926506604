// SPDX-License-Identifier: MIT
#ifndef NNGS_EXAMPLES_ITEM_PAIRS_HPP
#define NNGS_EXAMPLES_ITEM_PAIRS_HPP

#include <Eigen/Core>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "input_options.hpp"
#include "matrix_file.hpp"

namespace program {

/// Values that were left in their files, and the bytes that all the work with them may take.
struct unread_pair {
  row_source x, y;
  std::uint64_t budget;
};

/// Two files of the same items: row i of x is row i of y.
struct item_pairs {
  matrix_file x, y;
  bool joined = false;               // by name: the rows of x that y names too, in their order
  std::vector<Eigen::Index> x_rows;  // where joined: which rows of its file x has
  std::size_t rows_of_x_file = 0;    // what the files had before
  std::size_t x_only = 0, y_only = 0;
  std::vector<std::string> notes;          // about both, for people
  std::optional<unread_pair> unread = {};  // where x and y look at no values
};

/// Pairs by row, or by name with --join. Throws file_error for files that cannot be paired, also where they
/// name the same items in another order; usage_error for a column to skip that neither has.
item_pairs pair_items(matrix_file x, matrix_file y, const input_options& options);

/// Notes the columns that are the same in both files, by their values or by those of the same rows of each.
void note_shared_columns(item_pairs& pairs, const matrix_file& x, const matrix_file& y);

/// What the readers assumed or found odd, on standard error: results may be quite another thing where they
/// are wrong.
void write_notes(const item_pairs& pairs);

/// The checks of `pair_items` that need names and numbers of rows alone: two files of the same items, in the
/// same order. Adds what is odd to the notes. Throws file_error.
void check_same_items(const matrix_file& x, const matrix_file& y, std::vector<std::string>& notes);

/// Throws usage_error for a column to skip that neither file has.
void check_skipped_columns(const matrix_file& x, const matrix_file& y);

/// The rows of a file by the names of their items. Throws file_error where there are none, and for a name
/// that comes twice.
using row_of_name = std::unordered_map<std::string, std::size_t>;
row_of_name rows_by_name(const matrix_file& file);

/// The row of x's file that an item comes from, counted from 0.
Eigen::Index row_in_file(const item_pairs& pairs, Eigen::Index item);

}  // namespace program

#endif
