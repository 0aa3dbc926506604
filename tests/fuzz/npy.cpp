// SPDX-License-Identifier: MIT
// Any bytes as a .npy file: a file_error, or exactly the elements that the header promises, each as its bytes
// say, whether the file is looked at in place or converted.
#include "../../examples/nngs/npy.hpp"

#include <bit>
#include <cmath>
#include <cstring>
#include <span>
#include <variant>

#include "../../examples/nngs/matrix_file.hpp"
#include "../program/temporary_file.hpp"
#include "property.hpp"

namespace {

std::uint64_t bits_of_element(const program::npy_array& array, std::size_t size, std::size_t row,
                              std::size_t column) {
  const std::size_t index = array.fortran_order ? column * array.rows + row : row * array.columns + column;
  std::uint64_t bits = 0;
  for (std::size_t i = 0; i < size; ++i) {
    const std::size_t from_highest = array.byte_order == std::endian::big ? i : size - 1 - i;
    bits = bits << 8 | std::to_integer<std::uint64_t>(array.data[index * size + from_highest]);
  }
  return bits;
}

/// IEEE 754's definition of a half, word by word.
double half_value(std::uint64_t bits) {
  const auto fraction = static_cast<double>(bits & 0x3FF);
  const int exponent = static_cast<int>(bits >> 10 & 0x1F);
  const double magnitude = exponent == 0    ? std::ldexp(fraction, -24)
                           : exponent == 31 ? (fraction == 0 ? HUGE_VAL : std::nan(""))
                                            : std::ldexp(1024 + fraction, exponent - 25);
  return bits >> 15 != 0 ? -magnitude : magnitude;
}

double value_of_element(const program::npy_array& array, std::size_t row, std::size_t column) {
  switch (array.type) {
    case program::floating_type::float16:
      return half_value(bits_of_element(array, 2, row, column));
    case program::floating_type::float32:
      return static_cast<double>(
          std::bit_cast<float>(static_cast<std::uint32_t>(bits_of_element(array, 4, row, column))));
    default:
      return std::bit_cast<double>(bits_of_element(array, 8, row, column));
  }
}

void check_matrix(const program::npy_array& array, const program::matrix_file& matrix) {
  std::visit(
      [&](const auto& values) {
        fuzz::require(static_cast<std::size_t>(values.rows()) == array.rows &&
                          static_cast<std::size_t>(values.cols()) == array.columns,
                      "the matrix has the shape of the header");
        if (values.size() == 0) return;  // a shape (n, 0) may have any n
        for (Eigen::Index row = 0; row < values.rows(); ++row)
          for (Eigen::Index column = 0; column < values.cols(); ++column) {
            const auto found = static_cast<double>(values(row, column));
            const double expected =
                value_of_element(array, static_cast<std::size_t>(row), static_cast<std::size_t>(column));
            fuzz::require(found == expected || (std::isnan(found) && std::isnan(expected)),
                          "each element is what its bytes say");
          }
      },
      matrix.values);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes = fuzz::as_text(data, size);
  const auto parsed = std::as_bytes(std::span(bytes));
  try {
    const program::npy_array array = program::parse_npy("bytes", parsed);
    const temporary_file file(bytes);
    check_matrix(array, program::open_matrix(file.path()));
  } catch (const program::file_error& error) {
    fuzz::require_printable(error, "bytes");
  }
  return 0;
}
