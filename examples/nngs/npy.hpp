// SPDX-License-Identifier: MIT
#ifndef NNGS_EXAMPLES_NPY_HPP
#define NNGS_EXAMPLES_NPY_HPP

#include <bit>
#include <cstddef>
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

/// Where a .npy file keeps its matrix, and how. The data are exactly layers * rows * columns elements.
struct npy_array {
  element_type type;
  const char* type_name;  // "float16"
  std::endian byte_order;
  bool fortran_order;  // column after column
  std::size_t layers;  // matrices; 1 for a file of two dimensions
  std::size_t rows;
  std::size_t columns;
  std::size_t element_size;
  std::size_t to_next_row, to_next_column;  // in elements
  std::span<const std::byte> data;
  std::size_t bytes_behind;  // the data, which mean nothing; NumPy reads such files too
};

/// Whether the bytes begin as every .npy file does.
bool is_npy(std::span<const std::byte> bytes);

/// Which shapes are read: (n, d), or (layers, n, d) too.
enum class npy_shape { matrix, layers_too };

/// Reads the header of NumPy's format 1.0, 2.0 or 3.0 and allocates nothing for the data. The array looks
/// into the bytes; the path is for the messages of file_error.
npy_array parse_npy(const std::string& path, std::span<const std::byte> bytes,
                    npy_shape shape = npy_shape::matrix);

/// One of the layers of an array, counted from 0, as an array of one.
npy_array layer_of(const npy_array& array, std::size_t layer);

}  // namespace program

#endif
