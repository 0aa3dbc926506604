// SPDX-License-Identifier: MIT
#include <functional>
#include <nlohmann/json.hpp>
#include <utility>

#include "report.hpp"

namespace program {
namespace {

using nlohmann::ordered_json;

ordered_json file_json(const matrix_file& file, const metric_choice& metric) {
  ordered_json json{
      {"file", file.path}, {"rows", rows(file)}, {"cols", columns(file)}, {"metric", metric.name}};
  if (file.names) json["names"] = {{"column", file.names->number}, {"title", file.names->title}};
  if (file.clamp_limit) json["clamp_limit"] = *file.clamp_limit;
  if (!file.notes.empty()) json["notes"] = file.notes;
  return json;
}

/// The row of x's file that an item comes from, counted from 0.
using row_of_item = std::function<Eigen::Index(Eigen::Index item)>;

ordered_json neighbors_json(const row_of_item& row, const std::vector<neighbor>& neighbors) {
  ordered_json list = ordered_json::array();
  for (const neighbor& one : neighbors) {
    list.push_back({{"row", row(one.item)}, {"label", one.label}});
    if (one.distance) list.back()["distance"] = *one.distance;
  }
  return list;
}

ordered_json changed_json(const row_of_item& row, const comparison& result) {
  ordered_json list = ordered_json::array();
  for (const changed_item& item : result.changed)
    list.push_back({{"row", row(item.item)},
                    {"label", item.label},
                    {"k", result.changed_k},
                    {"jaccard", item.jaccard},
                    {"p", item.p},
                    {"adjusted_p", item.adjusted_p},
                    {"x", neighbors_json(row, item.x)},
                    {"y", neighbors_json(row, item.y)}});
  return list;
}

ordered_json point_json(const judged_curve& curve, const curve_point& point) {
  ordered_json json{{"k", point.observed.k},
                    {"jaccard", point.observed.jaccard},
                    {"overlap", point.observed.overlap},
                    {"tied_items", point.observed.tied_items},
                    {"tied_in_both", point.observed.tied_in_both}};
  if (curve.chance) json["chance"] = point.expected.jaccard;
  if (curve.z) json["chance_sd"] = point.overlap_sd;
  const auto unless_nothing = [&](double value) {
    return tells_nothing(point) ? ordered_json() : ordered_json(value);
  };
  if (curve.chance) json["adjusted"] = unless_nothing(point.adjusted);
  if (curve.z) json["z"] = unless_nothing(point.overlap_z);
  if (curve.p) json["p"] = point.p;
  if (curve.sampled) {
    json["standard_error"] = point.sampled.standard_error;
    json["lower"] = point.sampled.lower;
    json["upper"] = point.sampled.upper;
  }
  return json;
}

ordered_json estimate_json(const nngs::estimate& one) {
  return {{"value", one.value},
          {"standard_error", one.standard_error},
          {"lower", one.lower},
          {"upper", one.upper}};
}

ordered_json corrected_json(const comparison& result) {
  ordered_json list = ordered_json::array();
  for (const nngs::corrected_score& one : result.corrected)
    list.push_back({{"k", one.k},
                    {"jaccard_of_lists", one.uncorrected.jaccard},
                    {"overlap_of_lists", one.uncorrected.overlap},
                    {"recall_x", estimate_json(one.recall_x)},
                    {"recall_y", estimate_json(one.recall_y)},
                    {"changed", estimate_json(one.changed)}});
  return list;
}

ordered_json growth_json(const comparison& result, const std::vector<nngs::grown_score>& scores) {
  ordered_json list = ordered_json::array();
  for (const nngs::grown_score& one : scores) {
    const nngs::sampled_score& observed = one.observed;
    list.push_back({{"items", one.items},
                    {"k", observed.k},
                    {"jaccard", observed.jaccard.value},
                    {"overlap", observed.overlap.value},
                    {"tied_items", observed.tied_items},
                    {"tied_in_both", observed.tied_in_both}});
    ordered_json& json = list.back();
    if (result.curve.chance) {
      json["chance"] = one.expected.jaccard;
      json["adjusted"] = tells_nothing(one) ? ordered_json() : ordered_json(one.adjusted.value);
    }
    json["standard_error"] = observed.jaccard.standard_error;
    json["lower"] = observed.jaccard.lower;
    json["upper"] = observed.jaccard.upper;
  }
  return list;
}

void add_summary(ordered_json& json, const curve_summary& summary) {
  if (summary.greatest_z) json["greatest_z"] = *summary.greatest_z;
  if (summary.greatest_adjusted) json["greatest_adjusted"] = *summary.greatest_adjusted;
  if (summary.log_area) json["log_area"] = *summary.log_area;
}

void add_run(ordered_json& json, const arguments& asked, const comparison& result) {
  if (result.curve.p) json["permutations"] = asked.permutations;
  if (result.groups > 0) json["groups"] = result.groups;
  if (asked.sample > 0) json["sample"] = asked.sample;
  if (asked.exact_sample > 0) json["exact_sample"] = asked.exact_sample;
  if (result.curve.p || result.curve.sampled) json["seed"] = asked.seed;
}

ordered_json number_or_null(const std::optional<double>& value) {
  return value ? ordered_json(*value) : ordered_json();
}

ordered_json cka_json(const arguments& asked, const comparison& result) {
  ordered_json json;
  std::string complaints;
  for (const cka_score& score : result.cka) {
    json[score.kernel] = number_or_null(score.biased);
    if (tells_cka_chance(asked, result) && score.biased) json["chance"][score.kernel] = score.chance;
    if (asked.cka.debiased) json["debiased"][score.kernel] = number_or_null(score.debiased);
    for (const std::string& complaint : score.complaints)
      complaints += (complaints.empty() ? "" : "; ") + score.kernel + ": " + complaint;
  }
  if (!complaints.empty()) json["complaint"] = complaints;
  return json;
}

/// All but the files.
std::string finished(ordered_json json, const arguments& asked, const row_of_item& row,
                     const comparison& result) {
  json["curve"] = ordered_json::array();
  for (const curve_point& point : result.curve.points)
    json["curve"].push_back(point_json(result.curve, point));
  if (!result.corrected.empty()) json["corrected"] = corrected_json(result);
  if (!result.growth.at_k.empty())
    json["growth"] = {{"k", growth_json(result, result.growth.at_k)},
                      {"share", growth_json(result, result.growth.at_share)}};
  if (result.curve.p) json["p_curve"] = result.curve.p_curve;
  add_summary(json, result.summary);
  add_run(json, asked, result);
  if (!result.cka.empty()) json["cka"] = cka_json(asked, result);
  if (!result.changed.empty()) json["changed"] = changed_json(row, result);
  // Labels may hold bytes that are not UTF-8: they are replaced, not refused.
  return json.dump(2, ' ', false, ordered_json::error_handler_t::replace) + '\n';
}

ordered_json file_json(const list_file& file) {
  ordered_json json{{"file", file.path},
                    {"rows", file.items()},
                    {"neighbors", file.depth()},
                    {"distances", file.has_distances()}};
  if (!file.notes.empty()) json["notes"] = file.notes;
  return json;
}

}  // namespace

std::string to_json(const arguments& asked, const item_pairs& pairs, const comparison& result) {
  ordered_json json{{"n", rows(pairs.x)},
                    {"x", file_json(pairs.x, asked.x_metric)},
                    {"y", file_json(pairs.y, asked.y_metric)}};
  if (!asked.lists_x_file.empty()) json["lists"] = {{"x", asked.lists_x_file}, {"y", asked.lists_y_file}};
  if (!asked.ties.from_matrix()) json["ties"] = asked.ties_text;
  if (asked.input.clamp.quantile < 1) json["clamp"] = asked.input.clamp.text;
  if (pairs.joined) json["join"] = {{"x_only", pairs.x_only}, {"y_only", pairs.y_only}};
  if (!pairs.notes.empty()) json["notes"] = pairs.notes;
  return finished(
      std::move(json), asked, [&](Eigen::Index item) { return row_in_file(pairs, item); }, result);
}

std::string to_json(const arguments& asked, const list_pair& pair, const comparison& result) {
  ordered_json json{{"n", pair.items()}, {"x", file_json(pair.x)}, {"y", file_json(pair.y)}};
  if (const auto missing = missing_at(pair, result.curve.points.back().observed.k))
    json["missing"] = {{"k", missing->k},
                       {"short_lists_x", missing->short_x},
                       {"short_lists_y", missing->short_y},
                       {"items_left_out", missing->left_out}};
  return finished(
      std::move(json), asked, [](Eigen::Index item) { return item; }, result);
}

}  // namespace program
