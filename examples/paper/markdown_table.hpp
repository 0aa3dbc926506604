// SPDX-License-Identifier: MIT
#ifndef NNGS_EXAMPLES_PAPER_MARKDOWN_TABLE_HPP
#define NNGS_EXAMPLES_PAPER_MARKDOWN_TABLE_HPP

#include <cstddef>
#include <string>
#include <vector>

namespace paper {

/// A table for the report: the first column names the row, the others stand to the right.
class markdown_table {
 public:
  explicit markdown_table(const std::vector<std::string>& columns) {
    add(columns);
    text_ += "|---|";
    for (std::size_t i = 1; i < columns.size(); ++i) text_ += "---:|";
    text_ += '\n';
  }

  void add(const std::vector<std::string>& row) {
    text_ += '|';
    for (const std::string& cell : row) text_ += ' ' + cell + " |";
    text_ += '\n';
  }

  /// With the empty lines that Markdown needs around it.
  std::string text() const { return '\n' + text_ + '\n'; }

 private:
  std::string text_;
};

}  // namespace paper

#endif
