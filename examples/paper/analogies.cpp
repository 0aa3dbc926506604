// SPDX-License-Identifier: MIT
#include "analogies.hpp"

#include <cstddef>
#include <limits>
#include <nngs/build_graph.hpp>
#include <stdexcept>

namespace paper {
namespace {

word_pairs known_pairs(const word_pairs& pairs, const word_vectors& vectors) {
  word_pairs known{pairs.category, {}, {}};
  for (std::size_t i = 0; i < pairs.first.size(); ++i) {
    if (!vectors.has(pairs.first[i]) || !vectors.has(pairs.second[i])) continue;
    known.first.push_back(pairs.first[i]);
    known.second.push_back(pairs.second[i]);
  }
  return known;
}

Eigen::Index place_of_greatest(const Eigen::VectorXd& values) {
  Eigen::Index place = 0;
  values.maxCoeff(&place);
  return place;
}

void count_hits(analogy_category& result, const nngs::row_major<double>& first,
                const nngs::row_major<double>& second) {
  // The length of the question is the same for all answers: only theirs must go.
  const nngs::row_major<double> answers = second.rowwise().normalized();
  for (Eigen::Index i = 0; i < result.n; ++i) {
    const Eigen::RowVectorXd offset = second.row(i) - first.row(i);
    for (Eigen::Index j = i + 1; j < result.n; ++j) {
      ++result.tries;
      const Eigen::VectorXd cosines = answers * (first.row(j) - offset).transpose();
      if (place_of_greatest(cosines) == j) ++result.hits;
      Eigen::VectorXd usual = answers * (first.row(j) + offset).transpose();
      usual[i] = -std::numeric_limits<double>::infinity();
      if (place_of_greatest(usual) == j) ++result.usual_hits;
    }
  }
}

analogy_category score_category(const word_pairs& pairs, Eigen::Index listed, Eigen::Index k,
                                const word_vectors& vectors) {
  const nngs::row_major<double> first = vectors.of(pairs.first), second = vectors.of(pairs.second);
  analogy_category result{.name = pairs.category,
                          .listed = listed,
                          .n = first.rows(),
                          .score = nngs::judge(nngs::build_graph(first, k), nngs::build_graph(second, k), k),
                          .cka = nngs::cka(first, second, nngs::linear{}),
                          .tries = 0,
                          .hits = 0,
                          .usual_hits = 0};
  count_hits(result, first, second);
  return result;
}

}  // namespace

analogy_study analogies_of(const word_vectors& vectors, const std::vector<word_pairs>& questions,
                           double fraction) {
  if (!(fraction > 0 && fraction < 1))
    throw std::invalid_argument("k as a share of " + std::to_string(fraction) +
                                " of n: give a number between 0 and 1");
  analogy_study study{vectors.dimensions(), fraction, {}, {}};
  for (const word_pairs& pairs : questions) {
    const word_pairs known = known_pairs(pairs, vectors);
    const auto k = static_cast<Eigen::Index>(fraction * static_cast<double>(known.first.size()));
    if (k < 1)
      study.too_small.push_back(pairs.category);
    else
      study.categories.push_back(
          score_category(known, static_cast<Eigen::Index>(pairs.first.size()), k, vectors));
  }
  return study;
}

}  // namespace paper
