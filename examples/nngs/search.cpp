// SPDX-License-Identifier: MIT
#include "search.hpp"

#include "file_error.hpp"
#include "number.hpp"
#include "usage_error.hpp"

namespace program {
namespace {

constexpr std::string_view minkowski_prefix = "minkowski:";

nngs::minkowski parse_minkowski(std::string_view p_text) {
  double p = 0;
  const auto [end, error] = read_number(p_text.data(), p_text.data() + p_text.size(), p);
  if (error != std::errc{} || end != p_text.data() + p_text.size())
    throw usage_error("--metric minkowski:P takes a number for P, not '" + std::string(p_text) + "'");
  try {
    return nngs::minkowski(p);
  } catch (const nngs::input_error& complaint) {
    throw usage_error(std::string("--metric ") + complaint.what());
  }
}

template <class Values, class Metric>
nngs::neighbor_graph build(const Values& values, Eigen::Index k, const Metric& metric, builder_choice builder,
                           nngs::tie_order ties, const watched_threads& execute) {
  if constexpr (nngs::tree_metric<Metric>)
    if (builder == builder_choice::kd_tree)
      return nngs::build_graph(values, k, nngs::kd_tree<Metric>{metric, ties}, execute);
  if (builder == builder_choice::exact)
    return nngs::build_graph(values, k, nngs::exact<Metric>{metric, ties}, execute);
  return nngs::build_graph(values, k, nngs::automatic<Metric>{metric, ties}, execute);
}

}  // namespace

metric_choice parse_metric(const std::string& name) {
  if (name == "euclidean") return {name, nngs::euclidean{}};
  if (name == "manhattan") return {name, nngs::manhattan{}};
  if (name == "chebyshev") return {name, nngs::chebyshev{}};
  if (name == "cosine") return {name, nngs::cosine{}};
  if (name == "correlation") return {name, nngs::correlation{}};
  if (name == "inner-product") return {name, nngs::inner_product{}};
  if (name.starts_with(minkowski_prefix))
    return {name, parse_minkowski(std::string_view(name).substr(minkowski_prefix.size()))};
  throw usage_error("--metric " + name +
                    " is not known: use euclidean, manhattan, chebyshev, minkowski:P, cosine, correlation or "
                    "inner-product");
}

void check_builder(builder_choice builder, const metric_choice& choice) {
  const bool for_tree =
      std::visit([]<class Metric>(const Metric&) { return nngs::tree_metric<Metric>; }, choice.metric);
  if (builder == builder_choice::kd_tree && !for_tree)
    throw usage_error(
        "--builder kd-tree does not take " + choice.name +
        ", whose keys are not sums over coordinates that it could prune by: use --builder exact");
}

nngs::neighbor_graph build_graph(const matrix_file& file, Eigen::Index k, const metric_choice& choice,
                                 builder_choice builder, nngs::tie_order ties,
                                 const watched_threads& execute) {
  try {
    return std::visit([&](const auto& values,
                          const auto& metric) { return build(values, k, metric, builder, ties, execute); },
                      file.values, choice.metric);
  } catch (const nngs::input_error& error) {
    throw file_error(file.path, error.what());
  }
}

double distance(const matrix_file& file, Eigen::Index a, Eigen::Index b, const metric_choice& choice) {
  return std::visit([&](const auto& values,
                        const auto& metric) { return nngs::distance(values.row(a), values.row(b), metric); },
                    file.values, choice.metric);
}

}  // namespace program
