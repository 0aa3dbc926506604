// SPDX-License-Identifier: MIT
#include "comparison.hpp"

#include <algorithm>
#include <new>
#include <numeric>
#include <unordered_map>
#include <utility>

#include "file_error.hpp"
#include "k_choice.hpp"
#include "progress.hpp"
#include "usage_error.hpp"

namespace program {
namespace {

void check_rows(const matrix_file& x, const matrix_file& y) {
  if (rows(x) != rows(y))
    throw file_error(y.path, "has " + std::to_string(rows(y)) + " rows, but " + x.path + " has " +
                                 std::to_string(rows(x)) + ": both need the same items, in the same order");
  if (rows(x) < 2)
    throw file_error(x.path, "has " + std::to_string(rows(x)) + " rows: at least 2 items are needed");
}

/// Two files that name mostly the same items, but in other rows, are not paired: refuse them.
/// (Files that name other things, such as word pairs, may be.)
void check_order(const matrix_file& x, const matrix_file& y) {
  if (x.labels.empty() || y.labels.empty()) return;
  std::unordered_map<std::string, std::size_t> row_in_y;
  for (std::size_t row = 0; row < y.labels.size(); ++row) row_in_y.emplace(y.labels[row], row);
  std::size_t moved = 0, example = 0;
  for (std::size_t row = 0; row < x.labels.size(); ++row) {
    if (x.labels[row] == y.labels[row] || !row_in_y.contains(x.labels[row])) continue;
    if (moved++ == 0) example = row;
  }
  if (2 * moved > x.labels.size())
    throw file_error(y.path, "names the items of " + x.path + " in another order ('" + x.labels[example] +
                                 "' is row " + std::to_string(example) + " there and row " +
                                 std::to_string(row_in_y.at(x.labels[example])) +
                                 " here, counted from 0): sort one to match the other");
}

std::vector<std::string> item_labels(const matrix_file& file, const std::vector<std::string>& given) {
  if (!given.empty()) return given;
  if (!file.labels.empty()) return file.labels;
  std::vector<std::string> labels;
  for (Eigen::Index row = 0; row < rows(file); ++row) labels.push_back(std::to_string(row).insert(0, 1, '#'));
  return labels;
}

std::vector<std::string> given_labels(const arguments& asked, Eigen::Index n) {
  if (asked.labels_file.empty()) return {};
  std::vector<std::string> labels = read_labels(asked.labels_file);
  if (static_cast<Eigen::Index>(labels.size()) != n)
    throw file_error(asked.labels_file,
                     "has " + std::to_string(labels.size()) + " labels for " + std::to_string(n) + " items");
  return labels;
}

std::vector<neighbor> named_neighbors(const matrix_file& file, const metric_choice& metric,
                                      const nngs::neighbor_graph& graph, Eigen::Index item, Eigen::Index k,
                                      const std::vector<std::string>& labels) {
  std::vector<neighbor> named;
  for (const auto other : graph.neighbors(item).first(static_cast<std::size_t>(k)))
    named.push_back({labels[other], distance(file, item, static_cast<Eigen::Index>(other), metric)});
  return named;
}

/// The k at which changed items are told: about ten neighbours can be read.
Eigen::Index readable_k(const std::vector<Eigen::Index>& chosen) {
  const auto at = std::lower_bound(chosen.begin(), chosen.end(), Eigen::Index{10});
  return at == chosen.end() ? chosen.back() : *at;
}

std::vector<changed_item> most_changed(const arguments& asked, const matrix_file& x, const matrix_file& y,
                                       const std::vector<std::string>& given,
                                       const nngs::neighbor_graph& graph_x,
                                       const nngs::neighbor_graph& graph_y, Eigen::Index k) {
  const Eigen::Index n = graph_x.size();
  const std::vector<std::string> labels_x = item_labels(x, given), labels_y = item_labels(y, given);
  const Eigen::VectorXd similarity = nngs::item_similarity(graph_x, graph_y, k);
  std::vector<Eigen::Index> order(static_cast<std::size_t>(n));
  std::iota(order.begin(), order.end(), Eigen::Index{0});
  std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return similarity[a] < similarity[b]; });
  order.resize(std::min<std::size_t>(order.size(), asked.changed));

  std::vector<changed_item> changed;
  for (const Eigen::Index item : order) {
    const std::string& label_x = labels_x[static_cast<std::size_t>(item)];
    const std::string& label_y = labels_y[static_cast<std::size_t>(item)];
    changed.push_back({item, label_x == label_y ? label_x : label_x + " / " + label_y, similarity[item],
                       named_neighbors(x, asked.x_metric, graph_x, item, k, labels_x),
                       named_neighbors(y, asked.y_metric, graph_y, item, k, labels_y)});
  }
  return changed;
}

void add_cka(comparison& result, const matrix_file& x, const matrix_file& y) {
  result.cka_asked = true;
  try {
    result.linear_cka =
        std::visit([](const auto& a, const auto& b) { return nngs::linear_cka(a, b); }, x.values, y.values);
  } catch (const std::invalid_argument& error) {
    result.cka_complaint = error.what();
  } catch (const std::bad_alloc&) {
    result.cka_complaint = "not enough memory for copies of both matrices in double";
  }
}

}  // namespace

Eigen::Index rows(const matrix_file& file) {
  return std::visit([](const auto& values) { return values.rows(); }, file.values);
}

Eigen::Index columns(const matrix_file& file) {
  return std::visit([](const auto& values) { return values.cols(); }, file.values);
}

comparison compare(const arguments& asked, const matrix_file& x, const matrix_file& y) {
  check_rows(x, y);
  check_order(x, y);
  const Eigen::Index n = rows(x);
  const std::vector<Eigen::Index> chosen = asked.k.empty() ? default_k(n) : chosen_k(asked.k, n);
  const std::vector<std::string> labels = given_labels(asked, n);
  const Eigen::Index depth = chosen.back();

  progress_line line;
  const watched_threads execute{nngs::threads{asked.threads}, report_to_line{&line}};
  line.start("neighbours in " + x.path);
  const nngs::neighbor_graph graph_x = build_graph(x, depth, asked.x_metric, asked.builder, execute);
  line.start("neighbours in " + y.path);
  const nngs::neighbor_graph graph_y = build_graph(y, depth, asked.y_metric, asked.builder, execute);
  line.start("scores");
  const std::vector<nngs::score> every = nngs::similarity_curve(graph_x, graph_y, execute);

  comparison result;
  for (const Eigen::Index k : chosen) result.curve.push_back(every[static_cast<std::size_t>(k - 1)]);
  if (asked.cka) {
    line.say("linear CKA");
    add_cka(result, x, y);
  }
  if (asked.changed > 0) {
    result.changed_k = readable_k(chosen);
    result.changed = most_changed(asked, x, y, labels, graph_x, graph_y, result.changed_k);
  }
  return result;
}

}  // namespace program
