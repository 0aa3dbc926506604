// SPDX-License-Identifier: MIT
#ifndef NNGS_EXAMPLES_CHANGED_ITEMS_HPP
#define NNGS_EXAMPLES_CHANGED_ITEMS_HPP

#include <Eigen/Core>
#include <functional>
#include <nngs/item_test.hpp>
#include <optional>
#include <string>
#include <vector>

#include "matrix_file.hpp"
#include "search.hpp"

namespace program {

/// A neighbour as one space gives it.
struct neighbor {
  Eigen::Index item;
  std::string label;
  std::optional<double> distance;  // where it is known
};

/// An item whose neighbourhood changed.
struct changed_item {
  Eigen::Index item;
  std::string label;
  double jaccard;
  double p, adjusted_p;        // of as many common neighbours by chance; for this item alone and among all
  std::vector<neighbor> x, y;  // nearest first
};

/// The k at which changed items are told: about ten neighbours can be read.
Eigen::Index readable_k(const std::vector<Eigen::Index>& chosen);

/// One space as far as its items are told to people.
struct told_space {
  std::vector<std::string> labels;  // one an item
  std::function<std::vector<neighbor>(Eigen::Index item)> neighbors;
};

/// The labels of n items: those given, else those of the file, else their rows.
std::vector<std::string> item_labels(const std::vector<std::string>& given,
                                     const std::vector<std::string>& of_file, Eigen::Index n);

/// A file's rows with the neighbours of a graph at k. It refers to all three.
told_space told(const matrix_file& file, const metric_choice& metric, const nngs::neighbor_graph& graph,
                Eigen::Index k, std::vector<std::string> labels);

/// The `count` items that agree least, those first. `scores`: one an item.
std::vector<changed_item> most_changed(const std::vector<nngs::item_score>& scores, const told_space& x,
                                       const told_space& y, unsigned count);

}  // namespace program

#endif
