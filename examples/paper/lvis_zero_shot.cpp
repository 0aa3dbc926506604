// SPDX-License-Identifier: MIT
#include <nngs/build_graph.hpp>
#include <nngs/tally.hpp>
#include <optional>
#include <string>
#include <vector>

#include "encoded_pair.hpp"
#include "markdown_table.hpp"
#include "measure.hpp"
#include "numbers.hpp"
#include "scatter.hpp"
#include "words_and_images.hpp"

namespace paper {
namespace {

constexpr const char* about_templates =
    R"(From end to end: the object classes of LVIS, each with one mean embedding of five pictures (from
the public repository mm-ovod) and one prompt, "a NAME" (from Detic), both CLIP ViT-B/32. There is one
template only. In place of others its prompts are made worse in two ways: *cut* to their first
coordinates, the others 0; and mixed with some per cent of the prompt of the *next class* in the list. So
this shows that the program works, and what NNGS cannot see, not how well it predicts. On your own images
and prompts:

    nngs_paper zero-shot-of images.npy --labels labels.txt --prompts one.npy another.npy

)";

constexpr const char* about_classes = R"(
Within either way NNGS falls as the prompts get worse. Between them it does not tell which is better: cut
prompts keep many of their neighbours and lose nearly all accuracy. Neighbours say how the prompts lie
among themselves; accuracy also needs them to lie where the images are. At one n and k the adjusted score
is a straight line in NNGS, with the same correlations.

Class by class, at k = 10: of the classes that share so many neighbours between images and prompts, how
many find their own prompt first?
)";

constexpr const char* conclusion = R"(
A class whose neighbourhoods agree is found more often, but for one class the score says little.
)";

/// Prompts that know less and less, in place of templates: cut to their first coordinates, or mixed with the
/// prompt of the next class.
std::vector<prompt_set> worse_prompts(const embeddings& prompts) {
  std::vector<prompt_set> sets{{"as given", prompts}};
  for (const Eigen::Index kept : {256, 128, 64, 32, 16}) {
    embeddings cut = prompts;
    cut.rightCols(cut.cols() - kept).setZero();
    sets.push_back({"cut to " + std::to_string(kept), cut});
  }
  for (const int percent : {10, 20, 30, 40, 45}) {
    const float share = static_cast<float>(percent) / 100;
    embeddings mixed = (1 - share) * prompts;
    for (Eigen::Index row = 0; row < prompts.rows(); ++row)
      mixed.row(row) += share * prompts.row((row + 1) % prompts.rows());
    sets.push_back({std::to_string(percent) + " % next class", mixed});
  }
  return sets;
}

/// The retrieved share of the classes that share 0, 1, ... of their 10 nearest between images and prompts.
struct share_by_neighbors {
  std::vector<Eigen::Index> classes, retrieved;
  std::optional<double> correlation;  // over classes
};

constexpr Eigen::Index class_k = 10;

share_by_neighbors retrieval_by_neighbors(const encoded_pair& pair) {
  const std::vector<Eigen::Index> nearest = nearest_prompts(pair.images, pair.texts);
  const std::vector<Eigen::Index> shared =
      nngs::shared_neighbors(nngs::build_graph(pair.images, class_k), nngs::build_graph(pair.texts, class_k),
                             class_k, 0, pair.images.rows());
  share_by_neighbors result{
      std::vector<Eigen::Index>(class_k + 1), std::vector<Eigen::Index>(class_k + 1), {}};
  std::vector<double> neighbors, hits;
  for (std::size_t i = 0; i < shared.size(); ++i) {
    const bool hit = nearest[i] == static_cast<Eigen::Index>(i);
    ++result.classes[static_cast<std::size_t>(shared[i])];
    result.retrieved[static_cast<std::size_t>(shared[i])] += hit ? 1 : 0;
    neighbors.push_back(static_cast<double>(shared[i]));
    hits.push_back(hit ? 1 : 0);
  }
  result.correlation = pearson(neighbors, hits);
  return result;
}

void add_class_level(section& result, const share_by_neighbors& found) {
  markdown_table table({"shared of 10", "classes", "retrieved"});
  csv_file figures{"lvis-classes", {"shared", "classes", "retrieved", "share"}, {}};
  std::vector<scatter_point> points;
  for (std::size_t shared = 0; shared < found.classes.size(); ++shared) {
    if (found.classes[shared] == 0) continue;
    const double share =
        static_cast<double>(found.retrieved[shared]) / static_cast<double>(found.classes[shared]);
    table.add({std::to_string(shared), std::to_string(found.classes[shared]), fixed(share, 4)});
    figures.rows.push_back({std::to_string(shared), std::to_string(found.classes[shared]),
                            std::to_string(found.retrieved[shared]), six_digits(share)});
    points.push_back(
        {static_cast<double>(shared), share, std::to_string(found.classes[shared]) + " classes"});
  }
  result.text += table.text() + "Correlation over single classes: " + shown(found.correlation) +
                 ".\n\n![Share of classes retrieved](plots/lvis-classes.svg)\n";
  result.figures.push_back(figures);
  result.plots.push_back(
      {"lvis-classes", scatter_commands(points, "neighbours shared by images and prompts, of 10",
                                        "share of classes retrieved")});
}

}  // namespace

section zero_shot(const settings& chosen) {
  const encoded_pair lvis = read_lvis(chosen);
  section result = zero_shot_section(
      zero_shot_of(lvis.images, own_classes(lvis), worse_prompts(lvis.texts), 3, chosen.progress));
  result.text = about_templates + result.text + about_classes;
  add_class_level(result, retrieval_by_neighbors(lvis));
  result.text += conclusion;
  return result;
}

}  // namespace paper
