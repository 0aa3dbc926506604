// SPDX-License-Identifier: MIT
#ifndef NNGS_EXAMPLES_LISTS_COMMAND_HPP
#define NNGS_EXAMPLES_LISTS_COMMAND_HPP

namespace program {

/// nngs lists X Y: two files of neighbour lists. The words begin with that of the command. Throws usage_error
/// and file_error.
void run_lists(int count, const char* const* words);

}  // namespace program

#endif
