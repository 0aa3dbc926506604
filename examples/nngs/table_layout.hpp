// SPDX-License-Identifier: MIT
// What the lines of a table mean: which are a header, what separates fields, which column names the items.
//
// The rules, in the order in which they are asked:
// 1. Separator: the one that most lines agree on, the one that the extension of the file tells where several
//    do. A first line "sep=;" tells it outright.
// 2. Decimal mark: a comma where, between semicolons or tabs, every number of most lines has one and none a
//    point.
// 3. "n d" in the first line of a table of white space, above longer rows: the last d fields of a row are its
//    numbers, and what stands before them is its name, whatever it looks like.
// 4. Header: names without a number above columns of numbers; or whole numbers as names below an empty first
//    field, behind a name above a column of numbers, in quotes above numbers without, or rising above
//    fractions. Several lines may be a header.
// 5. Names of items: the first column, if the header is one field shorter than the rows or has nothing or a
//    name such as "id" above it, if its fields are words, or if it counts the rows in steps of one. Further
//    columns behind it that have such a name or count are left out. One coordinate always remains.
#ifndef NNGS_EXAMPLES_TABLE_LAYOUT_HPP
#define NNGS_EXAMPLES_TABLE_LAYOUT_HPP

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "file_column.hpp"
#include "input_options.hpp"
#include "table_fields.hpp"

namespace program {

struct table_layout {
  char separator = white_space;
  decimal_mark mark = decimal_mark::point;
  std::size_t lines_before_rows = 0;
  std::vector<std::string> titles;            // one a field; none without a header
  std::size_t fields = 0;                     // in each row
  bool ends_in_separator = false;             // behind the last field, in each row
  std::optional<std::size_t> names;           // the field that names the items
  bool names_in_quotes = false;               // all of them
  std::vector<std::size_t> coordinates;       // the fields that are numbers, in order
  std::vector<std::size_t> words;             // coordinates whose fields mostly are none: an error is to come
  std::optional<std::uint64_t> claimed_rows;  // by the first line
  std::vector<std::string> notes;             // what was assumed, for people
  std::vector<std::string> skip_not_found;    // names of columns to skip that the header does not have

  file_column column(std::size_t field) const;
  bool claims_shape() const { return claimed_rows.has_value(); }
};

/// The layout of the text, which a file of that path holds. Throws file_error where none makes sense.
table_layout find_layout(const std::string& path, std::string_view text, const input_options& options);

/// Splits a line into exactly the fields of a row, the name with its white space as one. False where it has
/// another number of fields: those are then in `row`.
bool split_row(const table_layout& layout, std::string_view line, fields& row);

}  // namespace program

#endif
