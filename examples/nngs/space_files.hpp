// SPDX-License-Identifier: MIT
#ifndef NNGS_EXAMPLES_SPACE_FILES_HPP
#define NNGS_EXAMPLES_SPACE_FILES_HPP

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "input_options.hpp"
#include "matrix_file.hpp"

namespace program {

/// Calls use(space, file) for every matrix of the files, counted from 0, one after the other: each is dropped
/// before the next file is read. With --join all are read first, for only then it is known which items they
/// have in common. Tells what is odd on standard error. Throws file_error, also for files of other items than
/// the first or of the same in another order, and names both.
void read_spaces(const std::vector<std::string>& files, const input_options& options,
                 const std::function<void(const matrix_file& space, std::size_t file)>& use);

}  // namespace program

#endif
