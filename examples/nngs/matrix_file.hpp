// SPDX-License-Identifier: MIT
#ifndef NNGS_EXAMPLES_MATRIX_FILE_HPP
#define NNGS_EXAMPLES_MATRIX_FILE_HPP

#include <Eigen/Core>
#include <memory>
#include <nngs/points.hpp>
#include <string>
#include <variant>
#include <vector>

namespace program {

template <class Scalar>
using matrix_view = Eigen::Map<const nngs::row_major<Scalar>>;

/// A matrix read from a file, one item a row: as the file has it where that is what Eigen needs, converted
/// otherwise. It can be copied and moved but not assigned to, as its views cannot; copies share the storage.
struct matrix_file {
  std::string path;
  std::string element_type;         // as the file has it: "float16", "float32", "float64" or "text"
  std::vector<std::string> labels;  // one a row if the file carries them, else none
  std::variant<matrix_view<float>, matrix_view<double>> values;
  std::shared_ptr<const void> storage;  // what the view looks at
};

/// Reads a .npy file, known by its first bytes, or numbers as text. Throws file_error.
matrix_file open_matrix(const std::string& path);

/// Reads UTF-8 text with one label a line, empty ones included. Throws file_error.
std::vector<std::string> read_labels(const std::string& path);

}  // namespace program

#endif
