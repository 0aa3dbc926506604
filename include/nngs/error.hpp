// SPDX-License-Identifier: MIT
#ifndef NNGS_ERROR_HPP
#define NNGS_ERROR_HPP

#include <cstddef>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

#include "nngs/version.hpp"

/// @file
/// The error of the library, with the facts that a program needs to tell its own story.

namespace nngs {
inline namespace NNGS_VERSION_NAMESPACE {

/// Where in the data an error lies, as far as it lies anywhere.
struct data_position {
  std::optional<std::ptrdiff_t> row = {};     ///< counted from 0; of a list of neighbours, the item
  std::optional<std::ptrdiff_t> column = {};  ///< counted from 0; of a list of neighbours, the rank

  friend bool operator==(const data_position&, const data_position&) = default;
};

/// What the library throws for input that it cannot take. `what()` is a sentence for people, with the
/// offending values and the way out, and begins with `x: ` or `y: ` when one of two matrices is to blame. The
/// same facts stand beside it, so that no program has to read the sentence.
class input_error : public std::invalid_argument {
 public:
  /// Of one matrix, or of no matrix at all. May throw std::bad_alloc.
  explicit input_error(const std::string& complaint, data_position position = {})
      : std::invalid_argument(complaint), position_(position), complaint_begin_(0) {}

  /// Of one of several matrices. `matrix` is a string literal, or lives as long.
  input_error(const char* matrix, const std::string& complaint, data_position position = {})
      : std::invalid_argument(std::string(matrix) + ": " + complaint),
        matrix_(matrix),
        position_(position),
        complaint_begin_(matrix_.size() + 2) {}

  /// The matrix to blame, "x" or "y" as the functions name them; empty when there is one only, when both do
  /// not fit together, and when no matrix is to blame.
  std::string_view matrix() const noexcept { return matrix_; }
  /// The row to blame, if it is one, counted from 0.
  std::optional<std::ptrdiff_t> row() const noexcept { return position_.row; }
  /// The column to blame, if it is one, counted from 0.
  std::optional<std::ptrdiff_t> column() const noexcept { return position_.column; }
  /// Row and column together.
  const data_position& position() const noexcept { return position_; }
  /// The sentence without the name of the matrix in front. Valid as long as the error.
  std::string_view complaint() const noexcept { return std::string_view(what()).substr(complaint_begin_); }

 private:
  std::string_view matrix_;
  data_position position_;
  std::size_t complaint_begin_;
};

}  // namespace NNGS_VERSION_NAMESPACE
}  // namespace nngs

#endif
