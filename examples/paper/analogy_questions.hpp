// SPDX-License-Identifier: MIT
#ifndef NNGS_EXAMPLES_PAPER_ANALOGY_QUESTIONS_HPP
#define NNGS_EXAMPLES_PAPER_ANALOGY_QUESTIONS_HPP

#include <set>
#include <string>
#include <vector>

namespace paper {

/// The pairs of one relation: first[i] is to second[i] what every other first is to its second.
struct word_pairs {
  std::string category;
  std::vector<std::string> first, second;
};

/// Reads questions "a b c d" under headings ": category", as questions-words.txt has them, into pairs in
/// lower case. As in the paper a pair counts only where neither its first nor its second word has come before
/// in its place: of "oslo norway" and "oslo sweden" the first alone. Throws program::file_error, which names
/// the line.
std::vector<word_pairs> read_analogy_questions(const std::string& path);

/// Every word of the questions, once.
std::set<std::string> words_of(const std::vector<word_pairs>& questions);

}  // namespace paper

#endif
