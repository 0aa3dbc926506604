// SPDX-License-Identifier: MIT
#ifndef NNGS_EXAMPLES_ZIP_MEMBERS_HPP
#define NNGS_EXAMPLES_ZIP_MEMBERS_HPP

#include <string_view>
#include <vector>

namespace program {

/// The names of the files in a zip archive, by the directory at its end; where that is damaged or cut off,
/// the name that its beginning tells. They look into the bytes. At most a thousand: enough to know its kind.
std::vector<std::string_view> zip_members(std::string_view bytes);

}  // namespace program

#endif
