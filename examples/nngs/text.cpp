// SPDX-License-Identifier: MIT
#include "text.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <optional>
#include <span>
#include <system_error>
#include <utility>

#include "file_error.hpp"
#include "lines.hpp"
#include "printable.hpp"

namespace program {
namespace {

constexpr char white_space = ' ';  // as a separator: any run of spaces and tabs

using fields = std::vector<std::string_view>;

/// What the first lines tell about all of them.
struct layout {
  char separator;
  bool has_header;
  bool has_labels;
  std::size_t columns;                        // of numbers
  std::optional<std::uint64_t> claimed_rows;  // by the header of word2vec
};

bool is_blank(char c) { return c == ' ' || c == '\t'; }

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

/// Between quotes, two quotes stand for one.
std::string unescaped(std::string_view text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    result += text[i];
    if (text.substr(i).starts_with("\"\"")) ++i;
  }
  return result;
}

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

void split(std::string_view line, char separator, fields& row) {
  row.clear();
  if (separator == white_space) {
    split_at_white_space(line, row);
  } else {
    split_at_separator(line, separator, row);
  }
}

bool parse_number(std::string_view field, double& value) {
  field = without_quotes(field);
  // std::from_chars knows no plus, and must not find a second sign after it.
  if (field.starts_with('+') && !field.starts_with("+-")) field.remove_prefix(1);
  const char* const end = field.data() + field.size();
  const auto [stop, error] = std::from_chars(field.data(), end, value);
  if (error == std::errc::invalid_argument || stop != end) return false;
  // Too small or too large: std::from_chars does not say which, std::strtod gives zero or infinity.
  if (error == std::errc::result_out_of_range) value = std::strtod(std::string(field).c_str(), nullptr);
  return true;
}

bool is_number(std::string_view field) {
  double ignored = 0;
  return parse_number(field, ignored);
}

bool is_label(std::string_view field) { return !without_quotes(field).empty() && !is_number(field); }

char separator_of(const std::string& path, std::string_view first_line) {
  std::string extension = std::filesystem::path(path).extension().string();
  for (char& c : extension) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  if (extension == ".tsv") return '\t';
  if (extension != ".csv") return white_space;
  const auto has = [&](char c) { return first_line.find(c) != std::string_view::npos; };
  return has(';') && !has(',') ? ';' : ',';
}

/// The first line of word2vec and fastText, "n d", before lines of a word and d numbers. With d = 1 it would
/// look like any row of a matrix with two columns, and is taken for one.
std::optional<std::uint64_t> rows_claimed_by(const fields& first, const fields& second) {
  std::uint64_t claimed[2] = {};
  if (first.size() != 2 || second.size() < 3) return std::nullopt;
  for (std::size_t i = 0; i < 2; ++i) {
    const char* const end = first[i].data() + first[i].size();
    const auto [stop, error] = std::from_chars(first[i].data(), end, claimed[i]);
    if (error != std::errc{} || stop != end) return std::nullopt;
  }
  if (claimed[1] != second.size() - 1) return std::nullopt;
  return claimed[0];
}

/// The fields that are numbers in every row but a header, whether or not the rows have labels.
std::span<const std::string_view> certain_numbers(const fields& row) {
  return std::span(row).subspan(row.size() > 1 ? 1 : 0);
}

/// A row of names without a number among them is a header if numbers follow. One number is enough against it:
/// a typing error in the first row of a matrix must not hide that row.
bool names_columns(const fields& first, const fields& second) {
  const auto names = certain_numbers(first);
  const auto numbers = certain_numbers(second);
  return std::none_of(names.begin(), names.end(), is_number) &&
         std::all_of(numbers.begin(), numbers.end(), is_number);
}

bool is_whole(std::string_view field) { return field.find_first_not_of("+-0123456789\"") == field.npos; }

/// What pandas writes above rows: 0, 1, 2, ..., behind a name or an empty field if it names or numbers them.
/// Without the empty field, whole numbers above whole numbers may be an item.
bool counts_columns(const fields& first, const fields& second) {
  const std::size_t labels = is_number(first.front()) ? 0 : 1;
  for (std::size_t i = labels; i < first.size(); ++i) {
    if (without_quotes(first[i]) != std::to_string(i - labels)) return false;
  }
  if (without_quotes(first.front()).empty()) return first.size() > 1;
  const auto numbers = certain_numbers(second);
  return first.size() > 1 + labels && !std::all_of(numbers.begin(), numbers.end(), is_whole);
}

/// Most often, other separators than the file's name tells.
std::string no_numbers(std::string_view line, char separator) {
  if (separator == white_space && line.find(',') != line.npos)
    return "no numbers between spaces: name a file with commas .csv";
  if (separator == ',' && line.find('\t') != line.npos)
    return "no numbers between commas: name a file with tabs .tsv";
  return "no numbers";
}

/// Words like "1984" or "nan" pass for numbers, so the first field of the first row speaks for a label column
/// but not against it; against it, most of the first hundred lines must speak.
bool begin_with_labels(std::span<const fields> rows) {
  const auto begins_with_label = [](const fields& row) { return !row.empty() && is_label(row.front()); };
  const auto labels = std::count_if(rows.begin(), rows.end(), begins_with_label);
  return begins_with_label(rows.front()) || static_cast<std::size_t>(labels) > rows.size() / 2;
}

[[noreturn]] void fail_at_line(const std::string& path, std::size_t line, const std::string& what_is_wrong) {
  throw file_error(path, "line " + std::to_string(line) + ": " + what_is_wrong);
}

layout find_layout(const std::string& path, std::string_view text) {
  line_reader lines(text);
  std::string_view line;
  std::vector<fields> rows;
  std::vector<std::string_view> texts;
  layout result{};
  while (rows.size() < 100 && lines.next(line)) {
    if (rows.empty()) result.separator = separator_of(path, line);
    split(line, result.separator, rows.emplace_back());
    texts.push_back(line);
  }
  if (rows.empty()) throw file_error(path, "holds no rows");

  if (rows.size() > 1 && result.separator == white_space) {
    result.claimed_rows = rows_claimed_by(rows[0], rows[1]);
    result.has_header = result.has_labels = result.claimed_rows.has_value();
  } else if (rows.size() > 1) {
    result.has_header = counts_columns(rows[0], rows[1]) || names_columns(rows[0], rows[1]);
    result.has_labels = result.has_header && without_quotes(rows[0].front()).empty();
  }

  const std::size_t first = result.has_header ? 1 : 0;
  result.has_labels = result.has_labels || begin_with_labels(std::span(rows).subspan(first));
  const std::size_t labels = result.has_labels ? 1 : 0;
  if (rows[first].size() <= labels) fail_at_line(path, first + 1, no_numbers(texts[first], result.separator));
  result.columns = rows[first].size() - labels;
  return result;
}

class table_reader {
 public:
  table_reader(const std::string& path, std::string_view text)
      : path_(path), lines_(text), layout_(find_layout(path, text)) {}

  text_table read() {
    std::string_view line;
    while (lines_.next(line)) {
      ++line_number_;
      if (line_number_ == 1 && layout_.has_header) continue;
      split(line, layout_.separator, row_);
      append_row();
    }
    if (layout_.claimed_rows && *layout_.claimed_rows != table_.rows) fail_at_rows();
    return std::move(table_);
  }

 private:
  void append_row() {
    const std::size_t first = first_number();
    if (layout_.has_labels) table_.labels.push_back(label(first));
    for (std::size_t i = first; i < row_.size(); ++i) {
      double value = 0;
      if (!parse_number(row_[i], value)) fail_at_field(i);
      table_.values.push_back(value);
    }
    ++table_.rows;
  }

  /// Some tokens of GloVe have spaces in them: then the label is all that comes before the numbers. That it
  /// must not end in a number itself tells such a row from one with a number too many.
  std::size_t first_number() const {
    const std::size_t labels = layout_.has_labels ? 1 : 0;
    if (row_.size() == labels + layout_.columns) return labels;
    const bool may_have_spaces = layout_.has_labels && layout_.separator == white_space;
    if (!may_have_spaces || row_.size() <= layout_.columns) fail_at_count();
    const std::size_t first = row_.size() - layout_.columns;
    if (is_number(row_[first - 1])) fail_at_count();
    return first;
  }

  std::string label(std::size_t first_number) const {
    if (layout_.separator == white_space) {
      const std::string_view last = row_[first_number - 1];
      return {row_.front().data(), last.data() + last.size()};
    }
    return is_quoted(row_.front()) ? unescaped(without_quotes(row_.front())) : std::string(row_.front());
  }

  [[noreturn]] void fail_at_field(std::size_t index) const {
    throw file_error(path_, "line " + std::to_string(line_number_) + ", field " + std::to_string(index + 1) +
                                ": " + in_quotes(row_[index]) + " is not a number");
  }

  [[noreturn]] void fail_at_count() const {
    fail_at_line(path_, line_number_,
                 std::to_string(row_.size()) + " fields, but the first row has " +
                     std::to_string(layout_.columns + (layout_.has_labels ? 1 : 0)));
  }

  [[noreturn]] void fail_at_rows() const {
    throw file_error(path_, "the first line claims " + std::to_string(*layout_.claimed_rows) +
                                " rows, the file has " + std::to_string(table_.rows));
  }

  const std::string& path_;
  line_reader lines_;
  layout layout_;
  fields row_;
  std::size_t line_number_ = 0;
  text_table table_{.rows = 0, .columns = layout_.columns, .values = {}, .labels = {}};
};

std::string_view without_blank_lines_at_end(std::string_view text) {
  const std::size_t last = text.find_last_not_of(" \t\r\n");
  return last == std::string_view::npos ? std::string_view{} : text.substr(0, text.find('\n', last));
}

}  // namespace

text_table parse_text(const std::string& path, std::string_view text) {
  return table_reader(path, without_blank_lines_at_end(text)).read();
}

}  // namespace program
