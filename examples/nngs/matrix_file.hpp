// SPDX-License-Identifier: MIT
#ifndef NNGS_EXAMPLES_MATRIX_FILE_HPP
#define NNGS_EXAMPLES_MATRIX_FILE_HPP

#include <Eigen/Core>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <nngs/points.hpp>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "byte_source.hpp"
#include "file_column.hpp"
#include "input_options.hpp"
#include "row_source.hpp"

namespace program {

template <class Scalar>
using matrix_view = Eigen::Map<const nngs::row_major<Scalar>>;

/// A matrix read from a file, one item a row. It can be copied and moved but not assigned to, as its views
/// cannot; copies share the storage.
struct matrix_file {
  std::string path;
  std::string element_type;         // as the file has it: "float16", "int64", "text" and so on
  std::vector<std::string> labels;  // one a row if the file carries them, else none
  std::variant<matrix_view<float>, matrix_view<double>> values;
  std::shared_ptr<const void> storage = nullptr;  // what the view looks at
  std::vector<file_column> coordinates = {};      // which columns of the file they are, one for each
  std::optional<file_column> names = {};          // the column that the labels were in
  std::vector<std::string> notes = {};            // what was assumed or is odd, for people
  std::vector<std::string> skip_not_found = {};   // names of columns to skip that the file does not have
  std::optional<double> clamp_limit = {};         // beyond which magnitudes were cut (clamp.hpp)
};

Eigen::Index rows(const matrix_file& file);
Eigen::Index columns(const matrix_file& file);

/// A matrix whose values were not read: all else that is known of it (its view looks at nothing), and where
/// the values are.
struct unread_matrix {
  matrix_file known;
  row_source values;
};

/// All values, read into memory.
matrix_file read_whole(const unread_matrix& file);
/// Some rows, in that order, read into memory. They have no names.
matrix_file read_rows(const unread_matrix& file, const std::vector<Eigen::Index>& rows);

/// What words on the command line name: a file, "-" for standard input, FILE:NAME or @LIST (array_path.hpp).
/// `.npy`, safetensors and `.npz` are known by their first bytes, vectors by the end of the name
/// (vector_files.hpp); all else is a table of text. A file of (layers, n, d) holds several matrices:
/// "layers.npy[2]" is the third.
class opened_files {
 public:
  /// Opens the files, and reads what is at their beginning. Throws file_error.
  explicit opened_files(const std::string& words, matrix_shape shape = matrix_shape::layers_too);

  /// How many matrices there are, 1 or more.
  std::size_t layers() const;
  /// One of them, counted from 0, whose values are still to be read, unless they are text, and as they are
  /// there: --clamp cuts what is read whole. Throws file_error.
  unread_matrix find(std::size_t layer, const input_options& options) const;
  /// The bytes that are in memory as a whole, or will be: text and pipes.
  std::uint64_t bytes_read_whole() const;
  /// One of them, read and cut as asked.
  matrix_file read(std::size_t layer, const input_options& options) const;

 private:
  struct part {
    std::shared_ptr<byte_source> bytes;
    std::optional<stored_matrix> matrix;  // none for text
  };
  static part open(const std::string& words, matrix_shape shape);

  std::string name_;
  std::vector<part> parts_;
};

/// The one matrix of these words, read and cut as asked. Throws file_error.
matrix_file open_matrix(const std::string& words, const input_options& options = {});

/// The matrix of some rows, in that order.
matrix_file select_rows(const matrix_file& file, const std::vector<Eigen::Index>& rows);

/// Reads UTF-8 text with one label a line, empty ones included. Throws file_error.
std::vector<std::string> read_labels(const std::string& path);

}  // namespace program

#endif
