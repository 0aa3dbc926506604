// SPDX-License-Identifier: MIT
#include "../../examples/paper/analogies.hpp"

#include <cmath>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>
#include <vector>

#include "../../examples/paper/correlation.hpp"
#include "../../examples/paper/measure.hpp"
#include "../../examples/paper/missing_data.hpp"
#include "../../examples/paper/words_and_images.hpp"
#include "../catch.hpp"
#include "../golden.hpp"
#include "../program/temporary_file.hpp"

namespace {

using nlohmann::json;

// On a line: a_i = (p_i, 0) with p = 0, 1, 3, 7, 15, b_i = (p_i, 1), and c_i = (q_i, 1) with q = 0, 10, 1,
// 11, 3.
constexpr const char* vectors_text =
    "a0 0 0\na1 1 0\na2 3 0\na3 7 0\na4 15 0\n"
    "b0 0 1\nb1 1 1\nb2 3 1\nb3 7 1\nb4 15 1\n"
    "c0 0 1\nc1 10 1\nc2 1 1\nc3 11 1\nc4 3 1\n";
constexpr const char* questions_text =
    ": same\nA0 b0 a1 b1\na2 b2 a3 b3\na4 b4 unknown b9\n"
    ": other\na0 c0 a1 c1\na2 c2 a3 c3\na4 c4 a0 c0\n"
    ": four\na0 b0 a1 b1\na2 b2 a3 b3\n";

paper::analogy_study study_by_hand() {
  const temporary_file vectors(vectors_text), questions(questions_text);
  const auto pairs = paper::read_analogy_questions(questions.path());
  return paper::analogies_of(paper::read_glove(vectors.path(), paper::words_of(pairs)), pairs);
}

}  // namespace

TEST_CASE("analogies: by hand", "[paper]") {
  const paper::analogy_study study = study_by_hand();
  CHECK(study.dimensions == 2);
  REQUIRE(study.categories.size() == 2);
  CHECK(study.too_small == std::vector<std::string>{"four"});

  const paper::analogy_category& same = study.categories[0];
  CHECK(same.name == "same");
  CHECK(same.listed == 6);
  CHECK(same.n == 5);
  CHECK(same.score.observed.k == 1);
  CHECK(same.score.observed.jaccard == 1);
  CHECK(same.score.adjusted == 1);
  CHECK_THAT(same.cka.biased.value, WithinAbs(1, 1e-12));
  CHECK(same.tries == 10);
  // b - a + c is d itself. a - b + c = (p, -1) points below all answers (p, 1): the lowest of them, d = b4,
  // is nearest to each, and right for the four questions that ask for it.
  CHECK(same.usual_hits == 10);
  CHECK(same.hits == 4);
  CHECK(same.accuracy() == 0.4);
  CHECK(same.usual_accuracy() == 1);

  // The nearest of a0 .. a4 are 1, 0, 1, 2, 3, those of c0 .. c4 are 2, 3, 0, 1, 2.
  const paper::analogy_category& other = study.categories[1];
  CHECK(other.n == 5);
  CHECK(other.score.observed.jaccard == 0);
  CHECK_THAT(other.score.adjusted, WithinAbs(-1.0 / 3, 1e-14));
}

TEST_CASE("analogies: the given pair is no answer to the usual question", "[paper]") {
  // b0 - a0 + a1 = (3, 3): b0 lies in that very direction, b1 beside it.
  const temporary_file vectors("a0 0 1\nb0 2 2\na1 1 2\nb1 2 1\n"), questions(": one\na0 b0 a1 b1\n");
  const auto pairs = paper::read_analogy_questions(questions.path());
  const auto study =
      paper::analogies_of(paper::read_glove(vectors.path(), paper::words_of(pairs)), pairs, 0.5);
  REQUIRE(study.categories.size() == 1);
  CHECK(study.categories[0].tries == 1);
  CHECK(study.categories[0].usual_hits == 1);
}

TEST_CASE("analogies: the share for k", "[paper]") {
  for (const double share : {0.0, 1.0, -0.5}) {
    CHECK_THROWS_AS(paper::analogies_of(paper::word_vectors({}, nngs::row_major<double>(0, 2)), {}, share),
                    std::invalid_argument);
  }
}

TEST_CASE("analogies: the section names its files and every category", "[paper]") {
  const paper::section section = paper::analogy_section(study_by_hand());
  CHECK(section.text.find("| same | 5 | 1 | 0.4000 | 1.0000 | 1.0000 |") != section.text.npos);
  CHECK(section.text.find("k would be 0: four.") != section.text.npos);
  CHECK(section.text.find("differs, because categories are missing") != section.text.npos);
  REQUIRE(section.figures.size() == 1);
  CHECK(section.figures[0].rows.size() == 2);
  for (const auto& row : section.figures[0].rows) CHECK(row.size() == section.figures[0].columns.size());
  REQUIRE(section.plots.size() == 1);
  CHECK(section.text.find("(plots/" + section.plots[0].name + ".svg)") != section.text.npos);
}

TEST_CASE("analogies: without the data, what to do is said", "[paper]") {
  try {
    paper::analogies({.data = "/nowhere"});
    FAIL("no exception");
  } catch (const paper::missing_data& error) {
    const std::string message = error.what();
    CHECK(message.find("/nowhere/questions-words.txt") != message.npos);
    CHECK(message.find("get_data.py") != message.npos);
  }
}

TEST_CASE("analogies: as the authors' code gives them", "[paper]") {
  const json reference = golden::read("glove_study.json");
  std::vector<std::string> files{"questions-words.txt"};
  for (const json& expected : reference["studies"]) {
    files.push_back(expected["vectors"].get<std::string>() + ".npy");
    files.push_back(expected["words"]);
  }
  if (!data::present(files)) return;
  const std::filesystem::path folder = data::folder();
  const auto questions = paper::read_analogy_questions((folder / "questions-words.txt").string());
  for (const json& expected : reference["studies"]) {
    if (expected["dtype"] != "float64") continue;
    const auto name = expected["vectors"].get<std::string>();
    INFO(name);
    const auto vectors = paper::read_vectors_and_words(
        (folder / (name + ".npy")).string(), (folder / expected["words"].get<std::string>()).string());
    const auto study = paper::analogies_of(vectors, questions, expected["frac"]);
    REQUIRE(study.categories.size() == expected["categories"].size());
    for (std::size_t i = 0; i < study.categories.size(); ++i) {
      const paper::analogy_category& ours = study.categories[i];
      const json& theirs = expected["categories"][i];
      INFO(theirs["category"]);
      CHECK(ours.name == theirs["category"]);
      CHECK(ours.listed == theirs["n_pairs_in_list"]);
      CHECK(ours.n == theirs["n"]);
      CHECK(ours.score.observed.k == theirs["k"]);
      CHECK_THAT(ours.score.observed.jaccard, WithinAbs(theirs["nngs"], 1e-12));
      CHECK_THAT(ours.score.expected.jaccard, WithinAbs(theirs["chance_exact"], 1e-12));
      CHECK_THAT(ours.score.adjusted, WithinAbs(theirs["nngs_normalised_exact"], 1e-12));
      CHECK_THAT(ours.cka.biased.value, WithinAbs(theirs["cka_linear"], 1e-9));
      CHECK(ours.hits == theirs["analogy_hits"]);
      CHECK(ours.tries == theirs["analogy_tries"]);
      CHECK_THAT(ours.accuracy(), WithinAbs(theirs["analogy_accuracy"], 1e-15));
    }
    const auto accuracy = paper::values_of(study.categories, [](const auto& one) { return one.accuracy(); });
    const auto check = [&](const char* measure, const auto& value) {
      INFO(measure);
      const json& correlation = expected["correlation_with_analogy_accuracy"][measure];
      const auto ours = paper::values_of(study.categories, value);
      const auto theirs = paper::values_of(expected["categories"],
                                           [&](const json& one) { return one[measure].get<double>(); });
      CHECK_THAT(paper::pearson(ours, accuracy).value(), WithinAbs(correlation["pearson"], 1e-9));
      CHECK_THAT(paper::spearman(theirs, accuracy).value(), WithinAbs(correlation["spearman"], 1e-9));
      // Equal scores that rounding told apart there share a rank here.
      const auto without_rounding =
          paper::values_of(theirs, [](double one) { return std::round(one * 1e12); });
      CHECK_THAT(paper::spearman(ours, accuracy).value(),
                 WithinAbs(paper::spearman(without_rounding, accuracy).value(), 1e-12));
    };
    check("nngs", [](const auto& one) { return one.score.observed.jaccard; });
    check("nngs_normalised_exact", [](const auto& one) { return one.score.adjusted; });
    check("cka_linear", [](const auto& one) { return one.cka.biased.value; });
  }
}

TEST_CASE("analogies: the report agrees with the authors' code", "[paper]") {
  if (!data::present({"questions-words.txt", "analogy_glove100.npy", "analogy_glove100_words.txt"})) return;
  const std::string text = paper::analogies({.data = data::folder()}).text;
  for (const char* const line :
       {"| NNGS, Pearson | the paper's code, 100d | 0.9035 | 0.9035 | agrees |",
        "| NNGS, Spearman | the paper's code, 100d | 0.8462 | 0.8462 | agrees |",
        "| linear CKA, Pearson | the paper's code, 100d | 0.8561 | 0.8561 | agrees |",
        "| linear CKA, Spearman | the paper's code, 100d | 0.8549 | 0.8549 | agrees |",
        "| NNGS, Pearson | the paper, 300d | 0.8634 | 0.9035 | differs, because"}) {
    INFO(line);
    CHECK(text.find(line) != text.npos);
  }
}
