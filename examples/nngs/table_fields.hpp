// SPDX-License-Identifier: MIT
// A line of a table as its fields, and a field as a number.
#ifndef NNGS_EXAMPLES_TABLE_FIELDS_HPP
#define NNGS_EXAMPLES_TABLE_FIELDS_HPP

#include <string>
#include <string_view>
#include <vector>

namespace program {

constexpr char white_space = ' ';  // as a separator: any run of spaces and tabs

using fields = std::vector<std::string_view>;

/// Splits a line. Between quotes a separator belongs to the field, but not in a line of white space; blanks
/// around a field do not belong to it.
void split(std::string_view line, char separator, fields& row);

std::string_view trimmed(std::string_view text);

bool is_quoted(std::string_view field);
std::string_view without_quotes(std::string_view field);
/// As it was before it was put between quotes, where two quotes stand for one.
std::string unquoted(std::string_view field);

/// What stands between whole numbers and fractions.
enum class decimal_mark { point, comma };

/// False, and no value, for a field that is no number. Quotes around it are allowed, and "nan" and "inf".
bool parse_number(std::string_view field, decimal_mark mark, double& value);
bool is_number(std::string_view field, decimal_mark mark);

/// Whether it stands for a value that is not there: empty, "NA", "null", "?" and their like.
bool is_missing(std::string_view field);

}  // namespace program

#endif
