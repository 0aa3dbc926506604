// SPDX-License-Identifier: MIT
// Columns of numbers that may be no coordinates: row numbers, classes, ids. Notes for people; nothing is
// left out.
#ifndef NNGS_EXAMPLES_COLUMN_NOTES_HPP
#define NNGS_EXAMPLES_COLUMN_NOTES_HPP

#include <Eigen/Core>
#include <span>
#include <string>
#include <vector>

namespace program {

struct matrix_file;

/// The first or last column of one file, where it counts the rows or holds whole numbers beside fractions:
/// classes or ids? `rows` numbers the rows, where they are some of a file; none where they are all of it.
std::vector<std::string> odd_columns(const matrix_file& file, std::span<const Eigen::Index> rows);

/// The columns that are the same in two files of as many rows, bit for bit, though the files differ. Columns
/// of one value tell nothing and do not count. Empty for none.
std::string shared_columns(const matrix_file& x, const matrix_file& y);

}  // namespace program

#endif
