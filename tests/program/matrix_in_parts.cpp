// SPDX-License-Identifier: MIT
// @LIST is one matrix: the rows of its files one after the other.
#include <cstddef>
#include <string>
#include <vector>

#include "../../examples/nngs/array_path.hpp"
#include "../../examples/nngs/matrix_file.hpp"
#include "../catch.hpp"
#include "files_of_arrays.hpp"
#include "message_of.hpp"
#include "npy_bytes.hpp"
#include "temporary_file.hpp"

namespace {

std::string parts_complaint(const std::string& names) {
  const temporary_file list(names);
  return message_of([&] { program::open_matrix('@' + list.path()); });
}

bool names_it(const std::string& text, const std::string& what) { return text.find(what) != text.npos; }

}  // namespace

TEST_CASE("parts: rows of files of any kind, in order", "[files]") {
  const temporary_file first(npy_header("<f4", false, "(2, 2)") + data_bytes<float>({1, 2, 3, 4}));
  const temporary_file second(
      zip_bytes({{"a.npy", npy_header("<f8", false, "(1, 2)") + data_bytes<double>({0.1, 6})},
                 {"b.npy", npy_header("<f8", false, "(0, 2)")}}));
  const temporary_file third(vecs_bytes<float>({{7, 8}, {9, 10}, {11, 12}}), ".fvecs");
  const temporary_file list(first.path() + "\r\n\n" + second.path() + ":b\n" + second.path() + ":a\n" +
                            third.path());
  const rows_of_numbers expected{{1, 2}, {3, 4}, {0.1, 6}, {7, 8}, {9, 10}, {11, 12}};
  const program::matrix_file matrix = program::open_matrix('@' + list.path());
  CHECK(numbers_of(matrix) == expected);
  CHECK(matrix.path == '@' + list.path());
  CHECK(matrix.element_type == "float32 and float64");

  const program::row_source rows = program::opened_files('@' + list.path()).find(0, {}).values;
  for (std::size_t begin = 0; begin <= expected.size(); ++begin)
    for (std::size_t end = begin; end <= expected.size(); ++end) {
      std::vector<double> values(2 * (end - begin)), wanted;
      rows.read(begin, end - begin, values.data());
      for (std::size_t row = begin; row < end; ++row)
        wanted.insert(wanted.end(), expected[row].begin(), expected[row].end());
      CHECK(values == wanted);
    }
}

TEST_CASE("parts: names of items go on", "[files]") {
  const temporary_file first("a 1 2\nb 3 4\n"), second("c 5 6\n"), unnamed("7 8\n");
  const temporary_file list(first.path() + '\n' + second.path() + '\n');
  const program::matrix_file matrix = program::open_matrix('@' + list.path());
  CHECK(matrix.labels == std::vector<std::string>{"a", "b", "c"});
  CHECK(numbers_of(matrix) == rows_of_numbers{{1, 2}, {3, 4}, {5, 6}});
  CHECK(names_it(parts_complaint(first.path() + '\n' + unnamed.path()), "--names none"));
}

TEST_CASE("parts: lists that name no matrix", "[files]") {
  const temporary_file narrow("1 2\n3 4\n"), wide("1 2 3\n3 4 5\n");
  CHECK(names_it(parts_complaint(narrow.path() + '\n' + wide.path()), wide.path() + ": has 3 columns"));
  CHECK(names_it(parts_complaint(narrow.path() + "\nnone.npy"), "none.npy: cannot be opened"));
  CHECK(names_it(parts_complaint("\n\n"), "names no file"));
  CHECK(names_it(parts_complaint(npy_header("<f4", false, "(0, 2)")), "a .npy file"));
  CHECK(names_it(message_of([] { program::open_matrix("@none.txt"); }), "none.txt: cannot be opened"));
}

TEST_CASE("parts: a name is a file where there is one, and else a file and an array in it", "[files]") {
  const temporary_file file(""), with_colon("", ":a");
  CHECK(program::split_array(file.path()).array.empty());
  CHECK(program::split_array(with_colon.path()).file == with_colon.path());
  CHECK(program::split_array(with_colon.path() + ":b:c").file == with_colon.path());
  CHECK(program::split_array(with_colon.path() + ":b:c").array == "b:c");
  CHECK(program::split_array("C:\\none:a").file == "C:\\none:a");
  const temporary_file list(file.path() + ":x\n" + with_colon.path());
  CHECK(program::files_of('@' + list.path()) == std::vector<std::string>{file.path(), with_colon.path()});
}
