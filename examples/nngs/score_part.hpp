// SPDX-License-Identifier: MIT
#ifndef NNGS_EXAMPLES_SCORE_PART_HPP
#define NNGS_EXAMPLES_SCORE_PART_HPP

#include <string>
#include <vector>

#include "sampled_run.hpp"

// What one part of a run found, as a file: a line of JSON that ends in a line feed,
//     {"nngs_part":1,"slice":3,"of":16,"bytes_x":..,"bytes_y":..,"run":{..}}
// with what the parts of a run have in common, then the lists of x and those of y in the bytes of
// nngs/serialize.hpp, and no more.

namespace program {

struct score_part {
  std::string path;  // of the file; for messages
  std::string run;   // as to_text(sampled_run) has it
  base_slice slice;
  list_parts lists;
};

/// Writes a file of that name; it is there when it is whole. Throws file_error.
void write_part(const std::string& path, const sampled_run& run, const base_slice& slice,
                const list_parts& lists);

/// Throws file_error for a file that is no part, and for one that is damaged.
score_part read_part(const std::string& path);

struct merged_parts {
  sampled_run run;
  list_parts lists;
};

/// Adds up the parts of one run, one in memory at a time, in any order. Throws file_error, with the names of
/// the files, for parts of different runs, for two of the same slice, and where some are missing.
merged_parts merge_parts(const std::vector<std::string>& paths);

}  // namespace program

#endif
