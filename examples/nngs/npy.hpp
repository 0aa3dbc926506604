// SPDX-License-Identifier: MIT
#ifndef NNGS_EXAMPLES_NPY_HPP
#define NNGS_EXAMPLES_NPY_HPP

#include <bit>
#include <cstddef>
#include <span>
#include <string>

namespace program {

enum class floating_type { float16, float32, float64 };

/// Where a .npy file keeps its matrix, and how. The data are exactly rows * columns elements.
struct npy_array {
  floating_type type;
  std::endian byte_order;
  bool fortran_order;  // column after column
  std::size_t rows;
  std::size_t columns;
  std::span<const std::byte> data;
};

/// Whether the bytes begin as every .npy file does.
bool is_npy(std::span<const std::byte> bytes);

/// Reads the header of NumPy's format 1.0, 2.0 or 3.0 and allocates nothing for the data. The array looks
/// into the bytes; the path is for the messages of file_error.
npy_array parse_npy(const std::string& path, std::span<const std::byte> bytes);

}  // namespace program

#endif
