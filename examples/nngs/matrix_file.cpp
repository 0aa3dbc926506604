// SPDX-License-Identifier: MIT
#include "matrix_file.hpp"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <numeric>
#include <set>
#include <span>
#include <string_view>
#include <utility>

#include "array_path.hpp"
#include "clamp.hpp"
#include "column_notes.hpp"
#include "counted.hpp"
#include "file_bytes.hpp"
#include "file_error.hpp"
#include "file_kinds.hpp"
#include "file_path.hpp"
#include "lines.hpp"
#include "named_arrays.hpp"
#include "npy.hpp"
#include "output_text.hpp"
#include "printable.hpp"
#include "text.hpp"
#include "vector_files.hpp"

namespace program {
namespace {

template <class Scalar>
void set_view(matrix_file& matrix, const Scalar* values, std::size_t rows, std::size_t columns) {
  matrix.values.emplace<matrix_view<Scalar>>(values, static_cast<Eigen::Index>(rows),
                                             static_cast<Eigen::Index>(columns));
}

/// Shape and name alone.
matrix_file without_values(const std::string& path, const std::string& type, const row_source& values) {
  matrix_file known{path, type, {}, matrix_view<double>(nullptr, 0, 0)};
  if (values.fits_float())
    set_view<float>(known, nullptr, values.rows(), values.columns());
  else
    set_view<double>(known, nullptr, values.rows(), values.columns());
  return known;
}

/// Columns of numbers: which to keep, and which holds names.
struct chosen_columns {
  std::vector<std::size_t> coordinates;
  std::optional<std::size_t> names;
  std::vector<std::string> skip_not_found;
};

chosen_columns choose_columns(const std::string& path, const stored_matrix& matrix,
                              const input_options& options) {
  chosen_columns chosen;
  if (matrix.empty()) return chosen;  // a shape (0, d) may have any d
  std::vector<std::size_t> skip;
  for (const std::string& wanted : options.skip) {
    const std::optional<std::size_t> column = column_by_number(path, wanted, matrix.columns);
    if (column)
      skip.push_back(*column);
    else
      chosen.skip_not_found.push_back(wanted);
  }
  for (std::size_t column = 0; column < matrix.columns; ++column)
    if (std::find(skip.begin(), skip.end(), column) == skip.end()) chosen.coordinates.push_back(column);
  if (options.names == names_choice::first && !chosen.coordinates.empty()) {
    chosen.names = chosen.coordinates.front();
    chosen.coordinates.erase(chosen.coordinates.begin());
  }
  if (chosen.coordinates.empty())
    throw file_error(
        path, "no column is left: --skip and --names first take all " + std::to_string(matrix.columns));
  return chosen;
}

/// A column of numbers as names.
std::vector<std::string> names_in(const stored_array& array, std::size_t column) {
  const row_source names(array, {column});
  std::vector<double> values(names.rows());
  names.read(0, names.rows(), values.data());
  std::vector<std::string> labels;
  for (const double value : values) labels.push_back(shortest_digits(value));
  return labels;
}

unread_matrix find_numbers(const std::string& path, const stored_array& array, const input_options& options) {
  chosen_columns columns = choose_columns(path, array.matrix, options);
  const row_source values(array, columns.coordinates);
  matrix_file known = without_values(path, name_of(array.matrix.type), values);
  for (const std::size_t column : columns.coordinates) known.coordinates.push_back({column + 1, ""});
  if (columns.names) {
    known.labels = names_in(array, *columns.names);
    known.names = file_column{*columns.names + 1, ""};
  }
  known.skip_not_found = std::move(columns.skip_not_found);
  if (array.matrix.bytes_behind > 0)
    known.notes.push_back(std::to_string(array.matrix.bytes_behind) +
                          " bytes behind the data that its header promises are left out");
  return {std::move(known), values};
}

/// Numbers in memory, row after row, as if a file had them.
row_source numbers_in_memory(const std::string& path, std::vector<double> numbers, std::size_t rows,
                             std::size_t columns) {
  const auto values = std::make_shared<const std::vector<double>>(std::move(numbers));
  const std::size_t shape[] = {rows, columns};
  const auto bytes = std::make_shared<memory_bytes>(path, std::as_bytes(std::span(*values)), values);
  std::vector<std::size_t> all(columns);
  std::iota(all.begin(), all.end(), std::size_t{0});
  return {stored_array{bytes, checked(path,
                                      {.type = element_type::float64,
                                       .byte_order = std::endian::native,
                                       .fortran_order = false,
                                       .shape = shape,
                                       .begin = 0,
                                       .available = bytes->size()},
                                      matrix_shape::matrix)},
          std::move(all)};
}

unread_matrix find_text(const std::shared_ptr<byte_source>& bytes, const input_options& options) {
  const std::string& path = bytes->name();
  const file_bytes file(bytes);
  refuse_other_kinds(path, file.text());
  text_table table = parse_text(path, file.text(), options);
  const row_source values = numbers_in_memory(path, std::move(table.values), table.rows, table.columns);
  matrix_file known = without_values(path, "text", values);
  known.labels = std::move(table.labels);
  known.coordinates = std::move(table.coordinates);
  known.names = std::move(table.names);
  known.notes = std::move(table.notes);
  known.skip_not_found = std::move(table.skip_not_found);
  return {std::move(known), values};
}

/// The rows of one after those of the other.
unread_matrix joined(const std::string& path, const std::vector<unread_matrix>& parts) {
  const matrix_file& first = parts.front().known;
  std::vector<row_source> values;
  std::set<std::string> types;
  std::vector<std::string> labels, notes;
  for (const unread_matrix& part : parts) {
    const matrix_file& known = part.known;
    if (columns(known) != columns(first))
      throw file_error(known.path, "has " + counted(part.values.columns(), "column") + ", but " + first.path +
                                       " has " + std::to_string(columns(first)) +
                                       ": the parts of a matrix have the same");
    if (known.labels.empty() != first.labels.empty())
      throw file_error(first.labels.empty() ? known.path : first.path,
                       "names its items, but " + (first.labels.empty() ? first.path : known.path) +
                           " does not: --names none takes no names");
    values.push_back(part.values);
    types.insert(known.element_type);
    labels.insert(labels.end(), known.labels.begin(), known.labels.end());
    for (const std::string& note : known.notes) notes.push_back(known.path + ": " + note);
  }
  std::string type;
  for (const std::string& one : types) type += (type.empty() ? "" : " and ") + one;
  const row_source all(values);
  matrix_file known = without_values(path, type, all);
  known.labels = std::move(labels);
  known.coordinates = first.coordinates;
  known.names = first.names;
  known.notes = std::move(notes);
  known.skip_not_found = first.skip_not_found;
  return {std::move(known), all};
}

/// Room for the values of so many rows, which they are then read into.
template <class Scalar>
Scalar* room_for(matrix_file& matrix, const row_source& values, std::size_t rows) {
  std::shared_ptr<Scalar[]> memory = std::make_unique_for_overwrite<Scalar[]>(rows * values.columns());
  Scalar* const room = memory.get();
  set_view<Scalar>(matrix, room, rows, values.columns());
  matrix.storage = std::move(memory);
  return room;
}

template <class Scalar>
void read_values(matrix_file& matrix, const row_source& values) {
  if (const Scalar* const there = values.in_memory<Scalar>()) {
    matrix.storage = std::make_shared<const row_source>(values);
    return set_view(matrix, there, values.rows(), values.columns());
  }
  values.read(0, values.rows(), room_for<Scalar>(matrix, values, values.rows()));
}

template <class Scalar>
void read_some(matrix_file& matrix, const row_source& values, const std::vector<Eigen::Index>& rows) {
  values.read(rows, room_for<Scalar>(matrix, values, rows.size()));
}

/// What is odd about it is noted before it is cut as asked.
matrix_file finished(matrix_file matrix, const input_options& options) {
  for (std::string& note : odd_columns(matrix, {})) matrix.notes.push_back(std::move(note));
  return clamped(matrix, options.clamp);
}

/// In lower case.
std::string extension_of(const std::string& path) {
  std::string extension = file_name(file_path(path).extension());
  for (char& c : extension)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return extension;
}

/// The arrays of a file that names them; none for any other kind.
std::vector<named_array> arrays_of(const std::shared_ptr<byte_source>& file, std::string_view first,
                                   matrix_shape shape) {
  if (is_safetensors(first)) return tensors_of(file, shape);
  if (first.starts_with("PK\3\4")) return members_of(file, shape);
  return {};
}

}  // namespace

Eigen::Index rows(const matrix_file& file) {
  return std::visit([](const auto& values) { return values.rows(); }, file.values);
}

Eigen::Index columns(const matrix_file& file) {
  return std::visit([](const auto& values) { return values.cols(); }, file.values);
}

opened_files::part opened_files::open(const std::string& words, matrix_shape shape) {
  const array_path path = split_array(words);
  const std::shared_ptr<byte_source> file = open_bytes(path.file);
  const std::vector<std::byte> first = first_bytes(*file, npy_header_limit);
  const std::vector<named_array> arrays = arrays_of(file, as_text(first), shape);
  if (!arrays.empty()) {
    const stored_array found = chosen_array(path.file, arrays, path.array);
    return {found.bytes, found.matrix};
  }
  if (!path.array.empty())
    throw file_error(path.file, "holds no arrays with names, such as " + in_quotes(path.array) +
                                    ": safetensors and .npz files do");
  if (is_npy(first)) return {file, parse_npy(file->name(), first, file->size(), shape)};
  return {file, parse_vectors(extension_of(path.file), *file)};
}

opened_files::opened_files(const std::string& words, matrix_shape shape) : name_(shown_path(words)) {
  const std::vector<std::string> names = names_of_parts(words);
  for (const std::string& name : names) {
    parts_.push_back(open(name, names.size() > 1 ? matrix_shape::matrix : shape));
    parts_.back().bytes->rest();
  }
  if (layers() == 0) throw file_error(name_, "has no layers: its shape begins with 0");
}

std::size_t opened_files::layers() const {
  const part& first = parts_.front();
  return first.matrix ? first.matrix->layers : 1;
}

unread_matrix opened_files::find(std::size_t layer, const input_options& options) const {
  std::vector<unread_matrix> found;
  for (const part& one : parts_) {
    std::string name = parts_.size() == 1 ? name_ : one.bytes->name();
    if (layers() > 1) name += '[' + std::to_string(layer) + ']';
    found.push_back(one.matrix ? find_numbers(name, {one.bytes, layer_of(*one.matrix, layer)}, options)
                               : find_text(one.bytes, options));
  }
  return found.size() == 1 ? found.front() : joined(name_, found);
}

std::uint64_t opened_files::bytes_read_whole() const {
  std::uint64_t size = 0;
  for (const part& one : parts_)
    if (!one.matrix || one.bytes->in_memory() != nullptr) size += one.bytes->size();
  return size;
}

matrix_file opened_files::read(std::size_t layer, const input_options& options) const {
  return finished(read_whole(find(layer, options)), options);
}

matrix_file open_matrix(const std::string& words, const input_options& options) {
  return opened_files(words, matrix_shape::matrix).read(0, options);
}

matrix_file read_whole(const unread_matrix& file) {
  matrix_file matrix = file.known;
  if (file.values.fits_float())
    read_values<float>(matrix, file.values);
  else
    read_values<double>(matrix, file.values);
  return matrix;
}

matrix_file read_rows(const unread_matrix& file, const std::vector<Eigen::Index>& rows) {
  matrix_file matrix = file.known;
  matrix.labels.clear();
  if (file.values.fits_float())
    read_some<float>(matrix, file.values, rows);
  else
    read_some<double>(matrix, file.values, rows);
  return matrix;
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
