// SPDX-License-Identifier: MIT
#include <array>
#include <cmath>
#include <optional>
#include <string>
#include <vector>

#include "markdown_table.hpp"
#include "measure.hpp"
#include "numbers.hpp"
#include "scatter.hpp"
#include "words_and_images.hpp"

namespace paper {
namespace {

using category = analogy_category;

/// Correlations over the 14 categories of questions-words.txt that others found.
struct reference {
  Eigen::Index dimensions;
  const char* source;
  const char* measure;
  std::optional<double> pearson;
  double spearman;
};
constexpr std::array<reference, 4> references{{
    {300, "the paper", "NNGS", 0.8634, 0.6659},
    {300, "the paper", "linear CKA", std::nullopt, 0.7407},
    {100, "the paper's code", "NNGS", 0.9035, 0.8462},
    {100, "the paper's code", "linear CKA", 0.8561, 0.8549},
}};
constexpr std::size_t all_categories = 14;

std::vector<measure> measures_of(const analogy_study& study) {
  const auto of = [&](const char* name, const auto& value) {
    return measure{name, values_of(study.categories, value)};
  };
  return {of("NNGS", [](const category& one) { return one.score.observed.jaccard; }),
          of("adjusted NNGS", [](const category& one) { return one.score.adjusted; }),
          of("z of the overlap", [](const category& one) { return one.score.overlap_z; }),
          of("linear CKA", [](const category& one) { return one.cka.biased.value; }),
          of("debiased CKA", [](const category& one) { return one.cka.debiased.value; })};
}

std::vector<double> accuracies(const analogy_study& study) {
  return values_of(study.categories, [](const category& one) { return one.accuracy(); });
}

std::vector<double> usual_accuracies(const analogy_study& study) {
  return values_of(study.categories, [](const category& one) { return one.usual_accuracy(); });
}

std::string category_table(const analogy_study& study) {
  markdown_table table({"category", "n", "k", "accuracy", "usual accuracy", "NNGS", "chance", "adjusted", "z",
                        "linear CKA", "its chance", "debiased"});
  for (const category& one : study.categories)
    table.add({one.name, std::to_string(one.n), std::to_string(one.score.observed.k),
               fixed(one.accuracy(), 4), fixed(one.usual_accuracy(), 4), fixed(one.score.observed.jaccard, 4),
               fixed(one.score.expected.jaccard, 4), fixed(one.score.adjusted, 4),
               fixed(one.score.overlap_z, 1), fixed(one.cka.biased.value, 4), fixed(one.cka.chance, 4),
               fixed(one.cka.debiased.value, 4)});
  return table.text();
}

bool near(double ours, double theirs) { return std::abs(ours - theirs) < 5.1e-5; }

/// Whether our number is the other's, and if not why.
std::string judgement(const reference& other, const analogy_study& study, double ours, double theirs) {
  if (study.categories.size() != all_categories) return "differs, because categories are missing";
  if (other.dimensions != study.dimensions)
    return "differs, because the vectors are: " + std::to_string(study.dimensions) + " dimensions, not " +
           std::to_string(other.dimensions);
  return near(ours, theirs) ? "agrees" : "differs";
}

std::string published_table(const analogy_study& study) {
  const std::vector<double> accuracy = accuracies(study);
  markdown_table table({"correlation with accuracy", "found by", "theirs", "ours", ""});
  const auto add = [&](const reference& other, const char* statistic, double theirs,
                       const std::optional<double>& ours) {
    table.add({std::string(other.measure) + ", " + statistic,
               std::string(other.source) + ", " + std::to_string(other.dimensions) + "d", fixed(theirs, 4),
               shown(ours), ours ? judgement(other, study, *ours, theirs) : "not defined"});
  };
  for (const reference& other : references)
    for (const measure& one : measures_of(study)) {
      if (one.name != other.measure) continue;
      if (other.pearson) add(other, "Pearson", *other.pearson, pearson(one.values, accuracy));
      add(other, "Spearman", other.spearman, spearman(one.values, accuracy));
    }
  return table.text();
}

csv_file figures_of(const analogy_study& study) {
  csv_file figures{"analogies",
                   {"category", "listed", "n", "k", "tries", "hits", "accuracy", "usual_hits",
                    "usual_accuracy", "nngs", "chance", "adjusted", "z", "cka", "cka_chance", "cka_debiased"},
                   {}};
  for (const category& one : study.categories)
    figures.rows.push_back(
        {one.name, std::to_string(one.listed), std::to_string(one.n), std::to_string(one.score.observed.k),
         std::to_string(one.tries), std::to_string(one.hits), six_digits(one.accuracy()),
         std::to_string(one.usual_hits), six_digits(one.usual_accuracy()),
         six_digits(one.score.observed.jaccard), six_digits(one.score.expected.jaccard),
         six_digits(one.score.adjusted), six_digits(one.score.overlap_z), six_digits(one.cka.biased.value),
         six_digits(one.cka.chance), six_digits(one.cka.debiased.value)});
  return figures;
}

plot_file plot_of(const analogy_study& study) {
  std::vector<scatter_point> points;
  for (const category& one : study.categories)
    points.push_back({one.score.observed.jaccard, one.accuracy(), one.name});
  return {"analogies",
          scatter_commands(points, "NNGS at k = " + fixed(study.fraction, 1) + " n", "analogy accuracy")};
}

std::string left_out(const analogy_study& study) {
  if (study.too_small.empty()) return "";
  std::string text = "Left out, for their k would be 0:";
  for (const std::string& name : study.too_small) text += ' ' + name;
  return text + ".\n\n";
}

}  // namespace

section analogy_section(const analogy_study& study) {
  section result;
  result.text = category_table(study) + left_out(study);
  if (study.categories.empty()) return result;
  result.text +=
      correlation_table(measures_of(study), accuracies(study)) + "The same with the usual accuracy:\n" +
      correlation_table(measures_of(study), usual_accuracies(study)) + "Beside the numbers of others:\n" +
      published_table(study) + "![NNGS against analogy accuracy](plots/analogies.svg)\n";
  result.figures.push_back(figures_of(study));
  result.plots.push_back(plot_of(study));
  return result;
}

}  // namespace paper
