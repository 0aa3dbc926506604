// SPDX-License-Identifier: MIT
#include "table_fields.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <system_error>

#include "number.hpp"

namespace program {
namespace {

bool is_blank(char c) { return c == ' ' || c == '\t'; }

void split_at_white_space(std::string_view line, fields& row) {
  const auto end = line.end();
  for (auto rest = line.begin();;) {
    const auto first = std::find_if_not(rest, end, is_blank);
    if (first == end) return;
    rest = std::find_if(first, end, is_blank);
    row.emplace_back(first, rest);
  }
}

/// Where the field that begins at `begin` ends. Separators between quotes belong to the field; a quote
/// without its partner right before the next separator is an ordinary character, since some word lists have a
/// word '"'.
std::size_t end_of_field(std::string_view line, std::size_t begin, char separator) {
  const std::size_t end_if_plain = std::min(line.find(separator, begin), line.size());
  const std::size_t first = std::min(line.find_first_not_of(' ', begin), line.size());
  if (first == line.size() || line[first] != '"') return end_if_plain;

  std::size_t quote = line.find('"', first + 1);
  while (quote != std::string_view::npos && line.substr(quote + 1).starts_with('"')) {
    quote = line.find('"', quote + 2);
  }
  if (quote == std::string_view::npos) return end_if_plain;
  const std::size_t end = std::min(line.find_first_not_of(' ', quote + 1), line.size());
  return end == line.size() || line[end] == separator ? end : end_if_plain;
}

void split_at_separator(std::string_view line, char separator, fields& row) {
  for (std::size_t begin = 0;;) {
    const std::size_t end = end_of_field(line, begin, separator);
    row.push_back(trimmed(line.substr(begin, end - begin)));
    if (end == line.size()) return;
    begin = end + 1;
  }
}

bool parse_with_point(std::string_view field, double& value) {
  // read_number knows no plus, and must not find a second sign after it.
  if (field.starts_with('+') && !field.starts_with("+-")) field.remove_prefix(1);
  const char* const end = field.data() + field.size();
  const auto [stop, error] = read_number(field.data(), end, value);
  if (error == std::errc::invalid_argument || stop != end) return false;
  // Too small or too large: it does not say which, std::strtod gives zero or infinity.
  if (error == std::errc::result_out_of_range) value = std::strtod(std::string(field).c_str(), nullptr);
  return true;
}

}  // namespace

void split(std::string_view line, char separator, fields& row) {
  row.clear();
  if (separator == white_space) {
    split_at_white_space(line, row);
  } else {
    split_at_separator(line, separator, row);
  }
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

bool is_quoted(std::string_view field) {
  return field.size() >= 2 && field.starts_with('"') && field.ends_with('"');
}

std::string_view without_quotes(std::string_view field) {
  return is_quoted(field) ? field.substr(1, field.size() - 2) : field;
}

std::string unquoted(std::string_view field) {
  if (!is_quoted(field)) return std::string(field);
  const std::string_view text = without_quotes(field);
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    result += text[i];
    if (text.substr(i).starts_with("\"\"")) ++i;
  }
  return result;
}

bool parse_number(std::string_view field, decimal_mark mark, double& value) {
  field = without_quotes(field);
  if (mark == decimal_mark::point) return parse_with_point(field, value);
  if (field.find('.') != field.npos || field.ends_with(',')) return false;
  std::string with_point(field);
  const std::size_t comma = with_point.find(',');
  if (comma != with_point.npos) with_point[comma] = '.';
  return parse_with_point(with_point, value);
}

bool is_number(std::string_view field, decimal_mark mark) {
  double ignored = 0;
  return parse_number(field, mark, ignored);
}

bool is_missing(std::string_view field) {
  constexpr std::string_view words[] = {"",     "NA",   "N/A",  "#N/A", "<NA>", "NULL",
                                        "null", "None", "none", "?",    "-",    "."};
  return std::find(std::begin(words), std::end(words), without_quotes(field)) != std::end(words);
}

}  // namespace program
