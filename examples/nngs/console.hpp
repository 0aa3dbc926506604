// SPDX-License-Identifier: MIT
#ifndef NNGS_EXAMPLES_CONSOLE_HPP
#define NNGS_EXAMPLES_CONSOLE_HPP

#include <string>
#include <vector>

namespace program {

/// The words after the program's name, in UTF-8, from what main is given. Also makes of a Windows console
/// what others are: standard input and output pass bytes on as they are, UTF-8 is shown, and the line that
/// tells progress can be erased.
std::vector<std::string> open_console(int count, const char* const* words);

}  // namespace program

#endif
