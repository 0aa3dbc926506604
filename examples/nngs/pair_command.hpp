// SPDX-License-Identifier: MIT
#ifndef NNGS_EXAMPLES_PAIR_COMMAND_HPP
#define NNGS_EXAMPLES_PAIR_COMMAND_HPP

namespace program {

/// nngs X Y: two files. The words begin with the name of the program. Throws usage_error and file_error.
void run_pair(int count, const char* const* words);

}  // namespace program

#endif
