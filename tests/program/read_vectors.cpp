// SPDX-License-Identifier: MIT
// .fbin, .u8bin, .i8bin, .fvecs and .bvecs hold the numbers that their bytes say.
#include <cstdint>
#include <string>
#include <vector>

#include "../../examples/nngs/matrix_file.hpp"
#include "../catch.hpp"
#include "files_of_arrays.hpp"
#include "message_of.hpp"
#include "temporary_file.hpp"

namespace {

/// n and d, then the numbers.
std::string bin(std::uint64_t n, std::uint64_t d, const std::string& numbers) {
  return number_bytes(n, 4) + number_bytes(d, 4) + numbers;
}

/// What is wrong with these bytes in a file of this extension.
std::string vectors_complaint(const std::string& bytes, const std::string& extension) {
  const temporary_file file(bytes, extension);
  return message_of([&] { program::open_matrix(file.path()); });
}

bool said(const std::string& text, const std::string& what) { return text.find(what) != text.npos; }

}  // namespace

TEST_CASE("vectors: .fbin, .u8bin and .i8bin are n, d and their numbers", "[files]") {
  const temporary_file floats(bin(2, 3, data_bytes<float>({1, -2, 0.5F, 3, 65504, 0.25F})), ".fbin");
  const program::matrix_file matrix = program::open_matrix(floats.path());
  CHECK(matrix.element_type == "float32");
  CHECK(numbers_of(matrix) == rows_of_numbers{{1, -2, 0.5}, {3, 65504, 0.25}});
  const temporary_file bytes(bin(2, 2, "\x01\x7F\x80\xFF"), ".u8bin");
  CHECK(numbers_of(program::open_matrix(bytes.path())) == rows_of_numbers{{1, 127}, {128, 255}});
  const temporary_file with_sign(bin(2, 2, "\x01\x7F\x80\xFF"), ".I8BIN");
  CHECK(numbers_of(program::open_matrix(with_sign.path())) == rows_of_numbers{{1, 127}, {-128, -1}});
}

TEST_CASE("vectors: .fvecs and .bvecs say d before each row", "[files]") {
  const temporary_file floats(vecs_bytes<float>({{1, -2, 0.5F}, {3, 65504, 0.25F}}), ".fvecs");
  CHECK(numbers_of(program::open_matrix(floats.path())) == rows_of_numbers{{1, -2, 0.5}, {3, 65504, 0.25}});
  const temporary_file bytes(vecs_bytes<std::uint8_t>({{1, 128}, {255, 0}, {7, 8}}), ".bvecs");
  CHECK(numbers_of(program::open_matrix(bytes.path())) == rows_of_numbers{{1, 128}, {255, 0}, {7, 8}});
  program::input_options second;
  second.skip = {"1"};
  CHECK(numbers_of(program::open_matrix(bytes.path(), second)) == rows_of_numbers{{128}, {0}, {8}});
}

TEST_CASE("vectors: sizes that are not those of the file are refused before anything is allocated",
          "[files]") {
  CHECK(said(vectors_complaint(bin(3, 2, "12345678"), ".fbin"), "takes 24 bytes, the file has 8"));
  CHECK(said(vectors_complaint(bin(0xFFFFFFFF, 0xFFFFFFFF, "12345678"), ".fbin"), "more than 2^64"));
  CHECK(said(vectors_complaint("1234567", ".u8bin"), "cut short"));
  CHECK(said(vectors_complaint("123", ".fvecs"), "cut short"));
  CHECK(said(vectors_complaint(number_bytes(0, 4), ".fvecs"), "first row has 0 numbers"));
  CHECK(said(vectors_complaint(number_bytes(0xFFFFFFFF, 4) + "12345678", ".fvecs"),
             "first row has 4294967295 numbers"));
  const std::string rows = vecs_bytes<float>({{1, 2}, {3, 4}});
  CHECK(said(vectors_complaint(rows.substr(0, rows.size() - 1), ".fvecs"), "ends within row 1"));
  const std::string other = vecs_bytes<float>({{1, 2}, {3, 4, 5, 6, 7}});  // as long as three rows of two
  CHECK(said(vectors_complaint(other, ".fvecs"), "row 1 (counted from 0) says that it has 5 numbers"));
}

TEST_CASE("vectors: what is behind the data of a .fbin is noted", "[files]") {
  const temporary_file file(bin(1, 2, "123456789"), ".fbin");
  CHECK(program::open_matrix(file.path()).notes ==
        std::vector<std::string>{"1 bytes behind the data that its header promises are left out"});
}
