// SPDX-License-Identifier: MIT
#ifndef NNGS_EXAMPLES_ROW_SOURCE_HPP
#define NNGS_EXAMPLES_ROW_SOURCE_HPP

#include <Eigen/Core>
#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "byte_source.hpp"
#include "stored_matrix.hpp"

namespace program {

/// A matrix in a file.
struct stored_array {
  std::shared_ptr<byte_source> bytes;
  stored_matrix matrix;
};

/// The rows of a matrix in one file or in several, read as they are asked for: n rows of d numbers, as floats
/// where the files have no more than those hold exactly, else as doubles. What is in order of columns is read
/// column by column. Copies share the files.
class row_source {
 public:
  /// These columns of one file, counted from 0 and in this order. Of a matrix without elements there are none
  /// to choose from.
  row_source(stored_array array, std::vector<std::size_t> columns);
  /// Several, each of as many columns: the rows of the first, then those of the second ...
  explicit row_source(const std::vector<row_source>& sources);

  std::size_t rows() const { return rows_; }
  std::size_t columns() const { return columns_; }
  bool fits_float() const;
  /// Whether rows one after another are read without beginning anew for each, as what is compressed and in
  /// order of columns is.
  bool reads_on() const;

  /// Rows [first, first + count) to `to`, row after row. Throws file_error for files that were changed or cut
  /// short since they were opened, and for integers beyond 2^53, with the row and column in their file.
  void read(std::size_t first, std::size_t count, float* to) const;
  void read(std::size_t first, std::size_t count, double* to) const;

  /// These rows, in that order.
  template <class Scalar>
  void read(std::span<const Eigen::Index> rows, Scalar* to) const {
    for (const Eigen::Index row : rows) {
      read(static_cast<std::size_t>(row), 1, to);
      to += columns_;
    }
  }

  /// All rows where they are in memory, row after row, as the numbers of this type that they are read as;
  /// else null.
  template <class Scalar>
  const Scalar* in_memory() const;

 private:
  struct part {
    stored_array array;
    std::vector<std::size_t> columns;
    bool all_columns() const { return columns.size() == array.matrix.columns; }
  };
  template <class Scalar>
  void read_parts(std::size_t first, std::size_t count, Scalar* to) const;
  template <class Scalar>
  static void read_part(const part& from, std::size_t first, std::size_t count, Scalar* to);
  template <class Scalar>
  static bool is_stored_as(const part& one);

  std::vector<part> parts_;
  std::size_t rows_, columns_;
};

}  // namespace program

#endif
