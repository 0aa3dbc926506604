// SPDX-License-Identifier: MIT
#ifndef NNGS_EXAMPLES_PAIR_SEARCH_HPP
#define NNGS_EXAMPLES_PAIR_SEARCH_HPP

#include <nngs/corrected.hpp>
#include <nngs/sample.hpp>
#include <nngs/similarity.hpp>
#include <vector>

#include "judgement.hpp"
#include "matrix_file.hpp"
#include "progress.hpp"
#include "search.hpp"

// Scores of two files without keeping their graphs. Both spaces need the same kind of metric: each pair of
// kinds would be a search of its own to compile. Throws file_error for data that cannot be searched.

namespace program {

struct searched_file {
  const matrix_file& file;
  const metric_choice& metric;
  nngs::tie_order ties;
};

bool same_kind(const metric_choice& x, const metric_choice& y);

/// Scores at every k = 1 .. n - 1.
std::vector<nngs::score> every_score(const searched_file& x, const searched_file& y,
                                     const watched_threads& execute);

/// Scores at k = 1 .. depth from some of the rows.
std::vector<nngs::sampled_score> sampled_scores(const searched_file& x, const searched_file& y,
                                                Eigen::Index depth, const nngs::sample& which,
                                                const watched_threads& execute);

/// Scores at k = 1 .. depth from lists that were found for all rows and an exact search of some.
std::vector<nngs::corrected_score> corrected_scores(const searched_file& x, const searched_file& y,
                                                    const graph_pair& found, Eigen::Index depth,
                                                    const nngs::sample& which,
                                                    const watched_threads& execute);

}  // namespace program

#endif
