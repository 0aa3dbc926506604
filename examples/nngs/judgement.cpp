// SPDX-License-Identifier: MIT
#include "judgement.hpp"

#include <algorithm>
#include <cstddef>

namespace program {
namespace {

std::size_t place(Eigen::Index k) { return static_cast<std::size_t>(k - 1); }

bool ends_early(const judged_curve& curve) { return tells_nothing(curve.points.front()); }

/// Every k below n - 1, where all graphs agree.
bool is_whole(const judged_curve& curve) {
  const curve_point& last = curve.points.back();
  return last.observed.k == static_cast<Eigen::Index>(curve.points.size()) &&
         last.observed.k >= last.expected.n - 2;
}

}  // namespace

judged_curve judge_graphs(const graph_pair& graphs, const std::vector<Eigen::Index>& ks, bool chance,
                          const watched_threads& execute) {
  if (!chance)
    return judge_scores(nngs::similarity_curve(graphs.x, graphs.y, execute), ks, graphs.x.size(), false);
  const std::vector<nngs::tested_score> every = nngs::judge_curve(graphs.x, graphs.y, execute);
  judged_curve curve;
  curve.chance = curve.z = true;
  for (const Eigen::Index k : ks) {
    const nngs::tested_score& one = every[place(k)];
    curve.points.push_back({.observed = one.observed,
                            .expected = one.expected,
                            .adjusted = one.adjusted,
                            .overlap_sd = one.overlap_sd,
                            .overlap_z = one.overlap_z});
  }
  return curve;
}

judged_curve judge_scores(const std::vector<nngs::score>& every, const std::vector<Eigen::Index>& ks,
                          Eigen::Index n, bool chance) {
  judged_curve curve;
  curve.chance = chance;
  for (const Eigen::Index k : ks) {
    const nngs::judged_score one = nngs::judge(every[place(k)], n);
    curve.points.push_back({.observed = one.observed, .expected = one.expected, .adjusted = one.adjusted});
  }
  return curve;
}

judged_curve judge_sample(const std::vector<nngs::sampled_score>& every, const std::vector<Eigen::Index>& ks,
                          Eigen::Index n, bool chance) {
  std::vector<nngs::score> scores;
  scores.reserve(every.size());
  for (const nngs::sampled_score& one : every)
    scores.push_back({one.k, one.jaccard.value, one.overlap.value, one.tied_items, one.tied_in_both});
  judged_curve curve = judge_scores(scores, ks, n, chance);
  curve.sampled = true;
  for (curve_point& point : curve.points) point.sampled = every[place(point.observed.k)].jaccard;
  return curve;
}

void add_permutations(judged_curve& curve, const graph_pair& graphs, const nngs::permutations& options,
                      const watched_threads& execute) {
  const nngs::permutation_result test = nngs::permutation_test(graphs.x, graphs.y, options, execute);
  curve.p = true;
  curve.p_curve = test.jaccard.p;
  for (std::size_t i = 0; i < curve.points.size(); ++i) {
    const nngs::permuted_score &permuted = test.jaccard.scores[i], &overlap = test.overlap.scores[i];
    curve_point& point = curve.points[i];
    point.p = permuted.p;
    if (options.groups.empty()) continue;
    point.expected.jaccard = permuted.expected;
    point.adjusted = nngs::adjusted(point.observed.jaccard, permuted.expected);
    point.expected.overlap = overlap.expected;
    point.overlap_sd = overlap.sd;
    point.overlap_z = overlap.z;
  }
}

curve_summary summarize(const judged_curve& curve) {
  curve_summary summary;
  if (!curve.chance || ends_early(curve)) return summary;
  summary.greatest_adjusted = nngs::peak(curve.points, &curve_point::adjusted);
  if (curve.z) summary.greatest_z = nngs::peak(curve.points, &curve_point::overlap_z);
  if (is_whole(curve)) summary.log_area = nngs::log_area(curve.points, &curve_point::adjusted);
  return summary;
}

}  // namespace program
