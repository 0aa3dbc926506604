// SPDX-License-Identifier: MIT
#ifndef NNGS_EXAMPLES_WHOLE_FILE_HPP
#define NNGS_EXAMPLES_WHOLE_FILE_HPP

#include <filesystem>
#include <initializer_list>
#include <string_view>
#include <system_error>

namespace program {

/// Writes a file of these texts, one after another, that is there when it is whole: it is written beside its
/// place under a name of its own, which several programs do not share. Returns what went wrong.
std::error_code write_whole_file(const std::filesystem::path& path,
                                 std::initializer_list<std::string_view> texts);

}  // namespace program

#endif
