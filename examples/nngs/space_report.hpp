// SPDX-License-Identifier: MIT
#ifndef NNGS_EXAMPLES_SPACE_REPORT_HPP
#define NNGS_EXAMPLES_SPACE_REPORT_HPP

#include <Eigen/Core>
#include <cstddef>
#include <ostream>
#include <string>
#include <vector>

#include "matrix_arguments.hpp"
#include "space_comparison.hpp"

namespace program {

/// In which order the rows and the columns are shown.
struct shown_order {
  std::vector<Eigen::Index> rows, columns;
};

/// For people: the matrix in so many columns of a terminal. Cells lose digits where there are many.
void write_matrix(std::ostream& out, const matrix_arguments& asked, const space_comparison& result,
                  const shown_order& order, std::size_t width);

/// For scripts: each unordered pair once, as the files are given. Numbers read back as the same double.
std::string spaces_to_json(const matrix_arguments& asked, const space_comparison& result,
                           const shown_order& order);

/// A line for each pair and k: x,y,k,jaccard,overlap,chance,adjusted,z,tied_items, then p, cka, and
/// standard_error,lower,upper, where they were asked for. Cells of what tells nothing are empty.
std::string spaces_to_csv(const space_comparison& result);

/// A matrix as a .npy file of float64.
std::string to_npy(const Eigen::MatrixXd& values);

/// What a score is called.
std::string words_of(matrix_score score);

}  // namespace program

#endif
