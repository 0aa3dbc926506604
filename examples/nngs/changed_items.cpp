// SPDX-License-Identifier: MIT
#include "changed_items.hpp"

#include <algorithm>
#include <cstddef>
#include <nngs/item_test.hpp>
#include <numeric>

namespace program {
namespace {

std::vector<std::string> item_labels(const matrix_file& file, const std::vector<std::string>& given,
                                     Eigen::Index n) {
  if (!given.empty()) return given;
  if (!file.labels.empty()) return file.labels;
  std::vector<std::string> labels;
  for (Eigen::Index row = 0; row < n; ++row) labels.push_back(std::to_string(row).insert(0, 1, '#'));
  return labels;
}

std::vector<neighbor> named_neighbors(const matrix_file& file, const metric_choice& metric,
                                      const nngs::neighbor_graph& graph, Eigen::Index item, Eigen::Index k,
                                      const std::vector<std::string>& labels) {
  std::vector<neighbor> named;
  for (const auto other : graph.neighbors(item, k))
    named.push_back({static_cast<Eigen::Index>(other), labels[other],
                     distance(file, item, static_cast<Eigen::Index>(other), metric)});
  return named;
}

}  // namespace

Eigen::Index readable_k(const std::vector<Eigen::Index>& chosen) {
  const auto at = std::lower_bound(chosen.begin(), chosen.end(), Eigen::Index{10});
  return at == chosen.end() ? chosen.back() : *at;
}

std::vector<changed_item> most_changed(const matrix_file& x, const matrix_file& y,
                                       const metric_choice& x_metric, const metric_choice& y_metric,
                                       const graph_pair& graphs, Eigen::Index k, unsigned count,
                                       const std::vector<std::string>& given) {
  const Eigen::Index n = graphs.x.size();
  const std::vector<std::string> labels_x = item_labels(x, given, n), labels_y = item_labels(y, given, n);
  const std::vector<nngs::item_score> scores = nngs::test_items(graphs.x, graphs.y, k);
  std::vector<std::size_t> order(scores.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](auto a, auto b) { return scores[a].jaccard < scores[b].jaccard; });
  order.resize(std::min<std::size_t>(order.size(), count));

  std::vector<changed_item> changed;
  for (const std::size_t place : order) {
    const std::string &label_x = labels_x[place], &label_y = labels_y[place];
    const auto item = static_cast<Eigen::Index>(place);
    const nngs::item_score& score = scores[place];
    changed.push_back({item, label_x == label_y ? label_x : label_x + " / " + label_y, score.jaccard, score.p,
                       score.adjusted_p, named_neighbors(x, x_metric, graphs.x, item, k, labels_x),
                       named_neighbors(y, y_metric, graphs.y, item, k, labels_y)});
  }
  return changed;
}

}  // namespace program
