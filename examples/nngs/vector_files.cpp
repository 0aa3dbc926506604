// SPDX-License-Identifier: MIT
#include "vector_files.hpp"

#include <bit>
#include <cstddef>
#include <cstdint>

#include "file_error.hpp"
#include "stored_number.hpp"

namespace program {
namespace {

/// A number of 32 bits at the beginning.
std::uint32_t word(byte_source& file, std::uint64_t at) {
  if (file.size() < at + 4) throw file_error(file.name(), "ends within its first numbers: it was cut short");
  std::byte bytes[4];
  file.read(at, bytes);
  return load<std::uint32_t>(bytes, std::endian::little);
}

stored_matrix bigann_vectors(element_type type, byte_source& file) {
  const std::size_t shape[] = {word(file, 0), word(file, 4)};
  return checked(file.name(),
                 {.type = type,
                  .byte_order = std::endian::little,
                  .fortran_order = false,
                  .shape = shape,
                  .begin = 8,
                  .available = file.size() - 8},
                 matrix_shape::matrix);
}

stored_matrix vectors_behind_lengths(element_type type, byte_source& file) {
  constexpr std::uint64_t before = 4;
  const std::uint64_t columns = word(file, 0);
  const std::uint64_t row = before + columns * size_of(type);
  if (columns == 0 || row > file.size())
    throw file_error(file.name(), "says that its first row has " + std::to_string(columns) +
                                      " numbers, and the file has " + std::to_string(file.size()) +
                                      " bytes: it was cut short, or is of another kind than its name says");
  if (file.size() % row != 0)
    throw file_error(file.name(), "ends within row " + std::to_string(file.size() / row) +
                                      " (counted from 0) of " + std::to_string(columns) +
                                      " numbers: it was cut short");
  return {.type = type,
          .byte_order = std::endian::little,
          .layers = 1,
          .rows = static_cast<std::size_t>(file.size() / row),
          .columns = static_cast<std::size_t>(columns),
          .begin = 0,
          .to_next_layer = file.size(),
          .to_next_row = row,
          .to_next_column = size_of(type),
          .before_row = before};
}

}  // namespace

std::optional<stored_matrix> parse_vectors(const std::string& extension, byte_source& file) {
  if (extension == ".fbin") return bigann_vectors(element_type::float32, file);
  if (extension == ".u8bin") return bigann_vectors(element_type::uint8, file);
  if (extension == ".i8bin") return bigann_vectors(element_type::int8, file);
  if (extension == ".fvecs") return vectors_behind_lengths(element_type::float32, file);
  if (extension == ".bvecs") return vectors_behind_lengths(element_type::uint8, file);
  return std::nullopt;
}

}  // namespace program
