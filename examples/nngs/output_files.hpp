// SPDX-License-Identifier: MIT
#ifndef NNGS_EXAMPLES_OUTPUT_FILES_HPP
#define NNGS_EXAMPLES_OUTPUT_FILES_HPP

#include <ostream>
#include <string>
#include <vector>

namespace program {

/// A file by what the command line calls it: "X", "--csv".
struct named_file {
  std::string option, path;
};

/// Before the work: can each output be written, and would none take the place of an input or of another one?
/// Paths that are empty or "-" are no files. Throws file_error or usage_error.
void check_outputs(const std::vector<named_file>& inputs, const std::vector<named_file>& outputs);

/// Writes a whole file; "-" is standard output. Throws file_error.
void write(const std::string& name, const std::string& text);

/// Throws file_error where what was written did not arrive.
void check_written(const std::ostream& out, const std::string& name);

}  // namespace program

#endif
