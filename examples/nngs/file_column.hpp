// SPDX-License-Identifier: MIT
#ifndef NNGS_EXAMPLES_FILE_COLUMN_HPP
#define NNGS_EXAMPLES_FILE_COLUMN_HPP

#include <cstddef>
#include <optional>
#include <string>

namespace program {

/// A column of a file as people count: from 1, names of items included.
struct file_column {
  std::size_t number;
  std::string title;  // in the header; may be empty
};

/// "column 3 'id'", fit for a message.
std::string to_text(const file_column& column);

/// The index of the column that `--skip` gives by a number from 1 to `count`; empty for what is no number.
/// Throws file_error for a number beyond the columns of that file.
std::optional<std::size_t> column_by_number(const std::string& path, const std::string& wanted,
                                            std::size_t count);

}  // namespace program

#endif
