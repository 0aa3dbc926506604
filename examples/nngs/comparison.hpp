// SPDX-License-Identifier: MIT
#ifndef NNGS_EXAMPLES_COMPARISON_HPP
#define NNGS_EXAMPLES_COMPARISON_HPP

#include <Eigen/Core>
#include <optional>
#include <string>
#include <vector>

#include "arguments.hpp"
#include "matrix_file.hpp"

namespace program {

/// A neighbour as one space gives it.
struct neighbor {
  std::string label;
  double distance;
};

/// An item whose neighbourhood changed.
struct changed_item {
  Eigen::Index row;
  std::string label;
  double jaccard;
  std::vector<neighbor> x, y;  // nearest first
};

/// Everything that the reports show.
struct comparison {
  std::vector<nngs::score> curve;  // at the chosen k
  bool cka_asked = false;
  std::optional<double> linear_cka;
  std::string cka_complaint;  // why there is none
  Eigen::Index changed_k = 0;
  std::vector<changed_item> changed;  // the least alike first
};

/// Scores two opened files as asked. Throws file_error and usage_error.
comparison compare(const arguments& asked, const matrix_file& x, const matrix_file& y);

Eigen::Index rows(const matrix_file& file);
Eigen::Index columns(const matrix_file& file);

}  // namespace program

#endif
