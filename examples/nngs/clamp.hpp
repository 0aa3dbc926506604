// SPDX-License-Identifier: MIT
#ifndef NNGS_EXAMPLES_CLAMP_HPP
#define NNGS_EXAMPLES_CLAMP_HPP

#include <string>
#include <vector>

#include "input_options.hpp"
#include "matrix_file.hpp"

// Activations cut at a quantile of their magnitudes, as platonic-rep does before anything else (Huh et al.
// 2024, `remove_outliers`): with the limit L, each value v becomes min(max(v, -L), L). L is, of N values in
// all,
//   0.95       the magnitude of rank floor(0.95 N), counted from 0, of all in ascending order (`exact=True`);
//   rows:0.95  the 0.95 quantile of each row's magnitudes, interpolated between ranks, averaged over the rows
//              (`exact=False`).

namespace program {

/// Reads "0.95" or "rows:0.95", a number in (0, 1]. Throws usage_error.
clamp_choice parse_clamp(const std::string& text);

/// The matrix, cut. At a quantile of 1 it stays as it is. Ranks are of the file's numbers, and a limit that
/// is one of them is so to the bit. O(n d); memory that of one more matrix.
/// Throws file_error for values that are not finite, and where the limit is 0, so that all would become 0.
matrix_file clamped(const matrix_file& matrix, const clamp_choice& choice);

/// The same of the layers of one tensor, which platonic-rep cuts at one limit for all: the rank is that among
/// all their values, a row goes on through all layers. All have the same n rows.
std::vector<matrix_file> clamped(const std::vector<matrix_file>& layers, const clamp_choice& choice);

}  // namespace program

#endif
