// SPDX-License-Identifier: MIT
#ifndef NNGS_EXAMPLES_COMPARISON_HPP
#define NNGS_EXAMPLES_COMPARISON_HPP

#include <Eigen/Core>
#include <cstddef>
#include <nngs/corrected.hpp>
#include <string>
#include <vector>

#include "arguments.hpp"
#include "changed_items.hpp"
#include "cka_scores.hpp"
#include "growth_scores.hpp"
#include "item_pairs.hpp"
#include "judgement.hpp"
#include "progress.hpp"
#include "row_labels.hpp"

namespace program {

/// Everything that the reports show.
struct comparison {
  judged_curve curve;  // at the chosen k
  curve_summary summary;
  std::size_t groups = 0;   // 0: rows were permuted freely
  std::string z_complaint;  // why there is no z
  std::vector<cka_score> cka;
  Eigen::Index changed_k = 0;
  std::vector<changed_item> changed;             // the least alike first
  std::vector<nngs::corrected_score> corrected;  // at the chosen k, where lists were corrected
  growth_scores growth;                          // where it is asked for
  std::vector<std::string> notes;                // of what went wrong beside it, for people
};

/// Judges two graphs at these k, with the permutations that are asked for.
void score_graphs(comparison& result, const arguments& asked, const graph_pair& graphs,
                  const std::vector<Eigen::Index>& ks, const group_numbers& groups, progress_line& line,
                  const watched_threads& execute);

/// Scores two files as asked. Throws file_error and usage_error.
comparison compare(const arguments& asked, const item_pairs& pairs);

}  // namespace program

#endif
