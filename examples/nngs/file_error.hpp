// SPDX-License-Identifier: MIT
#ifndef NNGS_EXAMPLES_FILE_ERROR_HPP
#define NNGS_EXAMPLES_FILE_ERROR_HPP

#include <stdexcept>
#include <string>

namespace program {

/// A file that cannot be read, or does not hold what it should: "PATH: what is wrong".
struct file_error : std::runtime_error {
  file_error(const std::string& path, const std::string& what_is_wrong)
      : std::runtime_error(path + ": " + what_is_wrong) {}
};

}  // namespace program

#endif
