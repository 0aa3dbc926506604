// SPDX-License-Identifier: MIT
#ifndef NNGS_EXAMPLES_USAGE_ERROR_HPP
#define NNGS_EXAMPLES_USAGE_ERROR_HPP

#include <stdexcept>

namespace program {

/// Words on the command line that cannot be followed: exit status 2.
struct usage_error : std::runtime_error {
  using std::runtime_error::runtime_error;
};

}  // namespace program

#endif
