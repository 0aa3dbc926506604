// SPDX-License-Identifier: MIT
#ifndef NNGS_EXAMPLES_OUTPUT_TEXT_HPP
#define NNGS_EXAMPLES_OUTPUT_TEXT_HPP

#include <charconv>
#include <iomanip>
#include <sstream>
#include <string>

namespace program {

/// The fewest digits that give the number back.
inline std::string shortest_digits(double value) {
  char text[32];
  const auto [end, error] = std::to_chars(text, text + sizeof(text), value);
  return {text, end};
}

/// With so many digits behind the point, and no minus before what is 0 then.
inline std::string fixed_digits(double value, int digits) {
  std::ostringstream text;
  text << std::fixed << std::setprecision(digits) << value;
  std::string shown = text.str();
  return shown.starts_with('-') && shown.find_first_not_of("-0.") == shown.npos ? shown.substr(1) : shown;
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
