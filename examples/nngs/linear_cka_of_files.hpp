// SPDX-License-Identifier: MIT
#ifndef NNGS_EXAMPLES_LINEAR_CKA_OF_FILES_HPP
#define NNGS_EXAMPLES_LINEAR_CKA_OF_FILES_HPP

#include <cstdint>
#include <nngs/cka_result.hpp>

#include "progress.hpp"
#include "row_source.hpp"

namespace program {

/// `nngs::cka` with linear kernels of two matrices of n rows each that are not in memory: the same values but
/// for rounding, and no HSIC. They are read twice, for the means of their columns and for the products of
/// their columns, which are summed in double over 1,024 rows after the other, so that it depends on no budget
/// and no threads. Time O(n (dx + dy)^2). Throws file_error, and std::invalid_argument for numbers whose
/// products are beyond those of double.
nngs::cka_result linear_cka_of_files(const row_source& x, const row_source& y, progress_line& line,
                                     const nngs::threads& execute);

/// What that takes.
std::uint64_t bytes_of_linear_cka(const row_source& x, const row_source& y);

}  // namespace program

#endif
