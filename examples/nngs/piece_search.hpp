// SPDX-License-Identifier: MIT
#ifndef NNGS_EXAMPLES_PIECE_SEARCH_HPP
#define NNGS_EXAMPLES_PIECE_SEARCH_HPP

#include <Eigen/Core>
#include <cstddef>
#include <nngs/growth.hpp>
#include <nngs/nearest_lists.hpp>
#include <vector>

#include "matrix_file.hpp"
#include "progress.hpp"
#include "search.hpp"

namespace program {

/// Bytes that a piece of a file takes with its search, unless told otherwise: enough that more would save no
/// time.
constexpr std::size_t usual_piece = std::size_t{1} << 28;

/// What is searched in a file.
struct piece_question {
  std::vector<Eigen::Index> rows;  // that ask, ascending
  Eigen::Index depth;              // neighbours of each
  nngs::item_range base;           // the rows that are searched
  nngs::tie_order ties;
};

/// The lists of some rows of a file among some of its rows, which are read in pieces: beside the lists,
/// memory for the rows that ask and `piece_bytes`. Throws file_error for data that cannot be read or
/// searched.
nngs::nearest_lists search_pieces(const unread_matrix& file, const metric_choice& metric,
                                  const piece_question& question, std::size_t piece_bytes,
                                  const watched_threads& execute);

/// The same of levels, and of a file in memory too.
nngs::growth_lists search_levels(const unread_matrix& file, const metric_choice& metric,
                                 const piece_question& question, nngs::growth_levels levels,
                                 std::size_t piece_bytes, const watched_threads& execute);
nngs::growth_lists search_levels(const matrix_file& file, const metric_choice& metric,
                                 const piece_question& question, nngs::growth_levels levels,
                                 const watched_threads& execute);

}  // namespace program

#endif
