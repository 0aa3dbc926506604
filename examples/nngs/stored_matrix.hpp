// SPDX-License-Identifier: MIT
#ifndef NNGS_EXAMPLES_STORED_MATRIX_HPP
#define NNGS_EXAMPLES_STORED_MATRIX_HPP

#include <bit>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>

namespace program {

enum class element_type {
  float16,
  bfloat16,
  float32,
  float64,
  boolean,
  int8,
  int16,
  int32,
  int64,
  uint8,
  uint16,
  uint32,
  uint64
};

/// "float16".
const char* name_of(element_type type);
/// In bytes.
std::size_t size_of(element_type type);
/// The one that floats are enough for; all others need doubles.
bool fits_float(element_type type);

/// Where a file keeps a matrix, and how. All of it is within the file.
struct stored_matrix {
  element_type type;
  std::endian byte_order;
  std::size_t layers;  // matrices of this shape; 1 unless the file has three dimensions
  std::size_t rows;
  std::size_t columns;
  std::uint64_t begin;  // of the first row in the file, in bytes, as all that follows
  std::uint64_t to_next_layer, to_next_row, to_next_column;
  std::uint64_t before_row = 0;    // a word before each row, which says again how many columns there are
  std::uint64_t bytes_behind = 0;  // the data, which mean nothing

  bool empty() const { return layers == 0 || rows == 0 || columns == 0; }
  /// Rows one after the other, with nothing between them but the words before each.
  bool row_after_row() const {
    return to_next_column == size_of(type) &&
           to_next_row == before_row + std::uint64_t{columns} * size_of(type);
  }
};

/// Which shapes are read: (n, d), or (layers, n, d) too.
enum class matrix_shape { matrix, layers_too };

/// What a header says of an array: `available` is how many bytes there are from `begin` on.
struct array_header {
  element_type type;
  std::endian byte_order;
  bool fortran_order;  // column after column
  std::span<const std::size_t> shape;
  std::uint64_t begin, available;
};

/// Throws file_error for another number of dimensions and for more data than there are bytes.
stored_matrix checked(const std::string& path, const array_header& header, matrix_shape shape);

/// a * b, or the largest number where that is more.
std::uint64_t product(std::uint64_t a, std::uint64_t b);
/// Of all of them, or the largest number where that is more.
std::uint64_t sum(std::initializer_list<std::uint64_t> numbers);

/// One of the layers, counted from 0, as a matrix of its own.
stored_matrix layer_of(const stored_matrix& matrix, std::size_t layer);

}  // namespace program

#endif
