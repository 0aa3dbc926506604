// SPDX-License-Identifier: MIT
// What NumPy reads and others write: integers, booleans, bfloat16, old headers, bytes behind the data.
#include <cstdint>
#include <limits>
#include <string>
#include <variant>
#include <vector>

#include "../../examples/nngs/matrix_file.hpp"
#include "../catch.hpp"
#include "message_of.hpp"
#include "npy_bytes.hpp"
#include "temporary_file.hpp"

namespace {

using numbers = std::vector<double>;

program::matrix_file open(const std::string& bytes) {
  return program::open_matrix(temporary_file(bytes).path());
}

numbers values_of(const program::matrix_file& matrix) {
  return std::visit(
      [](const auto& values) {
        numbers all;
        for (Eigen::Index i = 0; i < values.size(); ++i) all.push_back(static_cast<double>(values.data()[i]));
        return all;
      },
      matrix.values);
}

template <class Integer>
void check_integers(const std::string& type, const std::string& name) {
  const std::vector<Integer> all{0, 1, std::numeric_limits<Integer>::max(),
                                 std::numeric_limits<Integer>::min()};
  const numbers expected(all.begin(), all.end());
  for (const char order : {'<', '>'}) {
    const auto matrix = open(npy_header(order + type, false, "(2, 2)") + data_bytes(all, order));
    CAPTURE(type, order);
    CHECK(matrix.element_type == name);
    CHECK(values_of(matrix) == expected);
    const auto turned = open(npy_header(order + type, true, "(2, 2)") + data_bytes(all, order));
    CHECK(values_of(turned) == numbers{expected[0], expected[2], expected[1], expected[3]});
  }
}

}  // namespace

TEST_CASE("npy: integers and booleans", "[files]") {
  check_integers<std::int8_t>("i1", "int8");
  check_integers<std::uint8_t>("u1", "uint8");
  check_integers<std::int16_t>("i2", "int16");
  check_integers<std::uint16_t>("u2", "uint16");
  check_integers<std::int32_t>("i4", "int32");
  check_integers<std::uint32_t>("u4", "uint32");
  CHECK(values_of(open(npy_header("|b1", false, "(2, 2)") + std::string("\0\1\1\0", 4))) ==
        numbers{0, 1, 1, 0});
  CHECK(values_of(open(npy_header("|u1", false, "(1, 2)") + "\x07\xFF")) == numbers{7, 255});
}

TEST_CASE("npy: integers beyond 2^53 are refused by row and column", "[files]") {
  constexpr std::int64_t most = std::int64_t{1} << 53;
  const auto bytes = [](std::int64_t last) {
    return npy_header("<i8", false, "(2, 2)") + data_bytes<std::int64_t>({-most, 1, most, last});
  };
  CHECK(values_of(open(bytes(3))) == numbers{-0x1p53, 1, 0x1p53, 3});
  for (const std::int64_t beyond : {most + 1, -most - 1, std::numeric_limits<std::int64_t>::min()}) {
    const temporary_file file(bytes(beyond));
    const std::string what = message_of([&] { program::open_matrix(file.path()); });
    CHECK(what.find("row 1, column 1 is " + std::to_string(beyond)) != std::string::npos);
    CHECK(what.find("2^53") != std::string::npos);
    // Left out, it does no harm.
    const program::input_options options{
        .names = program::names_choice::automatic, .skip = {"2"}, .join = false};
    CHECK(values_of(program::open_matrix(file.path(), options)) == numbers{-0x1p53, 0x1p53});
  }
  const temporary_file large(npy_header("<u8", false, "(1, 1)") +
                             data_bytes<std::uint64_t>({~std::uint64_t{0}}));
  CHECK(message_of([&] { program::open_matrix(large.path()); }).find("row 0, column 0") != std::string::npos);
}

TEST_CASE("npy: bfloat16, as ml_dtypes writes it", "[files]") {
  const std::vector<std::uint16_t> halves{0x3F80, 0xC000, 0x3E80, 0x7F7F};
  const numbers expected{1, -2, 0.25, 3.3895313892515355e38};
  for (const std::string type : {"<V2", "|V2"}) {
    const auto matrix = open(npy_header(type, false, "(2, 2)") + data_bytes(halves));
    CHECK(matrix.element_type == "bfloat16");
    CHECK(values_of(matrix) == expected);
  }
  CHECK(values_of(open(npy_header(">V2", false, "(2, 2)") + data_bytes(halves, '>'))) == expected);
}

TEST_CASE("npy: Python 2's long integers, and no byte order", "[files]") {
  const std::string data = data_bytes<double>({1, 2});
  for (const char* const shape : {"(1L, 2L)", "(1L,2)", "(1, 2L,)"})
    CHECK(values_of(open(npy_header("<f8", false, shape) + data)) == numbers{1, 2});
  for (const char* const type : {"f8", "|f8"})
    CHECK(values_of(open(npy_header(type, false, "(1, 2)") + data)) == numbers{1, 2});
}

TEST_CASE("npy: bytes behind the data are left out, and that is said", "[files]") {
  const auto matrix = open(npy_header("<f8", false, "(1, 2)") + data_bytes<double>({1, 2, 3}));
  CHECK(values_of(matrix) == numbers{1, 2});
  REQUIRE(matrix.notes.size() == 1);
  CHECK(matrix.notes.front().find("8 bytes behind the data") == 0);
}
