// SPDX-License-Identifier: MIT
// Rows that are read singly, in pieces or all at once are the same, whatever the file.
#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "../../examples/nngs/matrix_file.hpp"
#include "../catch.hpp"
#include "files_of_arrays.hpp"
#include "message_of.hpp"
#include "npy_bytes.hpp"
#include "temporary_file.hpp"

namespace {

constexpr std::size_t row_count = 23, column_count = 5;

std::vector<float> counted_numbers() {
  std::vector<float> numbers(row_count * column_count);
  for (std::size_t i = 0; i < numbers.size(); ++i) numbers[i] = static_cast<float>(i) - 7.5F;
  return numbers;
}

/// The same matrix in every kind of file, each with the end of its name.
std::vector<std::pair<std::string, std::string>> kinds_of_files() {
  const std::vector<float> numbers = counted_numbers();
  const std::vector<double> doubles(numbers.begin(), numbers.end());
  std::vector<float> by_columns;
  std::vector<std::vector<float>> rows(row_count);
  for (std::size_t column = 0; column < column_count; ++column)
    for (std::size_t row = 0; row < row_count; ++row)
      by_columns.push_back(numbers[row * column_count + column]);
  for (std::size_t row = 0; row < row_count; ++row)
    for (std::size_t column = 0; column < column_count; ++column)
      rows[row].push_back(numbers[row * column_count + column]);
  std::string text;
  for (const std::vector<float>& row : rows) {
    for (const float number : row) text += std::to_string(number) + ' ';
    text += '\n';
  }
  const std::string npy = npy_header("<f4", false, "(23, 5)") + data_bytes(numbers);
  return {{".npy", npy},
          {".npy", npy_header(">f8", false, "(23, 5)") + data_bytes(doubles, '>')},
          {".npy", npy_header(">f4", true, "(23, 5)") + data_bytes(by_columns, '>')},
          {".npz", zip_bytes({{"x.npy", npy}})},
          {".fbin", number_bytes(23, 4) + number_bytes(5, 4) + data_bytes(numbers)},
          {".fvecs", vecs_bytes(rows)},
          {".safetensors", safetensors_bytes(R"({"x":{"dtype":"F32","shape":[23,5],"data_offsets":[0,460]}})",
                                             data_bytes(numbers))},
          {".txt", text}};
}

program::unread_matrix found_in(const temporary_file& file, const program::input_options& options = {}) {
  return program::opened_files(file.path()).find(0, options);
}

/// Rows [first, first + count), as doubles and as floats where those are enough.
std::vector<double> some_rows(const program::row_source& source, std::size_t first, std::size_t count) {
  std::vector<double> values(count * source.columns());
  source.read(first, count, values.data());
  if (source.fits_float()) {
    std::vector<float> floats(values.size());
    source.read(first, count, floats.data());
    CHECK(std::equal(values.begin(), values.end(), floats.begin()));
  }
  return values;
}

void check_pieces(const program::row_source& source, const std::vector<double>& expected) {
  REQUIRE(source.rows() == row_count);
  const std::size_t width = source.columns();
  CHECK(some_rows(source, 0, row_count) == expected);
  for (std::size_t first = 0; first <= row_count; ++first)
    for (std::size_t count = 0; count <= row_count - first; ++count) {
      const auto begin = expected.begin() + static_cast<std::ptrdiff_t>(first * width);
      CHECK(some_rows(source, first, count) ==
            std::vector<double>(begin, begin + static_cast<std::ptrdiff_t>(count * width)));
    }
}

}  // namespace

TEST_CASE("rows: any piece of any kind of file", "[files]") {
  const std::vector<float> numbers = counted_numbers();
  for (const auto& [extension, bytes] : kinds_of_files()) {
    CAPTURE(extension);
    const temporary_file file(bytes, extension);
    check_pieces(found_in(file).values, {numbers.begin(), numbers.end()});
  }
}

TEST_CASE("rows: any piece without some of the columns", "[files]") {
  const std::vector<float> numbers = counted_numbers();
  std::vector<double> expected;
  for (std::size_t i = 0; i < numbers.size(); ++i)
    if (i % column_count != 1 && i % column_count != 4) expected.push_back(static_cast<double>(numbers[i]));
  program::input_options options;
  options.skip = {"2", "5"};
  for (const auto& [extension, bytes] : kinds_of_files()) {
    CAPTURE(extension);
    const temporary_file file(bytes, extension);
    check_pieces(found_in(file, options).values, expected);
  }
}

TEST_CASE("rows: a file that is cut short or written to while it is read is an error that names it",
          "[files]") {
  for (const auto& [extension, bytes] : kinds_of_files()) {
    if (extension == ".txt") continue;  // text is read when it is opened
    CAPTURE(extension);
    const temporary_file file(bytes, extension);
    const program::row_source source = found_in(file).values;
    some_rows(source, 0, 3);
    file.write(bytes.substr(0, bytes.size() - 1));
    const std::string cut = message_of([&] { some_rows(source, 0, row_count); });
    CHECK(cut.find(file.path() + ": was changed while it was read") == 0);
    file.write(bytes);
    std::filesystem::last_write_time(file.path(),
                                     std::filesystem::file_time_type::clock::now() + std::chrono::seconds(5));
    const std::string written = message_of([&] { some_rows(source, 0, 1); });
    CHECK(written.find(file.path() + ": was changed while it was read") == 0);
    std::filesystem::remove(file.path());
    const std::string gone = message_of([&] { some_rows(source, 0, 1); });
    CHECK(gone.find(file.path() + ": ") == 0);
  }
}
