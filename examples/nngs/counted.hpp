// SPDX-License-Identifier: MIT
#ifndef NNGS_EXAMPLES_COUNTED_HPP
#define NNGS_EXAMPLES_COUNTED_HPP

#include <cstddef>
#include <string>

namespace program {

/// "1 item", "2 items".
inline std::string counted(std::size_t count, const char* what) {
  return std::to_string(count) + ' ' + what + (count == 1 ? "" : "s");
}

}  // namespace program

#endif
