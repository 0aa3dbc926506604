// SPDX-License-Identifier: MIT
#include <nlohmann/json.hpp>
#include <optional>

#include "space_report.hpp"

namespace program {
namespace {

using json_value = nlohmann::ordered_json;

json_value or_null(const std::optional<double>& value) { return value ? json_value(*value) : json_value(); }

json_value spaces_json(const std::vector<space>& spaces, const matrix_arguments& asked, Eigen::Index n) {
  json_value list = json_value::array();
  for (const space& one : spaces)
    list.push_back(
        {{"file", one.name}, {"rows", n}, {"cols", one.dimensions}, {"metric", asked.metric.name}});
  return list;
}

json_value pair_json(const space_comparison& result, Eigen::Index row, Eigen::Index column, Eigen::Index k) {
  const curve_point& point = result.at(row, column, k);
  json_value json{{"x", result.rows[static_cast<std::size_t>(row)].name},
                  {"y", result.columns[static_cast<std::size_t>(column)].name},
                  {"k", k},
                  {"jaccard", point.observed.jaccard},
                  {"overlap", point.observed.overlap},
                  {"chance", point.expected.jaccard}};
  const auto unless_nothing = [&](double value) {
    return tells_nothing(point) ? json_value() : json_value(value);
  };
  json["adjusted"] = unless_nothing(point.adjusted);
  if (result.z) json["z"] = unless_nothing(point.overlap_z);
  json["tied_items"] = point.observed.tied_items;
  json["tied_in_both"] = point.observed.tied_in_both;
  if (result.p) json["p"] = point.p;
  if (result.cka) json["cka"] = or_null(cka_of(result, row, column));
  if (result.sampled) {
    json["standard_error"] = point.sampled.standard_error;
    json["lower"] = point.sampled.lower;
    json["upper"] = point.sampled.upper;
  }
  return json;
}

json_value names_in_order(const std::vector<space>& spaces, const std::vector<Eigen::Index>& order) {
  json_value list = json_value::array();
  for (const Eigen::Index number : order) list.push_back(spaces[static_cast<std::size_t>(number)].name);
  return list;
}

}  // namespace

std::string spaces_to_json(const matrix_arguments& asked, const space_comparison& result,
                           const shown_order& order) {
  json_value json{{"n", result.n}, {"spaces", spaces_json(result.rows, asked, result.n)}};
  if (!result.square) json["against"] = spaces_json(result.columns, asked, result.n);
  if (!asked.ties.from_matrix()) json["ties"] = asked.ties_text;
  if (asked.input.clamp.quantile < 1) json["clamp"] = asked.input.clamp.text;
  json["pairs"] = json_value::array();
  for (Eigen::Index row = 0; row < static_cast<Eigen::Index>(result.rows.size()); ++row)
    for (Eigen::Index column = 0; column < static_cast<Eigen::Index>(result.columns.size()); ++column)
      for (const Eigen::Index k : result.ks)
        if (result.reported(row, column)) json["pairs"].push_back(pair_json(result, row, column, k));
  if (result.best) {
    json["best"] = pair_json(result, result.best->row, result.best->column, result.best->k);
    json["best"]["p"] = result.best->p;
    json["permutations"] = asked.permutations;
  }
  if (result.sampled) json["sample"] = asked.sample;
  if (result.sampled || result.p) json["seed"] = asked.seed;
  if (asked.clustered) json["order"] = names_in_order(result.rows, order.rows);
  // Names of files may hold bytes that are not UTF-8: they are replaced, not refused.
  return json.dump(2, ' ', false, json_value::error_handler_t::replace) + '\n';
}

}  // namespace program
