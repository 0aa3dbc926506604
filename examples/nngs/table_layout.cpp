// SPDX-License-Identifier: MIT
#include "table_layout.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <span>
#include <system_error>
#include <utility>

#include "file_error.hpp"
#include "file_path.hpp"
#include "lines.hpp"
#include "printable.hpp"

namespace program {
namespace {

constexpr std::size_t sampled_lines = 100;

/// Rows of fields, the first of a file.
using rows_view = std::span<const fields>;

std::string at_line(std::size_t line) { return "line " + std::to_string(line); }

std::string lower_case(std::string_view text) {
  std::string result(text);
  for (char& c : result)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return result;
}

/// Reads digits alone.
std::optional<std::uint64_t> whole_number(std::string_view text) {
  std::uint64_t number = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc{} || stop != end) return std::nullopt;
  return number;
}

bool is_whole(double value) { return std::floor(value) == value; }

/// The size that most rows have; of several, the one that comes first. Blank lines do not count.
std::size_t typical_size(rows_view rows) {
  std::size_t typical = 0, most = 0;
  for (const fields& row : rows) {
    if (row.empty() || row.size() == typical) continue;
    const auto same = std::count_if(rows.begin(), rows.end(),
                                    [&](const fields& other) { return other.size() == row.size(); });
    if (static_cast<std::size_t>(same) <= most) continue;
    most = static_cast<std::size_t>(same);
    typical = row.size();
  }
  return typical;
}

/// What one column of the typical rows holds.
struct column_content {
  std::size_t numbers = 0, fractions = 0, missing = 0, words = 0, in_quotes = 0;

  bool mostly_numbers() const { return numbers > 0 && numbers >= words; }
  bool only_numbers() const { return numbers > 0 && words == 0 && missing == 0; }
};

column_content content_of(rows_view rows, std::size_t size, std::size_t column, decimal_mark mark) {
  column_content content;
  for (const fields& row : rows) {
    if (row.size() != size) continue;
    double value = 0;
    if (parse_number(row[column], mark, value)) {
      ++content.numbers;
      if (!is_whole(value)) ++content.fractions;
      if (is_quoted(row[column])) ++content.in_quotes;
    } else if (is_missing(row[column])) {
      ++content.missing;
    } else {
      ++content.words;
    }
  }
  return content;
}

// ---------------------------------------------------------------------------------------------- separators

struct dialect {
  char separator;
  decimal_mark mark;
};

/// From the one that the extension tells to the least likely.
std::string separators_for(const std::string& path) {
  const std::string extension = lower_case(file_name(file_path(path).extension()));
  if (extension == ".csv") return ",;\t| ";
  if (extension == ".tsv" || extension == ".tab") return "\t,;| ";
  return " \t,;|";
}

std::vector<fields> split_all(std::span<const std::string_view> lines, char separator) {
  std::vector<fields> rows(lines.size());
  for (std::size_t i = 0; i < lines.size(); ++i) split(lines[i], separator, rows[i]);
  return rows;
}

/// Two fields or more, half of those behind the first numbers.
bool looks_like_row(const fields& row, char separator) {
  if (row.size() < 2) return false;
  const auto numbers = std::count_if(row.begin() + 1, row.end(), [](std::string_view field) {
    return is_number(field, decimal_mark::point);
  });
  if (2 * static_cast<std::size_t>(numbers) < row.size() - 1 || numbers == 0) return false;
  const std::string_view first = row.front();
  const bool cut_at_blank = separator == white_space && first.size() > 1 &&
                            (first.ends_with(',') || first.ends_with(';'));  // "1, 2" is no "1," and 2
  return !cut_at_blank || !is_number(first.substr(0, first.size() - 1), decimal_mark::point);
}

std::size_t rows_that_agree(std::span<const std::string_view> lines, char separator) {
  const std::vector<fields> rows = split_all(lines, separator);
  const std::size_t size = typical_size(rows);
  return static_cast<std::size_t>(std::count_if(rows.begin(), rows.end(), [&](const fields& row) {
    return row.size() == size && looks_like_row(row, separator);
  }));
}

bool has_decimal_comma(std::string_view field) {
  return field.find(',') != field.npos && is_number(field, decimal_mark::comma);
}

/// All numbers of the row have a decimal comma or are whole.
bool has_decimal_commas(const fields& row) {
  if (row.size() < 2 || std::none_of(row.begin(), row.end(), has_decimal_comma)) return false;
  const bool first_has_point = is_number(row.front(), decimal_mark::point);
  return (!first_has_point || is_number(row.front(), decimal_mark::comma)) &&
         std::all_of(row.begin() + 1, row.end(), [](std::string_view field) {
           return is_number(field, decimal_mark::comma) || is_missing(field);
         });
}

bool mostly_decimal_commas(std::span<const std::string_view> lines, char separator) {
  const std::vector<fields> rows = split_all(lines, separator);
  const auto blank = std::count_if(rows.begin(), rows.end(), [](const fields& row) { return row.empty(); });
  return 2 * std::count_if(rows.begin(), rows.end(), has_decimal_commas) >=
         static_cast<std::ptrdiff_t>(rows.size()) - blank;
}

/// "1,234" may be a thousand or a little more than one.
bool may_have_thousands(std::string_view field) {
  field = without_quotes(field);
  if (field.starts_with('-') || field.starts_with('+')) field.remove_prefix(1);
  const std::size_t comma = field.find(',');
  return comma != field.npos && comma >= 1 && comma <= 3 && field.front() != '0' && field.size() == comma + 4;
}

/// Whether every field with a comma could have it between thousands.
bool commas_are_ambiguous(std::span<const std::string_view> lines, char separator) {
  for (const fields& row : split_all(lines, separator))
    for (const std::string_view field : row)
      if (has_decimal_comma(field) && !may_have_thousands(field)) return false;
  return true;
}

constexpr const char* write_points = "write 0.5, not 0,5, or separate the fields by semicolons or tabs";

dialect find_dialect(const std::string& path, std::span<const std::string_view> lines,
                     const std::string& separators) {
  for (const char separator : {';', '\t'}) {
    if (separators.find(separator) == separators.npos || !mostly_decimal_commas(lines, separator)) continue;
    if (commas_are_ambiguous(lines, separator))
      throw file_error(path,
                       "its numbers have a decimal comma, or thousands with commas between them: write them "
                       "with a decimal point");
    return {separator, decimal_mark::comma};
  }
  if (separators.front() == white_space && mostly_decimal_commas(lines, white_space))
    throw file_error(path, std::string("its numbers have a decimal comma between spaces: ") + write_points);

  dialect best{separators.front(), decimal_mark::point};
  std::size_t most = 0;
  for (const char separator : separators) {
    const std::size_t count = rows_that_agree(lines, separator);
    if (count <= most) continue;
    most = count;
    best.separator = separator;
  }
  return best;
}

// -------------------------------------------------------------------------------------------------- header

/// pandas writes the name of the rows in a line of its own, the last one of a header.
bool names_rows_alone(const fields& line) {
  return line.size() > 1 && !is_missing(line.front()) &&
         std::all_of(line.begin() + 1, line.end(),
                     [](std::string_view field) { return without_quotes(field).empty(); });
}

/// A first line as one judges it against the rows below.
class header_test {
 public:
  header_test(const fields& line, rows_view below, decimal_mark mark)
      : line_(line),
        below_(below),
        mark_(mark),
        size_(typical_size(below)),
        names_row_names_(line.size() + 1 == size_) {
    for (std::size_t i = 0; i < line.size(); ++i) look_at(i);
  }

  /// Whether it is a header; and, where another header stands above it, a second one.
  bool is_header(bool below_header, bool empty_field_above) const {
    if (size_ == 0 || line_.empty()) return false;
    if (numbers_.empty()) return names_above_numbers_;
    if (!all_whole_) return false;
    if (first_is_empty()) return !below_header || empty_field_above;
    return first_names_numbers() || in_quotes_above_plain() || (!below_header && rises());
  }

  /// Whether numbers had to be taken for names of columns.
  bool is_doubtful() const { return !numbers_.empty() && !first_is_empty(); }

  bool first_is_empty() const {
    return !names_row_names_ && line_.size() > 1 && without_quotes(line_.front()).empty();
  }

 private:
  void look_at(std::size_t i) {
    const std::size_t column = i + (names_row_names_ ? 1 : 0);
    const std::string_view field = line_[i];
    const bool certain = column > 0 || size_ == 1;  // a coordinate whether or not the first column is names
    double value = 0;
    if (parse_number(field, mark_, value)) {
      if (!certain) return first_number_.emplace(value), void();
      numbers_.push_back(value);
      all_whole_ = all_whole_ && is_whole(value);
    } else if (certain && !is_missing(field) && column < size_) {
      names_above_numbers_ = names_above_numbers_ || below(column).mostly_numbers();
    }
    all_in_quotes_ = all_in_quotes_ && is_quoted(field);
  }

  column_content below(std::size_t column) const { return content_of(below_, size_, column, mark_); }

  /// "item,0,6,12" above "0,0.1,0.2,0.3" and more of that kind.
  bool first_names_numbers() const {
    if (names_row_names_ || is_number(line_.front(), mark_) || is_missing(line_.front())) return false;
    const column_content first = below(0);
    return first.only_numbers() && first.numbers >= 2;
  }

  bool in_quotes_above_plain() const {
    return all_in_quotes_ && size_ > 1 && below(size_ - 1).mostly_numbers() &&
           below(size_ - 1).in_quotes == 0;
  }

  /// Whole numbers, each larger than the one before, above fractions: 0, 1, 2 or years.
  bool rises() const {
    std::vector<double> all = numbers_;
    if (first_number_ && !names_row_names_) all.insert(all.begin(), *first_number_);
    if (all.size() < 2 || (first_number_ && !is_whole(*first_number_))) return false;
    for (std::size_t i = 1; i < all.size(); ++i)
      if (!(all[i] > all[i - 1])) return false;
    if (all.size() == 2 && all[1] != all[0] + 1) return false;
    if (first_number_ && counts_on(*first_number_)) return false;
    return has_fractions_below() && (!names_row_names_ || below_.size() > 1);
  }

  /// Whether the row below begins with the next number: then both are rows that their first field numbers.
  bool counts_on(double first) const {
    double next = 0;
    const fields& row = below_.front();
    return !row.empty() && parse_number(row.front(), mark_, next) && next == first + 1;
  }

  bool has_fractions_below() const {
    for (std::size_t column = 0; column < size_; ++column)
      if (below(column).fractions > 0) return true;
    return false;
  }

  const fields& line_;
  rows_view below_;
  decimal_mark mark_;
  std::size_t size_;
  bool names_row_names_;  // by being one field shorter
  bool names_above_numbers_ = false, all_whole_ = true, all_in_quotes_ = true;
  std::optional<double> first_number_;
  std::vector<double> numbers_;
};

// --------------------------------------------------------------------------------------------------- names

/// Names of columns that hold names or numbers of rows, not coordinates.
bool is_title_of_names(std::string_view title) {
  std::string name = lower_case(title);
  std::replace_if(
      name.begin(), name.end(), [](char c) { return c == ' ' || c == '.' || c == '-'; }, '_');
  constexpr std::string_view known[] = {
      "id",        "ids",  "index", "idx",  "row",   "rows", "rowid", "row_number", "rowname", "rownames",
      "row_names", "item", "items", "name", "names", "word", "words", "token",      "tokens",  "key",
      "no",        "nr",   "#",     "rn",   "obs",   "uid",  "uuid",  "guid"};
  if (std::find(std::begin(known), std::end(known), name) != std::end(known)) return true;
  for (const std::string_view end : {"_id", "_ids", "_index", "_idx", "_name", "_names"})
    if (name.ends_with(end)) return true;
  const std::size_t size = title.size();
  const bool camel = size > 2 && (title.ends_with("Id") || title.ends_with("ID")) && title[size - 3] >= 'a' &&
                     title[size - 3] <= 'z';
  return camel || name.starts_with("unnamed:");
}

/// Whether a column counts the rows from any start in steps of one. Three rows at least: two may do so by
/// chance.
bool counts_rows(const table_layout& layout, std::string_view text, std::size_t field) {
  line_reader lines(text);
  std::string_view line;
  for (std::size_t i = 0; i < layout.lines_before_rows; ++i) lines.next(line);
  fields row;
  double expected = 0;
  std::size_t count = 0;
  while (lines.next(line)) {
    double value = 0;
    if (!split_row(layout, line, row) || !parse_number(row[field], layout.mark, value)) return false;
    if (count++ > 0 && value != expected) return false;
    expected = value + 1;
  }
  return count >= 3 && std::isfinite(expected);
}

class layout_finder {
 public:
  layout_finder(const std::string& path, std::string_view text, const input_options& options)
      : path_(path), text_(text), options_(options) {}

  table_layout operator()() {
    read_sample();
    find_separator();
    if (!find_shape_line()) find_header();
    if (below().empty()) throw file_error(path_, "holds no rows");
    find_fields();
    find_columns();
    return std::move(result_);
  }

 private:
  void read_sample() {
    line_reader lines(text_);
    for (std::string_view line; lines_.size() < sampled_lines && lines.next(line);) lines_.push_back(line);
    if (lines_.empty()) throw file_error(path_, "holds no rows");
  }

  void find_separator() {
    std::string separators = separators_for(path_);
    const std::string_view first = trimmed(without_quotes(trimmed(lines_.front())));
    if (lines_.size() > 1 && first.size() == 5 && lower_case(first.substr(0, 4)) == "sep=") {
      separators = std::string(1, first.back());
      result_.lines_before_rows = 1;
    }
    const auto lines = std::span(lines_).subspan(result_.lines_before_rows);
    const dialect found = find_dialect(path_, lines, separators);
    result_.separator = found.separator;
    result_.mark = found.mark;
    rows_ = split_all(lines_, result_.separator);
  }

  /// The sampled rows that no line before them has taken.
  rows_view below() const { return rows_view(rows_).subspan(result_.lines_before_rows); }

  /// "n d", as word2vec and fastText write. Above rows of two fields, it is a row like them, unless those
  /// begin with words and are n.
  bool find_shape_line() {
    if (result_.separator != white_space || rows_.size() < 2 || rows_.front().size() != 2) return false;
    const auto n = whole_number(rows_.front()[0]), d = whole_number(rows_.front()[1]);
    const rows_view rows = rows_view(rows_).subspan(1);
    const std::size_t size = typical_size(rows);
    if (!n || !d || *d == 0 || size < 2) return false;
    if (size == 2) {
      const column_content first = content_of(rows, 2, 0, decimal_mark::point);
      if (*d != 1 || first.words <= first.numbers || *n != count_lines() - 1) return false;
    }
    // Memory follows the bytes that there are, not what a line claims.
    if (*d > text_.size())
      throw file_error(path_, "line 1 claims rows of " + std::to_string(*d) +
                                  " numbers, which is more than the file has bytes");
    result_.lines_before_rows = 1;
    result_.claimed_rows = n;
    // As many fields as numbers, and numbers all of them: rows without names.
    const bool plain = size == *d && content_of(rows, size, 0, decimal_mark::point).only_numbers();
    result_.fields = static_cast<std::size_t>(*d) + (plain ? 0 : 1);
    return true;
  }

  std::size_t count_lines() const {
    line_reader lines(text_);
    std::size_t count = 0;
    for (std::string_view line; lines.next(line);) ++count;
    return count;
  }

  void find_header() {
    bool found = false, empty_field_above = false;
    while (below().size() > 1) {
      fields& line = rows_[result_.lines_before_rows];
      const rows_view rest = below().subspan(1);
      if (is_comment(line, rest)) {
        note(at_line(result_.lines_before_rows + 1) + " begins with # and is left out");
      } else {
        without_comment_sign(line, rest);
        const header_test test(line, rest, result_.mark);
        const bool above_names = found && (names_rows_alone(line) || names_rows_alone(rest.front()));
        if (!above_names && !test.is_header(found, empty_field_above)) break;
        if (test.is_doubtful()) note_header(line);
        add_titles(line, typical_size(rest));
        found = true;
        empty_field_above = test.first_is_empty();
      }
      ++result_.lines_before_rows;
    }
  }

  /// A remark above the table. A row may begin with the word "#" too.
  bool is_comment(const fields& line, rows_view rest) const {
    return !line.empty() && line.front().starts_with('#') && line.size() != typical_size(rest) &&
           line.size() != typical_size(rest) + 1 && !is_number(line.back(), result_.mark);
  }

  /// numpy.savetxt writes "# x y z".
  static void without_comment_sign(fields& line, rows_view rest) {
    if (line.empty() || !line.front().starts_with('#')) return;
    if (line.front() == "#") {
      if (line.size() == typical_size(rest) + 1) line.erase(line.begin());
    } else if (line.size() == typical_size(rest)) {
      line.front().remove_prefix(1);
    }
  }

  void add_titles(const fields& line, std::size_t size) {
    std::vector<std::string> titles;
    if (line.size() + 1 == size) {
      shorter_header_ = true;
      titles.emplace_back();
    }
    for (const std::string_view field : line) titles.push_back(unquoted(field));
    result_.titles.resize(std::max(result_.titles.size(), titles.size()));
    for (std::size_t i = 0; i < titles.size(); ++i) {
      std::string& title = result_.titles[i];
      if (!title.empty() && !titles[i].empty()) title += ' ';
      title += titles[i];
    }
  }

  void note_header(const fields& line) {
    std::string text = at_line(result_.lines_before_rows + 1) + " is taken as a header, not as an item:";
    for (std::size_t i = 0; i < std::min<std::size_t>(line.size(), 5); ++i) text += ' ' + in_quotes(line[i]);
    note(text + (line.size() > 5 ? " ..." : ""));
  }

  void find_fields() {
    if (result_.claims_shape()) return;
    const std::size_t size = typical_size(below());
    result_.ends_in_separator = size > 1 && result_.separator != white_space && ends_in_nothing(size);
    result_.fields = size - (result_.ends_in_separator ? 1 : 0);
    std::vector<std::string>& titles = result_.titles;
    if (titles.empty()) return;
    if (result_.ends_in_separator && shorter_header_) {  // the header has no separator at its end
      titles.erase(titles.begin());
      shorter_header_ = false;
    }
    while (titles.size() > result_.fields && titles.back().empty()) titles.pop_back();
    if (titles.size() == result_.fields) return;
    note("the header names " + std::to_string(titles.size()) + " columns, the rows have " +
         std::to_string(result_.fields) + ": its names are not used");
    titles.clear();
  }

  bool ends_in_nothing(std::size_t size) const {
    const bool no_title = result_.titles.size() < size || result_.titles.back().empty() || shorter_header_;
    const rows_view rows = below();
    return no_title && std::all_of(rows.begin(), rows.end(), [&](const fields& row) {
             return row.size() != size || row.back().empty();
           });
  }

  void find_columns() {
    const std::vector<std::size_t> left = columns_not_skipped();
    if (left.empty()) throw file_error(path_, "--skip leaves no column");
    std::size_t taken = 0;
    if (has_names(left)) {
      result_.names = left[taken++];
      if (options_.names == names_choice::automatic)
        while (taken + 1 < left.size() && is_further_name(left[taken])) ++taken;
    }
    if (taken == left.size()) fail_without_numbers();
    result_.coordinates.assign(left.begin() + static_cast<std::ptrdiff_t>(taken), left.end());
    for (const std::size_t field : result_.coordinates)
      if (!content(field).mostly_numbers() && content(field).words > 1) result_.words.push_back(field);
    if (result_.names) result_.names_in_quotes = names_are_in_quotes(*result_.names);
  }

  std::vector<std::size_t> columns_not_skipped() {
    std::vector<bool> skip(result_.fields, false);
    for (const std::string& wanted : options_.skip) {
      const std::optional<std::size_t> number = column_by_number(path_, wanted, result_.fields);
      if (number) skip[*number] = true;
      bool found = number.has_value();
      for (std::size_t i = 0; i < result_.titles.size() && !number; ++i)
        if (result_.titles[i] == wanted) skip[i] = found = true;
      if (!found) result_.skip_not_found.push_back(wanted);
    }
    std::vector<std::size_t> left;
    for (std::size_t i = 0; i < skip.size(); ++i)
      if (!skip[i]) left.push_back(i);
    return left;
  }

  bool has_names(const std::vector<std::size_t>& left) {
    const std::size_t first = left.front();
    if (options_.names == names_choice::first) return true;
    if (options_.names == names_choice::none) return false;
    if (begin_with_words(first)) return true;
    if (left.size() < 2) return false;  // the only column is a coordinate
    if (result_.claims_shape()) return first == 0 && result_.fields > claimed_columns();
    if (has_title(first, "")) return true;
    return is_assumed_name(first, "is taken as names, not as a coordinate: --names none makes it one");
  }

  std::size_t claimed_columns() const { return static_cast<std::size_t>(*whole_number(rows_.front()[1])); }

  /// Words like "1984" or "nan" pass for numbers, so the first row's speaks for names but not against them;
  /// against them, most of the first hundred lines must speak.
  bool begin_with_words(std::size_t field) const {
    const auto is_word = [&](const fields& row) {
      return row.size() > field && !is_number(row[field], result_.mark) &&
             !without_quotes(row[field]).empty();
    };
    const rows_view rows = below();
    const auto words = static_cast<std::size_t>(std::count_if(rows.begin(), rows.end(), is_word));
    return (is_word(rows.front()) && rows.front().size() >= result_.fields) || words > rows.size() / 2;
  }

  bool is_further_name(std::size_t field) {
    return is_assumed_name(field, "is left out like names, not a coordinate: --names first makes it one");
  }

  /// A column of numbers that is no coordinate, and a note about it.
  bool is_assumed_name(std::size_t field, const std::string& what) {
    const column_content here = content(field);
    if (!here.mostly_numbers() || here.fractions > 0) return false;
    const bool counts = counts_rows(result_, text_, field);
    if (!counts && (result_.titles.empty() || !is_title_of_names(result_.titles[field]))) return false;
    note(to_text(result_.column(field)) + (counts ? " counts the rows and " : " ") + what);
    return true;
  }

  bool has_title(std::size_t field, std::string_view title) const {
    return !result_.titles.empty() && result_.titles[field] == title;
  }

  bool names_are_in_quotes(std::size_t field) const {
    const rows_view rows = below();
    return std::all_of(rows.begin(), rows.end(), [&](const fields& row) {
      return row.size() != result_.fields || is_quoted(row[field]);
    });
  }

  column_content content(std::size_t field) const {
    const std::size_t size = result_.fields + (result_.ends_in_separator ? 1 : 0);
    return content_of(below(), size, field, result_.mark);
  }

  [[noreturn]] void fail_without_numbers() const {
    if (options_.names == names_choice::first)
      throw file_error(path_, "--names first leaves no column of numbers");
    throw file_error(path_, at_line(result_.lines_before_rows + 1) + ": no numbers" +
                                (result_.fields > 1 ? " but in names" : ""));
  }

  void note(std::string text) { result_.notes.push_back(std::move(text)); }

  const std::string& path_;
  std::string_view text_;
  const input_options& options_;
  std::vector<std::string_view> lines_;
  std::vector<fields> rows_;
  bool shorter_header_ = false;
  table_layout result_;
};

/// A name that is nothing but white space, or nothing: the line begins with it, and all its fields are
/// numbers.
std::string_view blank_name(std::string_view line, std::string_view first_number) {
  const auto size = static_cast<std::size_t>(first_number.data() - line.data());
  return line.substr(0, size == 0 ? 0 : size - 1);
}

}  // namespace

file_column table_layout::column(std::size_t field) const {
  return {field + 1, titles.empty() ? "" : titles[field]};
}

table_layout find_layout(const std::string& path, std::string_view text, const input_options& options) {
  return layout_finder(path, text, options)();
}

bool split_row(const table_layout& layout, std::string_view line, fields& row) {
  split(line, layout.separator, row);
  if (layout.ends_in_separator && row.size() == layout.fields + 1 && row.back().empty()) row.pop_back();
  if (row.size() == layout.fields) return true;
  const bool names_in_front = layout.separator == white_space && layout.names == std::size_t{0};
  if (!names_in_front || layout.fields < 2 || row.size() + 1 < layout.fields) return false;

  const std::size_t numbers = layout.fields - 1;
  const std::size_t first = row.size() - numbers;
  if (first == 0) {
    if (!layout.claims_shape() && !line.starts_with(' ') && !line.starts_with('\t')) return false;
    if (!is_number(row.front(), layout.mark)) return false;
    row.insert(row.begin(), blank_name(line, row.front()));
    return true;
  }
  // Some names have spaces in them. Where the first line does not tell how many numbers there are, that the
  // name does not end in one tells such a row from one with a number too many.
  if (!layout.claims_shape() && is_number(row[first - 1], layout.mark)) return false;
  const std::string_view last = row[first - 1];
  row[first - 1] = {row.front().data(), last.data() + last.size()};
  row.erase(row.begin(), row.begin() + static_cast<std::ptrdiff_t>(first - 1));
  return true;
}

}  // namespace program
