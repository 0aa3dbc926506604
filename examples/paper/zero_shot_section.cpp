// SPDX-License-Identifier: MIT
#include <string>
#include <vector>

#include "markdown_table.hpp"
#include "measure.hpp"
#include "numbers.hpp"
#include "scatter.hpp"
#include "words_and_images.hpp"

namespace paper {
namespace {

std::string template_table(const zero_shot_study& study) {
  markdown_table table(
      {"template", "accuracy", "NNGS", "adjusted", "z", "linear CKA", "debiased", "RBF CKA"});
  for (const template_result& one : study.templates)
    table.add({one.name, fixed(one.accuracy, 4), fixed(one.score.observed.jaccard, 4),
               fixed(one.score.adjusted, 4), fixed(one.score.overlap_z, 1), fixed(one.linear.biased.value, 4),
               fixed(one.linear.debiased.value, 4), fixed(one.rbf.biased.value, 4)});
  return table.text();
}

std::string correlations(const zero_shot_study& study) {
  const auto of = [&](const char* name, const auto& value) {
    return measure{name, values_of(study.templates, value)};
  };
  return correlation_table(
      {of("NNGS", [](const template_result& one) { return one.score.observed.jaccard; }),
       of("linear CKA", [](const template_result& one) { return one.linear.biased.value; }),
       of("debiased CKA", [](const template_result& one) { return one.linear.debiased.value; }),
       of("RBF CKA", [](const template_result& one) { return one.rbf.biased.value; })},
      values_of(study.templates, [](const template_result& one) { return one.accuracy; }));
}

csv_file figures_of(const zero_shot_study& study) {
  csv_file figures{"zero-shot",
                   {"template", "accuracy", "nngs", "chance", "adjusted", "z", "cka_linear",
                    "cka_linear_debiased", "cka_rbf"},
                   {}};
  for (const template_result& one : study.templates)
    figures.rows.push_back({one.name, six_digits(one.accuracy), six_digits(one.score.observed.jaccard),
                            six_digits(one.score.expected.jaccard), six_digits(one.score.adjusted),
                            six_digits(one.score.overlap_z), six_digits(one.linear.biased.value),
                            six_digits(one.linear.debiased.value), six_digits(one.rbf.biased.value)});
  return figures;
}

plot_file plot_of(const zero_shot_study& study) {
  std::vector<scatter_point> points;
  for (const template_result& one : study.templates)
    points.push_back({one.score.observed.jaccard, one.accuracy, one.name});
  return {"zero-shot",
          scatter_commands(points, "NNGS of classes and prompts at k = " + std::to_string(study.k),
                           "zero-shot accuracy")};
}

}  // namespace

section zero_shot_section(const zero_shot_study& study) {
  section result;
  result.text = std::to_string(study.images) + " images of " + std::to_string(study.classes) + " classes, " +
                std::to_string(study.templates.size()) + " sets of prompts, k = " + std::to_string(study.k) +
                ".\n" + template_table(study) + correlations(study) +
                "![NNGS against zero-shot accuracy](plots/zero-shot.svg)\n";
  result.figures.push_back(figures_of(study));
  result.plots.push_back(plot_of(study));
  return result;
}

}  // namespace paper
