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

/// A matrix where the bytes of its file are.
struct array_in_bytes : program::stored_matrix {
  std::span<const std::byte> bytes;
};

std::uint64_t bits_of_element(const array_in_bytes& array, std::size_t size, std::size_t row,
                              std::size_t column) {
  const std::uint64_t place = array.begin + row * array.to_next_row + column * array.to_next_column;
  std::uint64_t bits = 0;
  for (std::size_t i = 0; i < size; ++i) {
    const std::size_t from_highest = array.byte_order == std::endian::big ? i : size - 1 - i;
    bits = bits << 8 | std::to_integer<std::uint64_t>(array.bytes[place + from_highest]);
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

double float_value(std::uint64_t bits) {
  return static_cast<double>(std::bit_cast<float>(static_cast<std::uint32_t>(bits)));
}

/// Two's complement of so many bits.
double signed_value(std::uint64_t bits, int width) {
  const auto value = static_cast<double>(bits);
  return bits >> (width - 1) != 0 ? value - std::ldexp(1.0, width) : value;
}

double value_of_element(const array_in_bytes& array, std::size_t row, std::size_t column) {
  using type = program::element_type;
  const auto bits = [&](std::size_t size) { return bits_of_element(array, size, row, column); };
  switch (array.type) {
    case type::float16:
      return half_value(bits(2));
    case type::bfloat16:
      return float_value(bits(2) << 16);
    case type::float32:
      return float_value(bits(4));
    case type::boolean:
      return bits(1) == 0 ? 0 : 1;
    case type::int8:
      return signed_value(bits(1), 8);
    case type::int16:
      return signed_value(bits(2), 16);
    case type::int32:
      return signed_value(bits(4), 32);
    case type::int64:
      return static_cast<double>(static_cast<std::int64_t>(bits(8)));
    case type::uint8:
      return static_cast<double>(bits(1));
    case type::uint16:
      return static_cast<double>(bits(2));
    case type::uint32:
      return static_cast<double>(bits(4));
    case type::uint64:
      return static_cast<double>(bits(8));
    case type::float64:
      break;
  }
  return std::bit_cast<double>(bits(8));
}

void check_matrix(const array_in_bytes& array, const program::matrix_file& matrix) {
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

/// Integers alone may be refused for their values.
void open_and_check(const array_in_bytes& array, std::string_view bytes) {
  const temporary_file file(bytes);
  try {
    check_matrix(array, program::open_matrix(file.path()));
  } catch (const program::file_error& error) {
    fuzz::require_printable(error, file.path());
    fuzz::require(array.type == program::element_type::int64 || array.type == program::element_type::uint64,
                  "a header that is read is followed by a matrix");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes = fuzz::as_text(data, size);
  const auto parsed = std::as_bytes(std::span(bytes));
  try {
    open_and_check({program::parse_npy("bytes", parsed, parsed.size()), parsed}, bytes);
  } catch (const program::file_error& error) {
    fuzz::require_printable(error, "bytes");
  }
  return 0;
}
