// SPDX-License-Identifier: MIT
#include <bit>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "../../examples/nngs/matrix_file.hpp"
#include "../../examples/nngs/npy.hpp"
#include "../catch.hpp"
#include "message_of.hpp"
#include "npy_bytes.hpp"
#include "temporary_file.hpp"

namespace {

using program::matrix_file;
using program::matrix_view;
using program::open_matrix;

matrix_file open_bytes(const std::string& bytes) { return open_matrix(temporary_file(bytes).path()); }

/// What open_matrix says is wrong, without the path before it.
std::string complaint(const std::string& bytes) {
  const temporary_file file(bytes);
  const std::string message = message_of([&] { open_matrix(file.path()); });
  const std::string path = file.path() + ": ";
  return message.substr(0, path.size()) == path ? message.substr(path.size()) : message;
}

template <class Scalar>
std::vector<std::vector<double>> rows_of(const matrix_file& matrix) {
  const auto& values = std::get<matrix_view<Scalar>>(matrix.values);
  std::vector<std::vector<double>> rows(static_cast<std::size_t>(values.rows()));
  for (Eigen::Index row = 0; row < values.rows(); ++row) {
    for (Eigen::Index column = 0; column < values.cols(); ++column) {
      rows[static_cast<std::size_t>(row)].push_back(static_cast<double>(values(row, column)));
    }
  }
  return rows;
}

const std::vector<std::vector<double>> expected = {{1, -2, 0.5}, {3, 65504, 0.25}};
const std::vector<double> in_c_order = {1, -2, 0.5, 3, 65504, 0.25};
const std::vector<double> in_fortran_order = {1, 3, -2, 65504, 0.5, 0.25};
const std::vector<std::uint16_t> halves_in_c_order = {0x3C00, 0xC000, 0x3800, 0x4200, 0x7BFF, 0x3400};
const std::vector<std::uint16_t> halves_in_fortran_order = {0x3C00, 0x4200, 0xC000, 0x7BFF, 0x3800, 0x3400};

std::string floats(const std::vector<double>& values, char byte_order) {
  return data_bytes(std::vector<float>(values.begin(), values.end()), byte_order);
}

}  // namespace

TEST_CASE("npy: every dtype, byte order, memory order and version gives the same matrix", "[files]") {
  for (const int version : {1, 2, 3}) {
    for (const char byte_order : {'<', '>'}) {
      for (const bool fortran : {false, true}) {
        CAPTURE(version, byte_order, fortran);
        const auto header = [&](const char* type) {
          return npy_header(byte_order + std::string(type), fortran, "(2, 3)", version);
        };
        const auto& elements = fortran ? in_fortran_order : in_c_order;
        const auto& halves = fortran ? halves_in_fortran_order : halves_in_c_order;

        const matrix_file half = open_bytes(header("f2") + data_bytes(halves, byte_order));
        CHECK(half.element_type == "float16");
        CHECK(rows_of<float>(half) == expected);

        const matrix_file single = open_bytes(header("f4") + floats(elements, byte_order));
        CHECK(single.element_type == "float32");
        CHECK(rows_of<float>(single) == expected);

        const matrix_file full = open_bytes(header("f8") + data_bytes(elements, byte_order));
        CHECK(full.element_type == "float64");
        CHECK(rows_of<double>(full) == expected);
        CHECK(full.labels.empty());
      }
    }
  }
}

TEST_CASE("npy: '=' is the byte order of this machine", "[files]") {
  const char native = std::endian::native == std::endian::little ? '<' : '>';
  CHECK(rows_of<float>(open_bytes(npy_header("=f4", false, "(2, 3)") + floats(in_c_order, native))) ==
        expected);
}

TEST_CASE("npy: the header is a dictionary in any order, with any white space and commas", "[files]") {
  const std::string data = data_bytes(in_c_order);
  for (const char* const dictionary : {
           "{'descr':'<f8','fortran_order':False,'shape':(2,3)}",
           "{ \"shape\" : ( 2 , 3 , ) ,\n\t'fortran_order' : False , 'descr' : \"<f8\" , } \r\n",
           "  {'shape': (7,), 'shape': (2, 3), 'fortran_order': False, 'descr': '<f8'}",
       }) {
    CAPTURE(dictionary);
    CHECK(rows_of<double>(open_bytes(npy_header(dictionary) + data)) == expected);
  }
}

TEST_CASE("npy: data at an odd place in the file are copied", "[files]") {
  std::string bytes = npy_header("<f8", false, "(2, 3)");
  bytes.insert(bytes.size() - 1, 1, ' ');
  ++bytes[8];
  CHECK(rows_of<double>(open_bytes(bytes + data_bytes(in_c_order))) == expected);
}

TEST_CASE("npy: shapes without elements are passed on", "[files]") {
  for (const char* const type : {"<f2", "<f4", ">f8"}) {
    for (const bool fortran : {false, true}) {
      for (const std::string shape : {"(0, 3)", "(3, 0)", "(0, 0)", "(4000000000000000000, 0)"}) {
        CAPTURE(type, fortran, shape);
        const matrix_file matrix = open_bytes(npy_header(type, fortran, shape));
        std::visit([](const auto& values) { CHECK(values.size() == 0); }, matrix.values);
        std::visit([&](const auto& values) { CHECK(values.cols() == (shape[shape.size() - 2] - '0')); },
                   matrix.values);
      }
    }
  }
}

TEST_CASE("npy: a copy outlives the matrix it was made from", "[files]") {
  auto first =
      std::make_unique<matrix_file>(open_bytes(npy_header("<f4", false, "(2, 3)") + floats(in_c_order, '<')));
  const matrix_file copy = *first;
  first.reset();
  CHECK(rows_of<float>(copy) == expected);
}

TEST_CASE("npy: what is not an (n, d) matrix of real numbers is refused", "[files]") {
  const auto typed = [](const std::string& type) {
    return complaint(npy_header(type, false, "(1, 1)") + "12345678");
  };
  for (const std::string type : {"<i16", "|V1", "<f16", "<f", ">f44", "!f4"})
    CHECK(typed(type) == "elements of type '" + type + "': save array.astype(\"float32\") instead");
  for (const std::string type : {"<c8", "<U3", "<", ""})
    CHECK(typed(type) == "elements of type '" + type + "': only real numbers and booleans are read");
  CHECK(typed("|O").find("elements of type '|O', Python objects: save numpy.stack") == 0);
  CHECK(complaint(
            npy_header("{'descr': [('x', '<f4'), ('y', '<f4')], 'fortran_order': False, 'shape': (1,)}")) ==
        "holds records: save its numbers as one plain (n, d) array");

  const auto shaped = [](const std::string& shape) {
    return complaint(npy_header("<f4", false, shape) + "1234");
  };
  CHECK(shaped("()") == "0-dimensional: reshape to (n, d)");
  CHECK(shaped("(1,)") == "one-dimensional: reshape to (n, d)");
  CHECK(shaped("(1, 1, 1)") ==
        "3-dimensional: reshape to (n, d); nngs matrix compares the layers of (layers, n, d)");
}

TEST_CASE("npy: a shape must fit in the bytes, and is checked before anything is allocated", "[files]") {
  const std::string data = floats(in_c_order, '<');
  const auto shaped = [&](const std::string& shape) {
    return complaint(npy_header("<f4", false, shape) + data);
  };
  CHECK(shaped("(3, 3)") ==
        "shorter than its header says: shape (3, 3) of float32 takes 36 bytes, the file has 24");
  CHECK(shaped("(4000000000, 4000000000)") ==
        "shorter than its header says: shape (4000000000, 4000000000) of float32 takes more than 2^64 bytes, "
        "the file has 24");
  // 2^62 * 4 rows and columns are 2^64 elements, which 64 bits would count as none.
  CHECK(shaped("(4611686018427387904, 4)").find("takes more than 2^64 bytes") != std::string::npos);
  CHECK(shaped("(9223372036854775807, 9223372036854775807)").find("more than 2^64") != std::string::npos);
  CHECK(shaped("(99999999999999999999, 1)") == "the shape in its header is too large");
}

TEST_CASE("npy: a damaged header is told from a good one", "[files]") {
  CHECK(complaint(npy_header("<f4", false, "(1, 1)", 4)) ==
        "npy format 4.0: only 1.0, 2.0 and 3.0 are known");
  CHECK(complaint(npy_header("<f4", false, "(1, 1)").substr(0, 20)) == "ends within its npy header");
  CHECK(complaint("\x93NUMPY\x02").find("ends within") == 0);
  CHECK(complaint(npy_header("{'fortran_order': False, 'shape': (1, 1)}")) == "damaged npy header: no descr");
  CHECK(complaint(npy_header("{'descr': '<f4', 'shape': (1, 1)}")) == "damaged npy header: no fortran_order");
  CHECK(complaint(npy_header("{'descr': '<f4', 'fortran_order': False}")) == "damaged npy header: no shape");
  CHECK(complaint(npy_header("{'order': 'C'}")) == "damaged npy header: unknown key 'order'");
  CHECK(complaint(npy_header("{'fortran_order': Fals}")).find("expected True or False before 'Fals}") !=
        std::string::npos);
  for (const char* const dictionary : {
           "",
           "{",
           "{'",
           "{}}",
           "{,}",
           "{'descr': '<f4\"}",
           "{'descr': ('<f4', 2)}",
           "{'shape' (1, 1)}",
           "{'shape': (1 1)}",
           "{'shape': (-1, 1)}",
           "{'shape': (,)}",
           "{'shape': (1,, 1)}",
           "{'shape': [1, 1]}",
           "{'shape': 1}",
           "{'shape': (0x1, 1)}",
           "{'descr': '<f4' 'fortran_order': False, 'shape': (1, 1)}",
           "{'descr': '<f4', 'fortran_order': False, 'shape': (1, 1)} x",
       }) {
    CAPTURE(dictionary);
    CHECK(complaint(npy_header(dictionary) + "1234").find("damaged npy header: expected ") == 0);
  }
}

TEST_CASE("npy: a matrix does not change when its file does", "[files]") {
  const temporary_file file(npy_header("<f4", false, "(2, 1)") + std::string("\0\0\x80\x3F\0\0\0\x40", 8));
  const matrix_file matrix = open_matrix(file.path());
  const auto& values = std::get<matrix_view<float>>(matrix.values);
  file.write("shorter");
  CHECK(values(0, 0) == 1.0f);
  CHECK(values(1, 0) == 2.0f);
}
