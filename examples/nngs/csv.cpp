// SPDX-License-Identifier: MIT
#include "csv_text.hpp"
#include "report.hpp"

namespace program {

std::string to_csv(const comparison& result) {
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
