// SPDX-License-Identifier: MIT
#ifndef NNGS_EXAMPLES_MATRIX_FILE_HPP
#define NNGS_EXAMPLES_MATRIX_FILE_HPP

#include <Eigen/Core>
#include <cstddef>
#include <memory>
#include <nngs/points.hpp>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "file_bytes.hpp"
#include "file_column.hpp"
#include "input_options.hpp"
#include "npy.hpp"

namespace program {

template <class Scalar>
using matrix_view = Eigen::Map<const nngs::row_major<Scalar>>;

/// A matrix read from a file, one item a row: as the file has it where that is what Eigen needs, converted
/// otherwise. It can be copied and moved but not assigned to, as its views cannot; copies share the storage.
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

/// Reads a .npy file, known by its first bytes, or numbers as text, and cuts it as asked; "-" is standard
/// input. Throws file_error.
matrix_file open_matrix(const std::string& path, const input_options& options = {});

/// A file of one matrix, or a .npy of (layers, n, d), which holds several: "layers.npy[2]" is the third.
class layer_file {
 public:
  /// Reads the file. Throws file_error.
  explicit layer_file(const std::string& path);

  /// How many there are, 1 or more.
  std::size_t layers() const;
  /// One of them, counted from 0. Throws file_error.
  matrix_file open(std::size_t layer, const input_options& options) const;

 private:
  std::string path_;
  std::shared_ptr<const file_bytes> file_;
  std::optional<npy_array> array_;  // none for text
};

/// The matrix of some rows, in that order.
matrix_file select_rows(const matrix_file& file, const std::vector<Eigen::Index>& rows);

/// Reads UTF-8 text with one label a line, empty ones included. Throws file_error.
std::vector<std::string> read_labels(const std::string& path);

}  // namespace program

#endif
