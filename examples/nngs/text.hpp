// SPDX-License-Identifier: MIT
#ifndef NNGS_EXAMPLES_TEXT_HPP
#define NNGS_EXAMPLES_TEXT_HPP

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "input_options.hpp"
#include "table_layout.hpp"

namespace program {

struct text_table {
  std::size_t rows;
  std::size_t columns;                      // of numbers
  std::vector<double> values;               // row after row
  std::vector<std::string> labels;          // the names of the rows, or none at all
  std::vector<file_column> coordinates;     // which columns of the file they are
  std::optional<file_column> names;         // the column of the labels
  std::vector<std::string> notes;           // what was assumed, for people
  std::vector<std::string> skip_not_found;  // names of columns to skip that the file does not have
};

/// Reads numbers written as text, one item a line, as table_layout.hpp says: GloVe, word2vec and fastText
/// text, .csv, .tsv, with or without a header and names of the rows. The path tells the most likely separator
/// and serves the messages of file_error, which name the line and the field.
text_table parse_text(const std::string& path, std::string_view text, const input_options& options = {});

}  // namespace program

#endif
