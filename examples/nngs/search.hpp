// SPDX-License-Identifier: MIT
#ifndef NNGS_EXAMPLES_SEARCH_HPP
#define NNGS_EXAMPLES_SEARCH_HPP

#include <nngs/nngs.hpp>
#include <string>
#include <variant>

#include "matrix_file.hpp"
#include "progress.hpp"

namespace program {

/// A metric chosen by name.
struct metric_choice {
  std::string name;
  std::variant<nngs::euclidean, nngs::manhattan, nngs::chebyshev, nngs::minkowski, nngs::cosine,
               nngs::correlation, nngs::inner_product>
      metric;
};

/// Throws usage_error for a name that is no metric.
metric_choice parse_metric(const std::string& name);

enum class builder_choice { automatic, exact, kd_tree };

/// Throws usage_error for a metric that the builder does not take.
void check_builder(builder_choice builder, const metric_choice& metric);

/// The graph of a file's rows. Throws file_error for data that cannot be searched.
nngs::neighbor_graph build_graph(const matrix_file& file, Eigen::Index k, const metric_choice& metric,
                                 builder_choice builder, nngs::tie_order ties,
                                 const watched_threads& execute);

/// The distance of two rows of a file.
double distance(const matrix_file& file, Eigen::Index a, Eigen::Index b, const metric_choice& metric);

}  // namespace program

#endif
