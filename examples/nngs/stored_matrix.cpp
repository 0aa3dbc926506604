// SPDX-License-Identifier: MIT
#include "stored_matrix.hpp"

#include <limits>

#include "file_error.hpp"

namespace program {
namespace {

struct element_kind {
  const char* name;
  std::size_t size;
  bool fits_float;
};

/// In the order of element_type.
constexpr element_kind kinds[] = {{"float16", 2, true},  {"bfloat16", 2, true}, {"float32", 4, true},
                                  {"float64", 8, false}, {"bool", 1, true},     {"int8", 1, true},
                                  {"int16", 2, true},    {"int32", 4, false},   {"int64", 8, false},
                                  {"uint8", 1, true},    {"uint16", 2, true},   {"uint32", 4, false},
                                  {"uint64", 8, false}};

const element_kind& kind_of(element_type type) { return kinds[static_cast<std::size_t>(type)]; }

constexpr std::uint64_t too_many = std::numeric_limits<std::uint64_t>::max();

[[noreturn]] void refuse_rank(const std::string& path, std::size_t rank) {
  const std::string name = rank == 1 ? "one" : std::to_string(rank);
  throw file_error(path, name + "-dimensional: reshape to (n, d)" +
                             (rank == 3 ? "; nngs matrix compares the layers of (layers, n, d)" : ""));
}

[[noreturn]] void refuse_size(const std::string& path, const array_header& header, std::uint64_t expected) {
  std::string shape;
  for (const std::size_t length : header.shape) shape += (shape.empty() ? "" : ", ") + std::to_string(length);
  throw file_error(path, "shorter than its header says: shape (" + shape + ") of " + name_of(header.type) +
                             " takes " +
                             (expected == too_many ? "more than 2^64" : std::to_string(expected)) +
                             " bytes, the file has " + std::to_string(header.available));
}

}  // namespace

const char* name_of(element_type type) { return kind_of(type).name; }
std::size_t size_of(element_type type) { return kind_of(type).size; }
bool fits_float(element_type type) { return kind_of(type).fits_float; }

std::uint64_t product(std::uint64_t a, std::uint64_t b) {
  return b != 0 && a > too_many / b ? too_many : a * b;
}

std::uint64_t sum(std::initializer_list<std::uint64_t> numbers) {
  std::uint64_t all = 0;
  for (const std::uint64_t number : numbers) all = number > too_many - all ? too_many : all + number;
  return all;
}

stored_matrix checked(const std::string& path, const array_header& header, matrix_shape shape) {
  const std::size_t rank = header.shape.size();
  const bool layers = shape == matrix_shape::layers_too && rank == 3;
  if (rank != 2 && !layers) refuse_rank(path, rank);
  stored_matrix matrix{.type = header.type,
                       .byte_order = header.byte_order,
                       .layers = layers ? header.shape[0] : 1,
                       .rows = header.shape[rank - 2],
                       .columns = header.shape[rank - 1],
                       .begin = header.begin,
                       .to_next_layer = 0,
                       .to_next_row = 0,
                       .to_next_column = 0};
  const std::uint64_t size = size_of(header.type);
  const std::uint64_t expected = product(product(product(matrix.layers, matrix.rows), matrix.columns), size);
  if (expected > header.available) refuse_size(path, header, expected);
  matrix.bytes_behind = header.available - expected;
  if (matrix.empty()) return matrix;  // the other lengths may be anything then
  if (header.fortran_order) {
    matrix.to_next_layer = size;
    matrix.to_next_row = matrix.layers * size;
    matrix.to_next_column = matrix.rows * matrix.to_next_row;
  } else {
    matrix.to_next_column = size;
    matrix.to_next_row = matrix.columns * size;
    matrix.to_next_layer = matrix.rows * matrix.to_next_row;
  }
  return matrix;
}

stored_matrix layer_of(const stored_matrix& matrix, std::size_t layer) {
  stored_matrix one = matrix;
  one.layers = 1;
  if (matrix.layers > 1) one.begin += layer * matrix.to_next_layer;
  return one;
}

}  // namespace program
