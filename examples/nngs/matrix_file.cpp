// SPDX-License-Identifier: MIT
#include "matrix_file.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <type_traits>
#include <utility>

#include "file_bytes.hpp"
#include "file_error.hpp"
#include "lines.hpp"
#include "npy.hpp"
#include "text.hpp"

namespace program {
namespace {

/// Says what to do about files that are often given by mistake and would only make a puzzling error
/// otherwise.
void refuse_wrong_kinds(const std::string& path, std::string_view text) {
  using namespace std::string_view_literals;
  if (text.starts_with("version https://git-lfs"sv)) {
    throw file_error(path, "a Git LFS pointer, not the data: run git lfs pull");
  }
  if (text.starts_with("PK\3\4"sv)) throw file_error(path, ".npz archive: save each array with np.save");
  if (text.starts_with("\x1F\x8B"sv)) throw file_error(path, "compressed by gzip: run gunzip first");
}

template <class Stored>
Stored load(const std::byte* from, std::endian byte_order) {
  std::array<std::byte, sizeof(Stored)> bytes{};
  std::memcpy(bytes.data(), from, bytes.size());
  if (byte_order != std::endian::native) std::reverse(bytes.begin(), bytes.end());
  return std::bit_cast<Stored>(bytes);
}

template <class Stored, class Scalar>
std::vector<Scalar> converted(const npy_array& array) {
  std::vector<Scalar> values;
  if (array.data.empty()) return values;  // a shape (n, 0) may have any n
  values.reserve(array.rows * array.columns);
  const std::size_t to_next_row = array.fortran_order ? 1 : array.columns;
  const std::size_t to_next_column = array.fortran_order ? array.rows : 1;
  for (std::size_t row = 0; row < array.rows; ++row) {
    for (std::size_t column = 0; column < array.columns; ++column) {
      const std::size_t index = row * to_next_row + column * to_next_column;
      const std::byte* const element = array.data.data() + index * sizeof(Stored);
      values.push_back(static_cast<Scalar>(load<Stored>(element, array.byte_order)));
    }
  }
  return values;
}

template <class Scalar>
bool is_what_eigen_needs(const npy_array& array) {
  const auto address = reinterpret_cast<std::uintptr_t>(array.data.data());
  return array.byte_order == std::endian::native && !array.fortran_order && address % alignof(Scalar) == 0;
}

template <class Scalar>
matrix_view<Scalar> view(const Scalar* values, std::size_t rows, std::size_t columns) {
  return {values, static_cast<Eigen::Index>(rows), static_cast<Eigen::Index>(columns)};
}

template <class Stored, class Scalar = Stored>
matrix_file from_npy(const std::string& path, const char* element_type,
                     const std::shared_ptr<const file_bytes>& file, const npy_array& array) {
  if constexpr (std::is_same_v<Stored, Scalar>) {
    if (is_what_eigen_needs<Scalar>(array)) {
      const auto* const values = reinterpret_cast<const Scalar*>(array.data.data());
      return {path, element_type, {}, view(values, array.rows, array.columns), file};
    }
  }
  const auto values = std::make_shared<const std::vector<Scalar>>(converted<Stored, Scalar>(array));
  return {path, element_type, {}, view(values->data(), array.rows, array.columns), values};
}

matrix_file open_npy(const std::string& path, const std::shared_ptr<const file_bytes>& file) {
  const npy_array array = parse_npy(path, file->bytes());
  switch (array.type) {
    case floating_type::float16:
      return from_npy<Eigen::half, float>(path, "float16", file, array);
    case floating_type::float32:
      return from_npy<float>(path, "float32", file, array);
    default:
      return from_npy<double>(path, "float64", file, array);
  }
}

matrix_file open_text(const std::string& path, std::string_view text) {
  text_table table = parse_text(path, text);
  const auto values = std::make_shared<const std::vector<double>>(std::move(table.values));
  return {path, "text", std::move(table.labels), view(values->data(), table.rows, table.columns), values};
}

}  // namespace

matrix_file open_matrix(const std::string& path) {
  const auto file = std::make_shared<const file_bytes>(path);
  refuse_wrong_kinds(path, file->text());
  return is_npy(file->bytes()) ? open_npy(path, file) : open_text(path, file->text());
}

std::vector<std::string> read_labels(const std::string& path) {
  const file_bytes file(path);
  refuse_wrong_kinds(path, file.text());
  std::vector<std::string> labels;
  line_reader lines(file.text());
  for (std::string_view line; lines.next(line);) labels.emplace_back(line);
  return labels;
}

}  // namespace program
