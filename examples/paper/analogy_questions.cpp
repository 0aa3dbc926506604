// SPDX-License-Identifier: MIT
#include "analogy_questions.hpp"

#include <cstddef>
#include <string_view>
#include <unordered_set>

#include "../nngs/file_bytes.hpp"
#include "../nngs/file_error.hpp"
#include "../nngs/lines.hpp"
#include "../nngs/printable.hpp"
#include "next_word.hpp"

namespace paper {
namespace {

std::vector<std::string> lower_case_words(std::string_view line) {
  std::vector<std::string> words;
  for (std::string_view word; !(word = next_word(line)).empty();)
    for (char& c : words.emplace_back(word))
      if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return words;
}

class questions_reader {
 public:
  explicit questions_reader(const std::string& path) : path_(path), file_(path) {}

  std::vector<word_pairs> read() {
    program::line_reader lines(file_.text());
    for (std::string_view line; lines.next(line);) {
      ++line_number_;
      read_line(line);
    }
    if (categories_.empty()) throw program::file_error(path_, "holds no questions");
    return std::move(categories_);
  }

 private:
  void read_line(std::string_view line) {
    const std::vector<std::string> words = lower_case_words(line);
    if (words.empty()) return;
    if (words.front() == ":") {
      if (words.size() != 2) fail("a heading is a colon and one name", line);
      begin(words[1]);
      return;
    }
    if (words.size() != 4) fail("a question is four words", line);
    if (categories_.empty()) fail("a question before the first heading ': name'", line);
    add(words[0], words[1]);
    add(words[2], words[3]);
  }

  void begin(const std::string& category) {
    categories_.push_back({category, {}, {}});
    first_.clear();
    second_.clear();
  }

  void add(const std::string& first, const std::string& second) {
    if (first_.contains(first) || second_.contains(second)) return;
    first_.insert(first);
    second_.insert(second);
    categories_.back().first.push_back(first);
    categories_.back().second.push_back(second);
  }

  [[noreturn]] void fail(const std::string& what_is_wrong, std::string_view line) const {
    throw program::file_error(path_, "line " + std::to_string(line_number_) + ": " + what_is_wrong +
                                         ", not " + program::in_quotes(line));
  }

  const std::string& path_;
  program::file_bytes file_;
  std::size_t line_number_ = 0;
  std::vector<word_pairs> categories_;
  std::unordered_set<std::string> first_, second_;
};

}  // namespace

std::vector<word_pairs> read_analogy_questions(const std::string& path) {
  return questions_reader(path).read();
}

std::set<std::string> words_of(const std::vector<word_pairs>& questions) {
  std::set<std::string> words;
  for (const word_pairs& pairs : questions) {
    words.insert(pairs.first.begin(), pairs.first.end());
    words.insert(pairs.second.begin(), pairs.second.end());
  }
  return words;
}

}  // namespace paper
