// SPDX-License-Identifier: MIT
// Any bytes as a file of labels: a file_error, or one label a line that together are the file again.
#include <algorithm>

#include "../../examples/nngs/matrix_file.hpp"
#include "../program/temporary_file.hpp"
#include "property.hpp"

namespace {

/// Lines without the byte-order mark, each with one kind of end.
std::string normal(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  std::string result(text);
  if (result.find('\n') == std::string::npos) std::replace(result.begin(), result.end(), '\r', '\n');
  std::string lines;
  for (std::size_t i = 0; i < result.size(); ++i) {
    const std::size_t end = std::min(result.find_first_not_of('\r', i), result.size());
    const bool ends_line = result[i] == '\r' && (end == result.size() || result[end] == '\n');
    if (!ends_line) lines += result[i];
  }
  if (!result.empty() && !result.ends_with('\n')) lines += '\n';
  return lines;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = fuzz::as_text(data, size);
  const temporary_file file(text);
  try {
    std::string joined;
    for (const std::string& label : program::read_labels(file.path())) {
      fuzz::require(label.find('\n') == std::string::npos, "a label is one line");
      joined += label + '\n';
    }
    fuzz::require(joined == normal(text), "the labels are the lines of the file");
  } catch (const program::file_error& error) {
    fuzz::require_printable(error, file.path());
  }
  return 0;
}
