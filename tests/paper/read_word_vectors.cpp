// SPDX-License-Identifier: MIT
#include <set>
#include <string>
#include <vector>

#include "../../examples/paper/analogy_questions.hpp"
#include "../../examples/paper/word_vectors.hpp"
#include "../catch.hpp"
#include "../program/message_of.hpp"
#include "../program/npy_bytes.hpp"
#include "../program/temporary_file.hpp"

namespace {

using words = std::vector<std::string>;
using row = Eigen::RowVector2d;

paper::word_vectors glove(const std::string& bytes, const std::set<std::string>& wanted) {
  const temporary_file file(bytes);
  return paper::read_glove(file.path(), wanted);
}

/// What is said after the path.
template <class Read>
std::string complaint(const std::string& bytes, const Read& read) {
  const temporary_file file(bytes);
  const std::string message = message_of([&] { read(file.path()); });
  return message.starts_with(file.path() + ": ") ? message.substr(file.path().size() + 2) : message;
}

std::string glove_complaint(const std::string& bytes) {
  return complaint(bytes, [](const std::string& path) {
    paper::read_glove(path, {"king", "queen", "knave"});
  });
}

std::string questions_complaint(const std::string& bytes) {
  return complaint(bytes, [](const std::string& path) { paper::read_analogy_questions(path); });
}

}  // namespace

TEST_CASE("word vectors: only the wanted words, in any order", "[paper]") {
  const auto vectors = glove("the 9 x\nqueen 3 -4e-1\nking\t1 2 \r\nof 1 2 3\n", {"king", "queen", "knave"});
  CHECK(vectors.size() == 2);
  CHECK(vectors.dimensions() == 2);
  CHECK(vectors.has("king"));
  CHECK(!vectors.has("the"));
  CHECK(!vectors.has("knave"));
  const nngs::row_major<double> values = vectors.of({"king", "queen", "king"});
  CHECK(values.row(0) == row(1, 2));
  CHECK(values.row(1) == row(3, -0.4));
  CHECK(values.row(2) == row(1, 2));
}

TEST_CASE("word vectors: the first of two lines counts, and word2vec's heading is no word", "[paper]") {
  const auto vectors = glove("3 2\nking 1 2\nking 3 4\nqueen 5 6\n", {"king", "queen"});
  CHECK(vectors.of({"king"}).row(0) == row(1, 2));
  CHECK(vectors.of({"queen"}).row(0) == row(5, 6));
}

TEST_CASE("word vectors: bad lines are named", "[paper]") {
  CHECK(glove_complaint("the 1 2\nking 1 2\nqueen 1 2x\n") ==
        "line 3: '2x' in the vector of 'queen' is not a finite number");
  CHECK(glove_complaint("king 1 nan\n") == "line 1: 'nan' in the vector of 'king' is not a finite number");
  CHECK(glove_complaint("king 1 1e999\n") ==
        "line 1: '1e999' in the vector of 'king' is not a finite number");
  CHECK(glove_complaint("king 1 2\nqueen 1\n") ==
        "line 2: 1 numbers for 'queen', but the words before have 2");
  CHECK(glove_complaint("the 1\nking\n") == "line 2: no numbers after 'king'");
  CHECK(glove_complaint("the 1 2\nof 1 2\n") ==
        "none of its 2 lines begins with one of the 3 words asked for");
  CHECK(message_of([] {
          paper::read_glove("/nowhere/glove.txt", {"king"});
        }).starts_with("/nowhere/glove.txt: "));
}

TEST_CASE("word vectors: a matrix and its words", "[paper]") {
  const temporary_file matrix(npy_header("<f4", false, "(2, 2)") + data_bytes<float>({1, 2, 3, 4})),
      two("king\nqueen\n"), three("a\nb\nc\n");
  const auto vectors = paper::read_vectors_and_words(matrix.path(), two.path());
  CHECK(vectors.of({"queen"}).row(0) == row(3, 4));
  CHECK(message_of([&] { paper::read_vectors_and_words(matrix.path(), three.path()); }) ==
        three.path() + ": has 3 words for the 2 vectors of " + matrix.path());
}

TEST_CASE("analogy questions: the first pair of each word, in lower case", "[paper]") {
  const temporary_file file(
      ": capitals\nOslo Norway Paris France\nOslo Sweden Paris France\nLyon france Rome Italy\n\n"
      ": plural\r\noslo norway cat cats\r\n");
  const auto questions = paper::read_analogy_questions(file.path());
  REQUIRE(questions.size() == 2);
  CHECK(questions[0].category == "capitals");
  CHECK(questions[0].first == words{"oslo", "paris", "rome"});
  CHECK(questions[0].second == words{"norway", "france", "italy"});
  CHECK(questions[1].category == "plural");
  CHECK(questions[1].first == words{"oslo", "cat"});
  CHECK(paper::words_of(questions) ==
        std::set<std::string>{"cat", "cats", "france", "italy", "norway", "oslo", "paris", "rome"});
}

TEST_CASE("analogy questions: bad lines are named", "[paper]") {
  CHECK(questions_complaint(": a\nb c d e\nb c d\n") == "line 3: a question is four words, not 'b c d'");
  CHECK(questions_complaint("b c d e\n: a\n") ==
        "line 1: a question before the first heading ': name', not 'b c d e'");
  CHECK(questions_complaint(": a b\n") == "line 1: a heading is a colon and one name, not ': a b'");
  CHECK(questions_complaint("\n\n") == "holds no questions");
}
