// SPDX-License-Identifier: MIT
#ifndef NNGS_EXAMPLES_JUDGEMENT_HPP
#define NNGS_EXAMPLES_JUDGEMENT_HPP

#include <Eigen/Core>
#include <nngs/judge.hpp>
#include <nngs/permutation.hpp>
#include <nngs/sample.hpp>
#include <optional>
#include <vector>

#include "progress.hpp"

namespace program {

/// Both spaces, searched.
struct graph_pair {
  nngs::neighbor_graph x, y;
};

/// NNGS at one k with all that says what it is worth.
struct curve_point {
  nngs::score observed;
  nngs::baseline expected;
  double adjusted;
  double overlap_sd = 0, overlap_z = 0;
  double p = 1;
  nngs::estimate sampled{};
};

/// At k = n - 1 all items are neighbours and every score is 1: adjusted and z say nothing there.
inline bool tells_nothing(const curve_point& point) { return point.observed.k == point.expected.n - 1; }

/// The chosen k, ascending, and which fields of their points hold something. The scores always do.
struct judged_curve {
  std::vector<curve_point> points;
  bool chance = false;   // expected, adjusted
  bool z = false;        // overlap_sd, overlap_z
  bool p = false;        // p, p_curve
  bool sampled = false;  // sampled
  double p_curve = 1;
};

judged_curve judge_graphs(const graph_pair& graphs, const std::vector<Eigen::Index>& ks, bool chance,
                          const watched_threads& execute);

/// `every`: the scores of n items at k = 1, 2, ..
judged_curve judge_scores(const std::vector<nngs::score>& every, const std::vector<Eigen::Index>& ks,
                          Eigen::Index n, bool chance);

/// The same from a sample of the rows.
judged_curve judge_sample(const std::vector<nngs::sampled_score>& every, const std::vector<Eigen::Index>& ks,
                          Eigen::Index n, bool chance);

/// Adds p. Within groups, chance and spread become those of the permutations.
void add_permutations(judged_curve& curve, const graph_pair& graphs, const nngs::permutations& options,
                      const watched_threads& execute);

/// A curve in few numbers.
struct curve_summary {
  std::optional<Eigen::Index> greatest_z, greatest_adjusted;  // the k
  std::optional<double> log_area;                             // of the adjusted score over k = 1 .. n - 2
};

curve_summary summarize(const judged_curve& curve);

}  // namespace program

#endif
