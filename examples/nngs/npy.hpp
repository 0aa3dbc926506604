// SPDX-License-Identifier: MIT
#ifndef NNGS_EXAMPLES_NPY_HPP
#define NNGS_EXAMPLES_NPY_HPP

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include "stored_matrix.hpp"

namespace program {

/// Whether the bytes begin as every .npy file does.
bool is_npy(std::span<const std::byte> bytes);

/// The first bytes of a file that are enough for the header: one that is longer is no matrix's.
constexpr std::uint64_t npy_header_limit = std::uint64_t{1} << 17;

/// Reads the header of NumPy's format 1.0, 2.0 or 3.0 from the first bytes of a file of so many; the path is
/// for the messages of file_error.
stored_matrix parse_npy(const std::string& path, std::span<const std::byte> first, std::uint64_t size,
                        matrix_shape shape = matrix_shape::matrix);

}  // namespace program

#endif
