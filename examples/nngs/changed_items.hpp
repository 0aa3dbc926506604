// SPDX-License-Identifier: MIT
#ifndef NNGS_EXAMPLES_CHANGED_ITEMS_HPP
#define NNGS_EXAMPLES_CHANGED_ITEMS_HPP

#include <Eigen/Core>
#include <string>
#include <vector>

#include "judgement.hpp"
#include "matrix_file.hpp"
#include "search.hpp"

namespace program {

/// A neighbour as one space gives it.
struct neighbor {
  Eigen::Index item;
  std::string label;
  double distance;
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

/// The `count` items that agree least at k, those first. `given`: their labels, or none: those of the files.
std::vector<changed_item> most_changed(const matrix_file& x, const matrix_file& y,
                                       const metric_choice& x_metric, const metric_choice& y_metric,
                                       const graph_pair& graphs, Eigen::Index k, unsigned count,
                                       const std::vector<std::string>& given);

}  // namespace program

#endif
