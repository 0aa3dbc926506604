// SPDX-License-Identifier: MIT
#include <optional>

#include "csv_text.hpp"
#include "space_report.hpp"

namespace program {

std::string spaces_to_csv(const space_comparison& result) {
  std::string text = "x,y,k,jaccard,overlap,chance,adjusted,z,tied_items";
  if (result.p) text += ",p";
  if (result.cka) text += ",cka";
  if (result.sampled) text += ",standard_error,lower,upper";
  text += '\n';
  const auto cell = [&](std::optional<double> value) {
    text += ',' + (value ? shortest_digits(*value) : std::string());
  };
  const auto if_any = [](bool known, double value) { return known ? std::optional(value) : std::nullopt; };
  for (std::size_t x = 0; x < result.rows.size(); ++x)
    for (std::size_t y = 0; y < result.columns.size(); ++y)
      for (const Eigen::Index k : result.ks) {
        const auto row = static_cast<Eigen::Index>(x), column = static_cast<Eigen::Index>(y);
        if (!result.reported(row, column)) continue;
        const curve_point& point = result.at(row, column, k);
        text += csv_field(result.rows[x].name) + ',' + csv_field(result.columns[y].name) + ',' +
                std::to_string(k);
        cell(point.observed.jaccard);
        cell(point.observed.overlap);
        cell(point.expected.jaccard);
        cell(if_any(!tells_nothing(point), point.adjusted));
        cell(if_any(result.z && !tells_nothing(point), point.overlap_z));
        text += ',' + std::to_string(point.observed.tied_items);
        if (result.p) cell(point.p);
        if (result.cka) cell(cka_of(result, row, column));
        if (result.sampled)
          for (const double value : {point.sampled.standard_error, point.sampled.lower, point.sampled.upper})
            cell(value);
        text += '\n';
      }
  return text;
}

}  // namespace program
