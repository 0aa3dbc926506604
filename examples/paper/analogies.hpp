// SPDX-License-Identifier: MIT
#ifndef NNGS_EXAMPLES_PAPER_ANALOGIES_HPP
#define NNGS_EXAMPLES_PAPER_ANALOGIES_HPP

#include <Eigen/Core>
#include <nngs/cka.hpp>
#include <nngs/judge.hpp>
#include <string>
#include <vector>

#include "analogy_questions.hpp"
#include "word_vectors.hpp"

namespace paper {

/// One relation: how alike the space of its first words is to that of its second words, and how many
/// analogies the vectors solve.
struct analogy_category {
  std::string name;
  Eigen::Index listed;       // pairs in the questions
  Eigen::Index n;            // of which both words have vectors
  nngs::tested_score score;  // at k = floor(fraction n)
  nngs::cka_result cka;      // linear
  Eigen::Index tries;        // pairs of pairs
  Eigen::Index hits;         // as the paper counts
  Eigen::Index usual_hits;   // as analogies are mostly counted

  double accuracy() const { return static_cast<double>(hits) / static_cast<double>(tries); }
  double usual_accuracy() const { return static_cast<double>(usual_hits) / static_cast<double>(tries); }
};

struct analogy_study {
  Eigen::Index dimensions;
  double fraction;
  std::vector<analogy_category> categories;
  std::vector<std::string> too_small;  // categories whose k would be 0
};

/// Euclidean NNGS at k = floor(fraction n), linear CKA and analogy accuracy of each category. With pairs (a,
/// b) before (c, d) of one category, the paper's accuracy is the share of cases where, among all second words
/// of the category, d has the greatest cosine with a - b + c. The usual question is b - a + c, with b itself
/// no answer.
analogy_study analogies_of(const word_vectors& vectors, const std::vector<word_pairs>& questions,
                           double fraction = 0.2);

}  // namespace paper

#endif
