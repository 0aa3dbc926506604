// SPDX-License-Identifier: MIT
#ifndef NNGS_EXAMPLES_SPACE_COMPARISON_HPP
#define NNGS_EXAMPLES_SPACE_COMPARISON_HPP

#include <Eigen/Core>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "judgement.hpp"
#include "matrix_arguments.hpp"

namespace program {

/// A space, as the reports name it.
struct space {
  std::string name;  // of its file, and of its layer
  Eigen::Index dimensions;
  std::string element_type;
  bool has_cka = true;
};

/// The pair whose score lies highest above its permutations.
struct best_pair {
  Eigen::Index row, column, k;
  double p;  // for the best of all pairs and k
};

/// Everything that the reports of many spaces show.
struct space_comparison {
  Eigen::Index n = 0;
  bool square = true;
  std::vector<space> rows, columns;  // the same spaces where square
  std::vector<Eigen::Index> ks;      // ascending
  Eigen::Index shown_k = 0;
  bool z = false, p = false,
       sampled = false;             // which fields of the points hold something; chance always does
  std::vector<curve_point> points;  // row after row, column after column, each at every k
  std::optional<Eigen::MatrixXd> cka;
  std::optional<best_pair> best;
  std::vector<std::string> notes;  // of what went wrong beside it, for people

  const curve_point& at(Eigen::Index row, Eigen::Index column, Eigen::Index k) const;
  /// Whether a pair is one to report: each unordered pair once, and no space with itself.
  bool reported(Eigen::Index row, Eigen::Index column) const { return !square || row < column; }
};

/// Reads, searches and compares the files as asked. Throws file_error and usage_error.
space_comparison compare_spaces(const matrix_arguments& asked);

/// The score of a pair at the k that is shown; empty where it tells nothing: z of a space and itself, all but
/// NNGS and overlap at k = n - 1, CKA of data without variance.
std::optional<double> shown_score(const space_comparison& result, matrix_score score, Eigen::Index row,
                                  Eigen::Index column);

/// CKA of a pair, where it was asked for and is defined.
std::optional<double> cka_of(const space_comparison& result, Eigen::Index row, Eigen::Index column);

}  // namespace program

#endif
