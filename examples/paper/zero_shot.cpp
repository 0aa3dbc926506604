// SPDX-License-Identifier: MIT
#include "zero_shot.hpp"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <nngs/build_graph.hpp>
#include <nngs/executor.hpp>
#include <stdexcept>
#include <system_error>
#include <variant>

#include "../nngs/file_error.hpp"
#include "../nngs/matrix_file.hpp"
#include "../nngs/printable.hpp"

namespace paper {
namespace {

Eigen::Index index_of(std::size_t place) { return static_cast<Eigen::Index>(place); }

void check_fit(const embeddings& images, const std::vector<Eigen::Index>& labels,
               const std::vector<prompt_set>& templates) {
  if (index_of(labels.size()) != images.rows())
    throw std::invalid_argument(std::to_string(labels.size()) + " labels for " +
                                std::to_string(images.rows()) + " images: one each is needed");
  if (templates.empty()) throw std::invalid_argument("no prompts: at least one template is needed");
  const auto shape = [](const embeddings& matrix) {
    return std::to_string(matrix.rows()) + " x " + std::to_string(matrix.cols());
  };
  const embeddings& first = templates.front().values;
  for (const prompt_set& one : templates) {
    if (one.values.cols() != images.cols())
      throw std::invalid_argument("the prompts of " + program::in_quotes(one.name) + " are " +
                                  shape(one.values) + ", the images " + shape(images) +
                                  ": both must come from one model, with as many columns");
    if (one.values.rows() != first.rows())
      throw std::invalid_argument("the prompts of " + program::in_quotes(one.name) + " are " +
                                  shape(one.values) + ", those of " +
                                  program::in_quotes(templates.front().name) + " " + shape(first) +
                                  ": every template needs a row for each class");
  }
  for (std::size_t i = 0; i < labels.size(); ++i)
    if (labels[i] < 0 || labels[i] >= first.rows())
      throw std::invalid_argument("image " + std::to_string(i) + " (counted from 0) is of class " +
                                  std::to_string(labels[i]) + ", but there are prompts for " +
                                  std::to_string(first.rows()) + " classes");
}

nngs::row_major<double> class_means(const embeddings& images, const std::vector<Eigen::Index>& labels,
                                    Eigen::Index classes) {
  nngs::row_major<double> means = nngs::row_major<double>::Zero(classes, images.cols());
  Eigen::VectorXd counts = Eigen::VectorXd::Zero(classes);
  for (Eigen::Index image = 0; image < images.rows(); ++image) {
    const Eigen::Index label = labels[static_cast<std::size_t>(image)];
    means.row(label) += images.row(image).cast<double>();
    counts[label] += 1;
  }
  for (Eigen::Index label = 0; label < classes; ++label) {
    if (counts[label] == 0)
      throw std::invalid_argument("class " + std::to_string(label) +
                                  " (counted from 0) has no image: leave its prompts out");
    means.row(label) /= counts[label];
  }
  return means;
}

double share_of_hits(const std::vector<Eigen::Index>& answers, const std::vector<Eigen::Index>& labels) {
  std::size_t hits = 0;
  for (std::size_t i = 0; i < labels.size(); ++i) hits += answers[i] == labels[i] ? 1 : 0;
  return static_cast<double>(hits) / static_cast<double>(labels.size());
}

}  // namespace

std::vector<Eigen::Index> nearest_prompts(const embeddings& images, const embeddings& prompts) {
  // The length of an image is the same for all prompts: only theirs must go.
  const embeddings directions = prompts.rowwise().normalized();
  std::vector<Eigen::Index> nearest(static_cast<std::size_t>(images.rows()));
  constexpr Eigen::Index block = 512;
  nngs::threads{}((images.rows() + block - 1) / block, [&](Eigen::Index number) {
    const Eigen::Index first = number * block, count = std::min(block, images.rows() - first);
    const embeddings cosines = images.middleRows(first, count) * directions.transpose();
    for (Eigen::Index row = 0; row < count; ++row)
      cosines.row(row).maxCoeff(&nearest[static_cast<std::size_t>(first + row)]);
  });
  return nearest;
}

double paper_bandwidth(const nngs::row_major<double>& points) {
  std::vector<double> squares;
  for (Eigen::Index i = 0; i < points.rows(); ++i)
    for (Eigen::Index j = 0; j < i; ++j) squares.push_back((points.row(i) - points.row(j)).squaredNorm());
  const auto middle = squares.begin() + static_cast<std::ptrdiff_t>(squares.size() / 2);
  std::nth_element(squares.begin(), middle, squares.end());
  const double upper = *middle;
  const double lower = squares.size() % 2 == 1 ? upper : *std::max_element(squares.begin(), middle);
  return 0.8 * (lower + upper) / 2;
}

zero_shot_study zero_shot_of(const embeddings& images, const std::vector<Eigen::Index>& labels,
                             const std::vector<prompt_set>& templates, Eigen::Index k,
                             program::progress_line* progress) {
  check_fit(images, labels, templates);
  const Eigen::Index classes = templates.front().values.rows();
  const nngs::row_major<double> means = class_means(images, labels, classes);
  const nngs::neighbor_graph graph = nngs::build_graph(means, k);
  const double bandwidth = paper_bandwidth(means);

  zero_shot_study study{images.rows(), classes, k, {}};
  if (progress != nullptr) progress->start("templates");
  for (const prompt_set& one : templates) {
    const nngs::row_major<double> prompts = one.values.cast<double>();
    study.templates.push_back({.name = one.name,
                               .accuracy = share_of_hits(nearest_prompts(images, one.values), labels),
                               .score = nngs::judge(graph, nngs::build_graph(prompts, k), k),
                               .linear = nngs::cka(means, prompts, nngs::linear{}),
                               .rbf = nngs::cka(means, prompts, nngs::rbf{.bandwidth = bandwidth},
                                                nngs::rbf{.bandwidth = paper_bandwidth(prompts)})});
    if (progress != nullptr)
      progress->show(static_cast<double>(study.templates.size()) / static_cast<double>(templates.size()));
  }
  return study;
}

embeddings read_embeddings(const std::string& path) {
  return std::visit([](const auto& values) { return embeddings(values.template cast<float>()); },
                    program::open_matrix(path).values);
}

std::vector<Eigen::Index> read_class_labels(const std::string& path) {
  std::vector<Eigen::Index> labels;
  for (const std::string& line : program::read_labels(path)) {
    Eigen::Index label = -1;
    const auto [stop, error] = std::from_chars(line.data(), line.data() + line.size(), label);
    if (error != std::errc{} || stop != line.data() + line.size() || label < 0)
      throw program::file_error(path, "line " + std::to_string(labels.size() + 1) + ": " +
                                          program::in_quotes(line) + " is no class number: 0 is the first");
    labels.push_back(label);
  }
  return labels;
}

}  // namespace paper
