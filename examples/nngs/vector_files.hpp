// SPDX-License-Identifier: MIT
#ifndef NNGS_EXAMPLES_VECTOR_FILES_HPP
#define NNGS_EXAMPLES_VECTOR_FILES_HPP

#include <optional>
#include <string>

#include "byte_source.hpp"
#include "stored_matrix.hpp"

namespace program {

/// The matrix of a file of vectors for nearest-neighbour search, whose kind the extension tells; none for any
/// other. All numbers are lowest byte first.
///
///   .fbin, .u8bin, .i8bin  n and d in 32 bits each, then n d floats, or integers of 8 bits (BigANN)
///   .fvecs, .bvecs         each row is d in 32 bits, then d floats, or integers of 8 bits without sign
///
/// Throws file_error for sizes that are not those of the file.
std::optional<stored_matrix> parse_vectors(const std::string& extension, byte_source& file);

}  // namespace program

#endif
