// SPDX-License-Identifier: MIT
#include "matrix_file.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <string_view>
#include <type_traits>
#include <utility>

#include "clamp.hpp"
#include "column_notes.hpp"
#include "csv_text.hpp"
#include "file_bytes.hpp"
#include "file_error.hpp"
#include "file_kinds.hpp"
#include "lines.hpp"
#include "npy.hpp"
#include "stored_number.hpp"
#include "text.hpp"

namespace program {
namespace {

/// The upper half of a float.
struct bfloat16 {
  std::uint16_t bits;
  explicit operator float() const { return std::bit_cast<float>(static_cast<std::uint32_t>(bits) << 16); }
};

struct boolean {
  std::uint8_t byte;
  explicit operator float() const { return byte == 0 ? 0.0F : 1.0F; }
};

/// Integers beyond 2^53 that are no double, which would make other items of them.
template <class Stored>
void check_exact(const std::string& path, Stored value, std::size_t row, std::size_t column) {
  if constexpr (std::is_integral_v<Stored> && sizeof(Stored) == 8) {
    constexpr Stored largest = Stored{1} << 53;
    bool beyond = value > largest;
    if constexpr (std::is_signed_v<Stored>) beyond = beyond || value < -largest;
    if (beyond)
      throw file_error(path,
                       "row " + std::to_string(row) + ", column " + std::to_string(column) + " is " +
                           std::to_string(value) +
                           ": integers beyond 2^53 are no coordinates; --skip leaves out a column of ids "
                           "(counted from 1 there)");
  }
}

template <class Stored, class Scalar>
std::vector<Scalar> converted(const std::string& path, const npy_array& array,
                              const std::vector<std::size_t>& columns) {
  std::vector<Scalar> values;
  if (array.data.empty()) return values;  // a shape (n, 0) may have any n
  values.reserve(array.rows * columns.size());
  for (std::size_t row = 0; row < array.rows; ++row) {
    for (const std::size_t column : columns) {
      const std::size_t index = row * array.to_next_row + column * array.to_next_column;
      const auto value = load<Stored>(array.data.data() + index * sizeof(Stored), array.byte_order);
      check_exact(path, value, row, column);
      values.push_back(static_cast<Scalar>(value));
    }
  }
  return values;
}

template <class Scalar>
bool is_what_eigen_needs(const npy_array& array) {
  const auto address = reinterpret_cast<std::uintptr_t>(array.data.data());
  return array.byte_order == std::endian::native && array.to_next_row == array.columns &&
         array.to_next_column == 1 && address % alignof(Scalar) == 0;
}

template <class Scalar>
matrix_view<Scalar> view(const Scalar* values, std::size_t rows, std::size_t columns) {
  return {values, static_cast<Eigen::Index>(rows), static_cast<Eigen::Index>(columns)};
}

/// Columns of a .npy file: which to keep, and which holds names.
struct npy_columns {
  std::vector<std::size_t> coordinates;
  std::optional<std::size_t> names;
  std::vector<std::string> skip_not_found;
};

npy_columns chosen_columns(const std::string& path, const npy_array& array, const input_options& options) {
  npy_columns chosen;
  if (array.data.empty()) return chosen;  // a shape (0, d) may have any d
  std::vector<std::size_t> skip;
  for (const std::string& wanted : options.skip) {
    const std::optional<std::size_t> column = column_by_number(path, wanted, array.columns);
    if (column)
      skip.push_back(*column);
    else
      chosen.skip_not_found.push_back(wanted);
  }
  for (std::size_t column = 0; column < array.columns; ++column)
    if (std::find(skip.begin(), skip.end(), column) == skip.end()) chosen.coordinates.push_back(column);
  if (options.names == names_choice::first && !chosen.coordinates.empty()) {
    chosen.names = chosen.coordinates.front();
    chosen.coordinates.erase(chosen.coordinates.begin());
  }
  if (chosen.coordinates.empty())
    throw file_error(path,
                     "no column is left: --skip and --names first take all " + std::to_string(array.columns));
  return chosen;
}

template <class Stored, class Scalar = Stored>
matrix_file from_npy(const std::string& path, const std::shared_ptr<const file_bytes>& file,
                     const npy_array& array, const npy_columns& columns) {
  const std::size_t count = array.data.empty() ? array.columns : columns.coordinates.size();
  if constexpr (std::is_same_v<Stored, Scalar>) {
    if (count == array.columns && is_what_eigen_needs<Scalar>(array)) {
      const auto* const values = reinterpret_cast<const Scalar*>(array.data.data());
      return {path, array.type_name, {}, view(values, array.rows, array.columns), file};
    }
  }
  const auto values = std::make_shared<const std::vector<Scalar>>(
      converted<Stored, Scalar>(path, array, columns.coordinates));
  matrix_file matrix{path, array.type_name, {}, view(values->data(), array.rows, count), values};
  if (columns.names)
    for (const Scalar name : converted<Stored, Scalar>(path, array, {*columns.names}))
      matrix.labels.push_back(shortest_digits(static_cast<double>(name)));
  return matrix;
}

matrix_file from_npy(const std::string& path, const std::shared_ptr<const file_bytes>& file,
                     const npy_array& array, const npy_columns& columns) {
  switch (array.type) {
    case element_type::float16:
      return from_npy<Eigen::half, float>(path, file, array, columns);
    case element_type::bfloat16:
      return from_npy<bfloat16, float>(path, file, array, columns);
    case element_type::float32:
      return from_npy<float>(path, file, array, columns);
    case element_type::boolean:
      return from_npy<boolean, float>(path, file, array, columns);
    case element_type::int8:
      return from_npy<std::int8_t, float>(path, file, array, columns);
    case element_type::uint8:
      return from_npy<std::uint8_t, float>(path, file, array, columns);
    case element_type::int16:
      return from_npy<std::int16_t, float>(path, file, array, columns);
    case element_type::uint16:
      return from_npy<std::uint16_t, float>(path, file, array, columns);
    case element_type::int32:
      return from_npy<std::int32_t, double>(path, file, array, columns);
    case element_type::uint32:
      return from_npy<std::uint32_t, double>(path, file, array, columns);
    case element_type::int64:
      return from_npy<std::int64_t, double>(path, file, array, columns);
    case element_type::uint64:
      return from_npy<std::uint64_t, double>(path, file, array, columns);
    case element_type::float64:
      break;
  }
  return from_npy<double>(path, file, array, columns);
}

matrix_file open_npy(const std::string& path, const std::shared_ptr<const file_bytes>& file,
                     const npy_array& array, const input_options& options) {
  npy_columns columns = chosen_columns(path, array, options);
  matrix_file matrix = from_npy(path, file, array, columns);
  for (const std::size_t column : columns.coordinates) matrix.coordinates.push_back({column + 1, ""});
  if (columns.names) matrix.names = file_column{*columns.names + 1, ""};
  matrix.skip_not_found = std::move(columns.skip_not_found);
  if (array.bytes_behind > 0)
    matrix.notes.push_back(std::to_string(array.bytes_behind) +
                           " bytes behind the data that its header promises are left out");
  return matrix;
}

matrix_file open_text(const std::string& path, std::string_view text, const input_options& options) {
  text_table table = parse_text(path, text, options);
  const auto values = std::make_shared<const std::vector<double>>(std::move(table.values));
  return {path,
          "text",
          std::move(table.labels),
          view(values->data(), table.rows, table.columns),
          values,
          std::move(table.coordinates),
          std::move(table.names),
          std::move(table.notes),
          std::move(table.skip_not_found)};
}

/// What is odd about it is noted before it is cut as asked.
matrix_file finished(matrix_file matrix, const input_options& options) {
  for (std::string& note : odd_columns(matrix)) matrix.notes.push_back(std::move(note));
  return clamped(matrix, options.clamp);
}

matrix_file open_table(const std::string& path, const file_bytes& file, const input_options& options) {
  refuse_other_kinds(path, file.text());
  return finished(open_text(shown_path(path), file.text(), options), options);
}

}  // namespace

Eigen::Index rows(const matrix_file& file) {
  return std::visit([](const auto& values) { return values.rows(); }, file.values);
}

Eigen::Index columns(const matrix_file& file) {
  return std::visit([](const auto& values) { return values.cols(); }, file.values);
}

matrix_file open_matrix(const std::string& path, const input_options& options) {
  const auto file = std::make_shared<const file_bytes>(path);
  const std::string name = shown_path(path);
  if (!is_npy(file->bytes())) return open_table(path, *file, options);
  return finished(open_npy(name, file, parse_npy(name, file->bytes()), options), options);
}

layer_file::layer_file(const std::string& path)
    : path_(path), file_(std::make_shared<const file_bytes>(path)) {
  if (!is_npy(file_->bytes())) return;
  array_ = parse_npy(shown_path(path), file_->bytes(), npy_shape::layers_too);
  if (array_->layers == 0) throw file_error(shown_path(path), "has no layers: its shape begins with 0");
}

std::size_t layer_file::layers() const { return array_ ? array_->layers : 1; }

matrix_file layer_file::open(std::size_t layer, const input_options& options) const {
  if (!array_) return open_table(path_, *file_, options);
  std::string name = shown_path(path_);
  if (layers() > 1) name += '[' + std::to_string(layer) + ']';
  return finished(open_npy(name, file_, layer_of(*array_, layer), options), options);
}

matrix_file select_rows(const matrix_file& file, const std::vector<Eigen::Index>& rows) {
  matrix_file selected = std::visit(
      [&]<class Scalar>(const matrix_view<Scalar>& values) -> matrix_file {
        const auto copy =
            std::make_shared<nngs::row_major<Scalar>>(static_cast<Eigen::Index>(rows.size()), values.cols());
        for (std::size_t row = 0; row < rows.size(); ++row)
          copy->row(static_cast<Eigen::Index>(row)) = values.row(rows[row]);
        return {file.path,
                file.element_type,
                {},
                matrix_view<Scalar>(copy->data(), copy->rows(), copy->cols()),
                copy};
      },
      file.values);
  if (!file.labels.empty())
    for (const Eigen::Index row : rows) selected.labels.push_back(file.labels[static_cast<std::size_t>(row)]);
  selected.coordinates = file.coordinates;
  selected.names = file.names;
  selected.notes = file.notes;
  selected.clamp_limit = file.clamp_limit;
  return selected;
}

std::vector<std::string> read_labels(const std::string& path) {
  const file_bytes file(path);
  if (is_npy(file.bytes())) throw file_error(shown_path(path), "a .npy file: labels are text, one a line");
  refuse_other_kinds(path, file.text());
  std::vector<std::string> labels;
  line_reader lines(file.text());
  for (std::string_view line; lines.next(line);) labels.emplace_back(line);
  return labels;
}

}  // namespace program
