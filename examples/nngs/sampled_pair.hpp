// SPDX-License-Identifier: MIT
#ifndef NNGS_EXAMPLES_SAMPLED_PAIR_HPP
#define NNGS_EXAMPLES_SAMPLED_PAIR_HPP

#include <Eigen/Core>
#include <cstddef>
#include <cstdint>

#include "arguments.hpp"
#include "item_pairs.hpp"

namespace program {

/// The two files of a sampled comparison: read whole where that fits the memory that is allowed, and left in
/// their files otherwise. Columns that may be no coordinates are told by the sampled rows alone, and so the
/// same in both cases. Throws file_error and usage_error, also for what cannot be done without the whole
/// files in memory.
item_pairs open_sampled_pair(const arguments& asked);

/// The same, always left in their files. `budget`: bytes that all the work with them may take.
item_pairs open_unread_pair(const arguments& asked, std::uint64_t budget);

/// The bytes that pieces of the files may take beside the lists of the sampled rows at k = 1 .. depth, as
/// many lists as there are levels. Throws usage_error where nothing is left for them.
std::size_t bytes_for_pieces(const unread_pair& files, Eigen::Index sample, Eigen::Index depth,
                             Eigen::Index levels = 1);

/// How many rows to search at a time where all are: with their lists they take half of what is allowed, and
/// leave the other half for pieces of the files.
Eigen::Index rows_that_ask(const unread_pair& files, Eigen::Index depth);

}  // namespace program

#endif
