// SPDX-License-Identifier: MIT
#ifndef NNGS_EXAMPLES_FILE_KINDS_HPP
#define NNGS_EXAMPLES_FILE_KINDS_HPP

#include <string>
#include <string_view>

namespace program {

/// What is wrong with files that are neither .npy nor text, told by their first bytes (and by the extension
/// where those leave it open), and the one line that converts them. Empty for all others.
std::string other_kind(const std::string& path, std::string_view bytes);

/// Throws other_kind as a file_error.
void refuse_other_kinds(const std::string& path, std::string_view bytes);

}  // namespace program

#endif
