// SPDX-License-Identifier: MIT
#ifndef NNGS_EXAMPLES_SCREEN_HPP
#define NNGS_EXAMPLES_SCREEN_HPP

#include <cstddef>

namespace program {

/// How many columns the terminal of standard output has; 80 where it is none.
std::size_t screen_width();

}  // namespace program

#endif
