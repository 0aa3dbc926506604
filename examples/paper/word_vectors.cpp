// SPDX-License-Identifier: MIT
#include "word_vectors.hpp"

#include <cmath>
#include <cstddef>
#include <optional>
#include <stdexcept>
#include <string_view>
#include <system_error>
#include <utility>
#include <variant>

#include "../nngs/file_bytes.hpp"
#include "../nngs/file_error.hpp"
#include "../nngs/lines.hpp"
#include "../nngs/matrix_file.hpp"
#include "../nngs/number.hpp"
#include "../nngs/printable.hpp"
#include "next_word.hpp"

namespace paper {
namespace {

class glove_reader {
 public:
  glove_reader(const std::string& path, const std::set<std::string>& wanted) : path_(path), wanted_(wanted) {}

  word_vectors read() {
    const program::file_bytes file(path_);
    program::line_reader lines(file.text());
    for (std::string_view line; words_.size() < wanted_.size() && lines.next(line);) {
      ++line_number_;
      std::string word(next_word(line));
      if (!wanted_.contains(word) || taken_.contains(word)) continue;
      read_numbers(word, line);
      taken_.insert(word);
      words_.push_back(std::move(word));
    }
    if (words_.empty())
      throw program::file_error(path_, "none of its " + std::to_string(line_number_) +
                                           " lines begins with one of the " + std::to_string(wanted_.size()) +
                                           " words asked for");
    const auto columns = static_cast<Eigen::Index>(*dimensions_);
    return {words_, Eigen::Map<const nngs::row_major<double>>(
                        values_.data(), static_cast<Eigen::Index>(words_.size()), columns)};
  }

 private:
  void read_numbers(const std::string& word, std::string_view line) {
    std::size_t count = 0;
    for (std::string_view field; !(field = next_word(line)).empty(); ++count) {
      double value = 0;
      const auto [stop, error] = program::read_number(field.data(), field.data() + field.size(), value);
      if (error != std::errc{} || stop != field.data() + field.size() || !std::isfinite(value))
        fail(program::in_quotes(field) + " in the vector of " + program::in_quotes(word) +
             " is not a finite number");
      values_.push_back(value);
    }
    if (count == 0) fail("no numbers after " + program::in_quotes(word));
    if (dimensions_.value_or(count) != count)
      fail(std::to_string(count) + " numbers for " + program::in_quotes(word) +
           ", but the words before have " + std::to_string(*dimensions_));
    dimensions_ = count;
  }

  [[noreturn]] void fail(const std::string& what_is_wrong) const {
    throw program::file_error(path_, "line " + std::to_string(line_number_) + ": " + what_is_wrong);
  }

  const std::string& path_;
  const std::set<std::string>& wanted_;
  std::size_t line_number_ = 0;
  std::optional<std::size_t> dimensions_;
  std::vector<double> values_;
  std::vector<std::string> words_;
  std::set<std::string> taken_;
};

}  // namespace

word_vectors::word_vectors(const std::vector<std::string>& words, nngs::row_major<double> values)
    : values_(std::move(values)) {
  if (static_cast<Eigen::Index>(words.size()) != values_.rows())
    throw std::invalid_argument(std::to_string(words.size()) + " words for " +
                                std::to_string(values_.rows()) + " vectors");
  for (Eigen::Index row = 0; row < values_.rows(); ++row)
    row_of_.emplace(words[static_cast<std::size_t>(row)], row);
}

nngs::row_major<double> word_vectors::of(const std::vector<std::string>& words) const {
  nngs::row_major<double> rows(static_cast<Eigen::Index>(words.size()), values_.cols());
  for (Eigen::Index row = 0; row < rows.rows(); ++row)
    rows.row(row) = values_.row(row_of_.at(words[static_cast<std::size_t>(row)]));
  return rows;
}

word_vectors read_glove(const std::string& path, const std::set<std::string>& wanted) {
  return glove_reader(path, wanted).read();
}

word_vectors read_vectors_and_words(const std::string& matrix_path, const std::string& words_path) {
  const program::matrix_file matrix = program::open_matrix(matrix_path);
  const std::vector<std::string> words = program::read_labels(words_path);
  return std::visit(
      [&](const auto& values) {
        if (static_cast<Eigen::Index>(words.size()) != values.rows())
          throw program::file_error(words_path, "has " + std::to_string(words.size()) + " words for the " +
                                                    std::to_string(values.rows()) + " vectors of " +
                                                    matrix_path);
        return word_vectors(words, values.template cast<double>());
      },
      matrix.values);
}

}  // namespace paper
