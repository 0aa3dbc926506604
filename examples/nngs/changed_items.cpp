// SPDX-License-Identifier: MIT
#include "changed_items.hpp"

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <utility>

namespace program {

Eigen::Index readable_k(const std::vector<Eigen::Index>& chosen) {
  const auto at = std::lower_bound(chosen.begin(), chosen.end(), Eigen::Index{10});
  return at == chosen.end() ? chosen.back() : *at;
}

std::vector<std::string> item_labels(const std::vector<std::string>& given,
                                     const std::vector<std::string>& of_file, Eigen::Index n) {
  if (!given.empty()) return given;
  if (!of_file.empty()) return of_file;
  std::vector<std::string> labels;
  for (Eigen::Index row = 0; row < n; ++row) labels.push_back(std::to_string(row).insert(0, 1, '#'));
  return labels;
}

told_space told(const matrix_file& file, const metric_choice& metric, const nngs::neighbor_graph& graph,
                Eigen::Index k, std::vector<std::string> labels) {
  const auto neighbors = [&file, &metric, &graph, k, labels](Eigen::Index item) {
    std::vector<neighbor> named;
    for (const auto other : graph.neighbors(item, k))
      named.push_back({static_cast<Eigen::Index>(other), labels[other],
                       distance(file, item, static_cast<Eigen::Index>(other), metric)});
    return named;
  };
  return {std::move(labels), neighbors};
}

std::vector<changed_item> most_changed(const std::vector<nngs::item_score>& scores, const told_space& x,
                                       const told_space& y, unsigned count) {
  std::vector<std::size_t> order(scores.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](auto a, auto b) { return scores[a].jaccard < scores[b].jaccard; });
  order.resize(std::min<std::size_t>(order.size(), count));

  std::vector<changed_item> changed;
  for (const std::size_t place : order) {
    const std::string &label_x = x.labels[place], &label_y = y.labels[place];
    const auto item = static_cast<Eigen::Index>(place);
    const nngs::item_score& score = scores[place];
    changed.push_back({item, label_x == label_y ? label_x : label_x + " / " + label_y, score.jaccard, score.p,
                       score.adjusted_p, x.neighbors(item), y.neighbors(item)});
  }
  return changed;
}

}  // namespace program
