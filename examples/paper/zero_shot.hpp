// SPDX-License-Identifier: MIT
#ifndef NNGS_EXAMPLES_PAPER_ZERO_SHOT_HPP
#define NNGS_EXAMPLES_PAPER_ZERO_SHOT_HPP

#include <Eigen/Core>
#include <nngs/cka.hpp>
#include <nngs/judge.hpp>
#include <nngs/points.hpp>
#include <string>
#include <vector>

#include "../nngs/progress.hpp"

namespace paper {

using embeddings = nngs::row_major<float>;

/// The prompts that one template makes, a row for each class.
struct prompt_set {
  std::string name;
  embeddings values;
};

/// How well one template tells the classes of images, and how alike its prompts are to the classes.
struct template_result {
  std::string name;
  double accuracy;           // share of images whose nearest prompt, by cosine, is that of their class
  nngs::tested_score score;  // of class means and prompts, Euclidean
  nngs::cka_result linear;
  nngs::cka_result rbf;  // at the paper's bandwidth
};

struct zero_shot_study {
  Eigen::Index images, classes, k;
  std::vector<template_result> templates;
};

/// The paper's protocol: each class is the mean of its images; prompts classify single images.
/// `labels`: the class of each image, counted from 0 in the order of the prompts' rows.
/// @throws std::invalid_argument where these do not fit together, and for a class without images.
zero_shot_study zero_shot_of(const embeddings& images, const std::vector<Eigen::Index>& labels,
                             const std::vector<prompt_set>& templates, Eigen::Index k = 3,
                             program::progress_line* progress = nullptr);

/// The prompt of the greatest cosine with each image; the first of several.
std::vector<Eigen::Index> nearest_prompts(const embeddings& images, const embeddings& prompts);

/// 0.8 times the median of the squared distances of two or more points, which the paper takes for a
/// bandwidth: not one, as its unit is that of a square, but what its RBF CKA has. It makes the scores depend
/// on the scale of the data.
double paper_bandwidth(const nngs::row_major<double>& points);

/// Reads a matrix of any kind that nngs reads. Throws program::file_error.
embeddings read_embeddings(const std::string& path);

/// Reads class numbers, counted from 0, one a line. Throws program::file_error, which names the line.
std::vector<Eigen::Index> read_class_labels(const std::string& path);

}  // namespace paper

#endif
