// SPDX-License-Identifier: MIT
#ifndef NNGS_EXAMPLES_PRINTABLE_HPP
#define NNGS_EXAMPLES_PRINTABLE_HPP

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

namespace program {

/// Text from a file, fit for a terminal of UTF-8: a question mark for whatever it would obey.
inline std::string printable(std::string_view text) {
  std::string shown(text);
  std::replace_if(
      shown.begin(), shown.end(), [](unsigned char c) { return c < 0x20 || c == 0x7F; }, '?');
  // Control characters beyond ASCII, U+0080 to U+009F: some terminals obey them too.
  for (std::size_t at = 0; (at = shown.find('\xC2', at)) != std::string::npos; ++at)
    if (at + 1 < shown.size() && (shown[at + 1] & 0xE0) == 0x80) shown.replace(at, 2, "?");
  return shown;
}

/// Text from a file, fit for an error message: printable, in quotes, at most so many bytes.
inline std::string in_quotes(std::string_view text, std::size_t most = 40) {
  std::size_t end = std::min(text.size(), most);
  // Never cut inside a UTF-8 character, whose bytes after the first are all 10xxxxxx.
  while (end > 0 && end < text.size() && (text[end] & 0xC0) == 0x80) --end;
  return std::string("'").append(printable(text.substr(0, end))).append(end < text.size() ? "...'" : "'");
}

}  // namespace program

#endif
