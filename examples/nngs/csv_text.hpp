// SPDX-License-Identifier: MIT
#ifndef NNGS_EXAMPLES_CSV_TEXT_HPP
#define NNGS_EXAMPLES_CSV_TEXT_HPP

#include <charconv>
#include <string>

namespace program {

/// The fewest digits that give the number back.
inline std::string shortest_digits(double value) {
  char text[32];
  const auto [end, error] = std::to_chars(text, text + sizeof(text), value);
  return {text, end};
}

/// A field of CSV as it is, or in quotes where it needs them.
inline std::string csv_field(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == text.npos) return text;
  std::string quoted = "\"";
  for (const char c : text) quoted.append(c == '"' ? 2 : 1, c);
  return quoted + '"';
}

}  // namespace program

#endif
