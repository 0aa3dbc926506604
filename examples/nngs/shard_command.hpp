// SPDX-License-Identifier: MIT
#ifndef NNGS_EXAMPLES_SHARD_COMMAND_HPP
#define NNGS_EXAMPLES_SHARD_COMMAND_HPP

namespace program {

/// nngs shard X Y --sample M --base I/M -o PART, and nngs merge PARTS: one score, searched by many tasks. The
/// words begin with that of the command. Both throw usage_error and file_error.
void run_shard(int count, const char* const* words);
void run_merge(int count, const char* const* words);

}  // namespace program

#endif
