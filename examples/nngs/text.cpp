// SPDX-License-Identifier: MIT
#include "text.hpp"

#include <algorithm>
#include <utility>

#include "file_error.hpp"
#include "lines.hpp"
#include "printable.hpp"

namespace program {
namespace {

class table_reader {
 public:
  table_reader(const std::string& path, std::string_view text, const input_options& options)
      : path_(path), lines_(text), layout_(find_layout(path, text, options)) {}

  text_table read() {
    while (lines_.next(line_)) {
      ++line_number_;
      if (line_number_ <= layout_.lines_before_rows) continue;
      if (!split_row(layout_, line_, row_)) fail_at_count();
      append_row();
    }
    describe();
    return std::move(table_);
  }

 private:
  void append_row() {
    if (layout_.names) table_.labels.push_back(name(row_[*layout_.names]));
    for (const std::size_t field : layout_.coordinates) {
      double value = 0;
      if (!parse_number(row_[field], layout_.mark, value)) fail_at_field(field);
      table_.values.push_back(value);
    }
    ++table_.rows;
  }

  /// Word lists that know no quoting may have the word '"' and others that begin with it.
  std::string name(std::string_view field) const {
    if (layout_.separator == white_space && !layout_.names_in_quotes) return std::string(field);
    return unquoted(field);
  }

  void describe() {
    for (const std::size_t field : layout_.coordinates) table_.coordinates.push_back(layout_.column(field));
    if (layout_.names) table_.names = layout_.column(*layout_.names);
    table_.notes = std::move(layout_.notes);
    table_.skip_not_found = std::move(layout_.skip_not_found);
    if (layout_.claimed_rows && *layout_.claimed_rows != table_.rows)
      table_.notes.push_back("the first line claims " + std::to_string(*layout_.claimed_rows) +
                             " rows, the file has " + std::to_string(table_.rows) + ": these are read");
  }

  [[noreturn]] void fail(const std::string& where, const std::string& what_is_wrong) const {
    throw file_error(path_, "line " + std::to_string(line_number_) + where + ": " + what_is_wrong);
  }

  [[noreturn]] void fail_at_field(std::size_t index) const {
    fail(", field " + std::to_string(index + 1),
         in_quotes(row_[index]) + " is not a number" + advice_on_field(index));
  }

  std::string advice_on_field(std::size_t index) const {
    if (is_missing(row_[index])) return ": a missing value; fill it in, or leave out its row in both files";
    const file_column column = layout_.column(index);
    const bool words = std::find(layout_.words.begin(), layout_.words.end(), index) != layout_.words.end();
    if (layout_.mark == decimal_mark::comma && is_number(row_[index], decimal_mark::point))
      return " where others have a decimal comma";
    if (layout_.mark == decimal_mark::point && is_number(row_[index], decimal_mark::comma))
      return ": write a decimal comma as a point, or separate the fields by semicolons or tabs in every row";
    if (words && layout_.coordinates.size() > 1)
      return ": " + to_text(column) + " holds words, --skip " + std::to_string(column.number) +
             " leaves it out";
    return "";
  }

  [[noreturn]] void fail_at_count() const {
    if (trimmed(line_).empty()) fail("", "is blank, with rows below it");
    const std::string count = std::to_string(row_.size()) + (row_.size() == 1 ? " field" : " fields");
    const bool breaks = layout_.separator != white_space && row_.size() < layout_.fields &&
                        std::count(line_.begin(), line_.end(), '"') % 2 != 0;
    if (breaks)
      fail("",
           count +
               " and a quote that does not end: take the line breaks out of the names. In Python: import "
               "pandas; pandas.read_csv(\"FILE\").replace(\"\\n\", \" \", regex=True).to_csv(\"NEW.csv\", "
               "index=False)");
    if (layout_.claims_shape()) fail("", count + ", but the first line says" + claimed_row());
    fail("", count + ", but most rows have " + std::to_string(layout_.fields));
  }

  std::string claimed_row() const {
    const bool named = layout_.names.has_value();
    return (named ? " a name and " : " ") + std::to_string(layout_.fields - (named ? 1 : 0)) + " numbers";
  }

  const std::string& path_;
  line_reader lines_;
  table_layout layout_;
  std::string_view line_;
  fields row_;
  std::size_t line_number_ = 0;
  text_table table_{.rows = 0,
                    .columns = layout_.coordinates.size(),
                    .values = {},
                    .labels = {},
                    .coordinates = {},
                    .names = {},
                    .notes = {},
                    .skip_not_found = {}};
};

std::string_view without_blank_lines_at_end(std::string_view text) {
  const std::size_t last = text.find_last_not_of(" \t\r\n");
  return last == std::string_view::npos ? std::string_view{}
                                        : text.substr(0, text.find_first_of("\r\n", last));
}

}  // namespace

text_table parse_text(const std::string& path, std::string_view text, const input_options& options) {
  return table_reader(path, without_blank_lines_at_end(text), options).read();
}

}  // namespace program
