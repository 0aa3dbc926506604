// SPDX-License-Identifier: MIT
#ifndef NNGS_EXAMPLES_OUTPUT_FILES_HPP
#define NNGS_EXAMPLES_OUTPUT_FILES_HPP

#include <ostream>
#include <string>

#include "arguments.hpp"

namespace program {

/// Before the work: can each output be written, and would none take the place of an input or of another one?
/// Throws file_error or usage_error.
void check_outputs(const arguments& asked);

/// Writes a whole file; "-" is standard output. Throws file_error.
void write(const std::string& name, const std::string& text);

/// Throws file_error where what was written did not arrive.
void check_written(const std::ostream& out, const std::string& name);

}  // namespace program

#endif
