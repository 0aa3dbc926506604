// SPDX-License-Identifier: MIT
#ifndef NNGS_EXAMPLES_TEXT_HPP
#define NNGS_EXAMPLES_TEXT_HPP

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace program {

struct text_table {
  std::size_t rows;
  std::size_t columns;              // of numbers
  std::vector<double> values;       // row after row
  std::vector<std::string> labels;  // one a row, or none at all
};

/// Reads numbers written as text, one item a line. The extension in the path tells commas or semicolons
/// (.csv), tabs (.tsv) or white space (all others, as GloVe, word2vec and fastText write); a label may come
/// first in every line. The path also serves the messages of file_error, which name the line and the field.
text_table parse_text(const std::string& path, std::string_view text);

}  // namespace program

#endif
