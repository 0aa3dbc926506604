// SPDX-License-Identifier: MIT
#ifndef NNGS_EXAMPLES_MATRIX_COMMAND_HPP
#define NNGS_EXAMPLES_MATRIX_COMMAND_HPP

namespace program {

/// nngs matrix FILES: many files, each against each. The words begin with that of the command. Throws
/// usage_error and file_error.
void run_matrix(int count, const char* const* words);

}  // namespace program

#endif
