// SPDX-License-Identifier: MIT
#include "../../examples/paper/zero_shot.hpp"

#include <filesystem>
#include <random>
#include <stdexcept>
#include <string>
#include <vector>

#include "../../examples/paper/correlation.hpp"
#include "../../examples/paper/missing_data.hpp"
#include "../../examples/paper/published_zero_shot.hpp"
#include "../../examples/paper/words_and_images.hpp"
#include "../catch.hpp"
#include "../data.hpp"
#include "../program/message_of.hpp"
#include "../program/temporary_file.hpp"

namespace {

using paper::embeddings;
using labels_of_images = std::vector<Eigen::Index>;

constexpr Eigen::Index classes = 100, images_a_class = 10, dimensions = 64;

embeddings random_matrix(Eigen::Index rows, Eigen::Index columns, unsigned seed) {
  std::mt19937 bits(seed);
  embeddings matrix(rows, columns);
  for (float& value : matrix.reshaped<Eigen::RowMajor>())
    value = static_cast<float>(bits() % 20001) / 10000 - 1;
  return matrix;
}

/// As CIFAR-100 has them: images of 100 classes in mixed order. Pairs of images lie opposite each other
/// around their class, so that the class is the mean of all of them and of no fewer, and no other class is
/// nearer.
struct made_images {
  embeddings prototypes = random_matrix(classes, dimensions, 1);
  embeddings values{classes * images_a_class, dimensions};
  labels_of_images labels;

  made_images() {
    const embeddings noise = random_matrix(classes * images_a_class / 2, dimensions, 2) * 0.3f;
    for (Eigen::Index i = 0; i < values.rows(); ++i) {
      const Eigen::Index label = i * 7 % classes;
      const float side = i < values.rows() / 2 ? 1.0f : -1.0f;
      labels.push_back(label);
      values.row(i) = prototypes.row(label) + side * noise.row(i % noise.rows());
    }
  }

  /// The prototypes as prompts, of any length, with those of the first classes moved on by one class.
  paper::prompt_set prompts(Eigen::Index wrong) const {
    embeddings rows = prototypes;
    for (Eigen::Index label = 0; label < wrong; ++label)
      rows.row(label) = prototypes.row((label + 1) % wrong);
    return {std::to_string(wrong) + " wrong", rows};
  }
};

template <class Action>
std::string refusal(const Action& action) {
  try {
    action();
  } catch (const std::invalid_argument& error) {
    return error.what();
  }
  return "(not refused)";
}

}  // namespace

TEST_CASE("zero-shot: accuracy and NNGS are as made", "[paper]") {
  const made_images made;
  std::vector<paper::prompt_set> templates;
  for (const Eigen::Index wrong : {0, 10, 25, 40, 60, 100}) templates.push_back(made.prompts(wrong));
  const paper::zero_shot_study study = paper::zero_shot_of(made.values, made.labels, templates);
  CHECK(study.images == 1000);
  CHECK(study.classes == 100);
  CHECK(study.k == 3);
  REQUIRE(study.templates.size() == 6);

  std::vector<double> accuracy, nngs;
  for (const paper::template_result& one : study.templates) {
    accuracy.push_back(one.accuracy);
    nngs.push_back(one.score.observed.jaccard);
  }
  CHECK(accuracy == std::vector<double>{1, 0.9, 0.75, 0.6, 0.4, 0});
  CHECK(nngs[0] == 1);
  CHECK_THAT(study.templates[0].linear.biased.value, WithinAbs(1, 1e-6));
  CHECK_THAT(study.templates[0].rbf.biased.value, WithinAbs(1, 1e-6));
  for (std::size_t i = 1; i < nngs.size(); ++i) CHECK(nngs[i] < nngs[i - 1]);
  // Nothing is left where all are wrong: chance, within five of its standard deviations.
  CHECK(std::abs(study.templates[5].score.overlap_z) < 5);
  CHECK(paper::pearson(nngs, accuracy).value() > 0.85);
  CHECK(paper::spearman(nngs, accuracy).value() == 1);
}

TEST_CASE("zero-shot: lengths of images and prompts do not matter for accuracy, turning does", "[paper]") {
  const made_images made;
  paper::prompt_set longer = made.prompts(25), turned = made.prompts(0);
  for (Eigen::Index row = 0; row < classes; ++row) longer.values.row(row) *= static_cast<float>(1 + row);
  turned.values = -turned.values;
  embeddings images = made.values;
  for (Eigen::Index row = 0; row < images.rows(); ++row) images.row(row) *= static_cast<float>(1 + row % 5);
  const auto study = paper::zero_shot_of(images, made.labels, {longer, turned});
  CHECK(study.templates[0].accuracy == 0.75);
  CHECK(study.templates[1].accuracy < 0.05);
  // NNGS sees the classes and the prompts each on their own: it cannot tell.
  const auto straight = paper::zero_shot_of(images, made.labels, {made.prompts(0)});
  CHECK(study.templates[1].score.observed.jaccard == straight.templates[0].score.observed.jaccard);
}

TEST_CASE("zero-shot: the nearest prompt, the first of equals", "[paper]") {
  embeddings prompts(3, 2), images(4, 2);
  prompts << 1, 0, 0, 5, 0, 1;
  images << 2, 1, 1, 3, -1, 0, 0, 9;
  CHECK(paper::nearest_prompts(images, prompts) == labels_of_images{0, 1, 1, 1});
}

TEST_CASE("zero-shot: the paper's bandwidth", "[paper]") {
  nngs::row_major<double> three(3, 1), four(4, 1);
  three << 0, 1, 3;    // squares 1, 4, 9
  four << 0, 1, 3, 7;  // squares 1, 4, 9, 16, 36, 49
  CHECK_THAT(paper::paper_bandwidth(three), WithinAbs(0.8 * 4, 1e-15));
  CHECK_THAT(paper::paper_bandwidth(four), WithinAbs(0.8 * 12.5, 1e-15));
}

TEST_CASE("zero-shot: what does not fit together is refused", "[paper]") {
  const embeddings images = random_matrix(6, 4, 1), prompts = random_matrix(5, 4, 2);
  const labels_of_images labels{0, 1, 2, 3, 4, 0};
  const auto said = [&](const labels_of_images& given, const std::vector<paper::prompt_set>& templates) {
    return refusal([&] { paper::zero_shot_of(images, given, templates, 2); });
  };
  CHECK(said(labels, {{"a", prompts}}) == "(not refused)");
  CHECK(said({0, 1}, {{"a", prompts}}) == "2 labels for 6 images: one each is needed");
  CHECK(said(labels, {}) == "no prompts: at least one template is needed");
  CHECK(said({0, 1, 2, 3, 5, 0}, {{"a", prompts}}) ==
        "image 4 (counted from 0) is of class 5, but there are prompts for 5 classes");
  CHECK(said({0, 1, 2, 3, 3, 0}, {{"a", prompts}}) ==
        "class 4 (counted from 0) has no image: leave its prompts out");
  CHECK(said(labels, {{"a", prompts}, {"b", random_matrix(4, 4, 3)}}) ==
        "the prompts of 'b' are 4 x 4, those of 'a' 5 x 4: every template needs a row for each class");
  CHECK(
      said(labels, {{"a", random_matrix(5, 3, 3)}}) ==
      "the prompts of 'a' are 5 x 3, the images 6 x 4: both must come from one model, with as many columns");
}

TEST_CASE("zero-shot: labels are numbers from 0", "[paper]") {
  const temporary_file good("0\n12\r\n3\n"), word("0\ncat\n"), negative("-1\n"), empty_line("0\n\n1\n");
  CHECK(paper::read_class_labels(good.path()) == labels_of_images{0, 12, 3});
  const auto said = [](const temporary_file& file) {
    return message_of([&] { paper::read_class_labels(file.path()); }).substr(file.path().size());
  };
  CHECK(said(word) == ": line 2: 'cat' is no class number: 0 is the first");
  CHECK(said(negative) == ": line 1: '-1' is no class number: 0 is the first");
  CHECK(said(empty_line) == ": line 2: '' is no class number: 0 is the first");
}

TEST_CASE("zero-shot: the section has every template", "[paper]") {
  const made_images made;
  const auto study = paper::zero_shot_of(made.values, made.labels, {made.prompts(0), made.prompts(40)});
  const paper::section section = paper::zero_shot_section(study);
  CHECK(section.text.find("1000 images of 100 classes, 2 sets of prompts, k = 3.") != section.text.npos);
  CHECK(section.text.find("| 40 wrong | 0.6000 |") != section.text.npos);
  REQUIRE(section.figures.size() == 1);
  for (const auto& row : section.figures[0].rows) CHECK(row.size() == section.figures[0].columns.size());
}

TEST_CASE("zero-shot: the published correlations follow from the published figures", "[paper]") {
  for (const paper::published_templates& one : paper::all_published_templates()) {
    INFO(one.data);
    REQUIRE(one.accuracy.size() == 18);
    CHECK_THAT(paper::pearson(one.nngs, one.accuracy).value(), WithinAbs(one.nngs_pearson, 6e-5));
    CHECK_THAT(paper::pearson(one.cka, one.accuracy).value(), WithinAbs(one.cka_pearson, 6e-5));
    CHECK_THAT(paper::spearman(one.cka, one.accuracy).value(), WithinAbs(one.cka_spearman, 6e-5));
    // Two templates have the same NNGS, which differs by rounding where it was published.
    std::vector<double> told_apart = one.nngs;
    if (one.data == "CIFAR-100") told_apart[13] -= 1e-16;
    CHECK_THAT(paper::spearman(told_apart, one.accuracy).value(), WithinAbs(one.nngs_spearman, 6e-5));
  }
}

TEST_CASE("zero-shot: without the data, what to do is said", "[paper]") {
  try {
    paper::zero_shot({.data = "/nowhere"});
    FAIL("no exception");
  } catch (const paper::missing_data& error) {
    CHECK(std::string(error.what()).find("/nowhere/lvis_clip_image.npy") != std::string::npos);
  }
}

TEST_CASE("zero-shot: the report runs on real pairs", "[paper]") {
  if (!data::present({"lvis_clip_image.npy", "lvis_clip_text.npy", "clip_image.npy", "clip_text.npy",
                      "clip_random_image.npy", "clip_random_text.npy"}))
    return;
  for (const auto run : {paper::zero_shot, paper::trained_and_random}) {
    const paper::section section = run({.reduced = true, .data = data::folder()});
    for (const paper::plot_file& plot : section.plots)
      CHECK(section.text.find("(plots/" + plot.name + ".svg)") != section.text.npos);
    CHECK(!section.figures.empty());
    for (const paper::csv_file& figures : section.figures)
      for (const auto& row : figures.rows) CHECK(row.size() == figures.columns.size());
  }
}
