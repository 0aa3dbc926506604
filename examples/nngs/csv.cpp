// SPDX-License-Identifier: MIT
#include "output_text.hpp"
#include "report.hpp"

namespace program {

static std::string growth_csv(const comparison& result) {
  std::string text =
      "kept,items,k,jaccard,overlap,tied_items,tied_in_both,chance,adjusted,standard_error,lower,upper\n";
  const auto add = [&](const char* kept, const std::vector<nngs::grown_score>& scores) {
    for (const nngs::grown_score& one : scores) {
      const nngs::sampled_score& observed = one.observed;
      const bool tells = result.curve.chance && !tells_nothing(one);
      text += std::string(kept) + ',' + std::to_string(one.items) + ',' + std::to_string(observed.k) + ',' +
              shortest_digits(observed.jaccard.value) + ',' + shortest_digits(observed.overlap.value) + ',' +
              std::to_string(observed.tied_items) + ',' + std::to_string(observed.tied_in_both) + ',' +
              (result.curve.chance ? shortest_digits(one.expected.jaccard) : "") + ',' +
              (tells ? shortest_digits(one.adjusted.value) : "") + ',' +
              shortest_digits(observed.jaccard.standard_error) + ',' +
              shortest_digits(observed.jaccard.lower) + ',' + shortest_digits(observed.jaccard.upper) + '\n';
    }
  };
  add("k", result.growth.at_k);
  add("share", result.growth.at_share);
  return text;
}

std::string to_csv(const comparison& result) {
  if (!result.growth.at_k.empty()) return growth_csv(result);
  const judged_curve& curve = result.curve;
  std::string text =
      "k,jaccard,overlap,tied_items,tied_in_both,chance,chance_sd,adjusted,z,p,standard_error,lower,upper\n";
  const auto cell = [&](bool known, double value) {
    text += ',' + (known ? shortest_digits(value) : std::string());
  };
  for (const curve_point& point : curve.points) {
    text += std::to_string(point.observed.k);
    cell(true, point.observed.jaccard);
    cell(true, point.observed.overlap);
    text += ',' + std::to_string(point.observed.tied_items);
    text += ',' + std::to_string(point.observed.tied_in_both);
    cell(curve.chance, point.expected.jaccard);
    cell(curve.z, point.overlap_sd);
    cell(curve.chance && !tells_nothing(point), point.adjusted);
    cell(curve.z && !tells_nothing(point), point.overlap_z);
    cell(curve.p, point.p);
    cell(curve.sampled, point.sampled.standard_error);
    cell(curve.sampled, point.sampled.lower);
    cell(curve.sampled, point.sampled.upper);
    text += '\n';
  }
  return text;
}

}  // namespace program
