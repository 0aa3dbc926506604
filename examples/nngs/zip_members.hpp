// SPDX-License-Identifier: MIT
#ifndef NNGS_EXAMPLES_ZIP_MEMBERS_HPP
#define NNGS_EXAMPLES_ZIP_MEMBERS_HPP

#include <cstdint>
#include <string>
#include <vector>

#include "byte_source.hpp"

namespace program {

/// A file in a zip archive, as the directory at its end tells; nothing of it is checked.
struct zip_member {
  std::string name;
  bool encrypted = false;
  unsigned method = 0;                      // 0: stored as it is; 8: deflated
  std::uint64_t packed_size = 0, size = 0;  // in the archive, and as it was
  std::uint64_t header = 0;                 // where it begins in the archive
};

/// The files in a zip archive. Where the directory is damaged or cut off, the name alone that its beginning
/// tells: enough to know its kind.
std::vector<zip_member> zip_members(byte_source& archive);

}  // namespace program

#endif
