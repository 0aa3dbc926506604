// SPDX-License-Identifier: MIT
#ifndef NNGS_EXAMPLES_LINES_HPP
#define NNGS_EXAMPLES_LINES_HPP

#include <cstddef>
#include <string_view>

namespace program {

/// The lines of a UTF-8 text one after the other, without their ends and without a byte-order mark before the
/// first. A line ends with "\n", with "\r\n", or with "\r\r\n" as programs write that translate line ends
/// twice; where there is no "\n" at all, with "\r". An end of line at the end of the text begins no further
/// line.
class line_reader {
 public:
  explicit line_reader(std::string_view text) : rest_(text) {
    constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
    if (rest_.starts_with(byte_order_mark)) rest_.remove_prefix(byte_order_mark.size());
    if (rest_.find('\n') == std::string_view::npos) end_of_line_ = '\r';
  }

  /// False, and the line left as it was, after the last one.
  bool next(std::string_view& line) {
    if (rest_.empty()) return false;
    const std::size_t end = rest_.find(end_of_line_);
    line = rest_.substr(0, end);
    rest_.remove_prefix(end == std::string_view::npos ? rest_.size() : end + 1);
    while (line.ends_with('\r')) line.remove_suffix(1);
    return true;
  }

 private:
  std::string_view rest_;
  char end_of_line_ = '\n';
};

}  // namespace program

#endif
