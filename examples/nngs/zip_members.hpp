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

/// The files in a zip archive; none where its directory is damaged or cut off.
std::vector<zip_member> zip_members(byte_source& archive);

/// The name of the file at the beginning of a zip archive, which is there without a directory: enough to know
/// the archive's kind. Empty where there is none.
std::string first_zip_name(byte_source& archive);

}  // namespace program

#endif
