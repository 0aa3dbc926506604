// SPDX-License-Identifier: MIT
#ifndef NNGS_EXAMPLES_FILE_PATH_HPP
#define NNGS_EXAMPLES_FILE_PATH_HPP

#include <concepts>
#include <filesystem>
#include <string>

namespace program {

/// The file of this name. Names are UTF-8 here on every system; Windows, left alone, would take their bytes
/// for text in an older code page. Elsewhere any bytes may be a name, and stay as they are.
inline std::filesystem::path file_path(const std::string& name) {
  if constexpr (std::same_as<std::filesystem::path::value_type, char>)
    return name;
  else
    return std::u8string(name.begin(), name.end());
}

/// And back.
inline std::string file_name(const std::filesystem::path& path) {
  if constexpr (std::same_as<std::filesystem::path::value_type, char>) {
    return path.string();
  } else {
    const std::u8string name = path.u8string();
    return {name.begin(), name.end()};
  }
}

}  // namespace program

#endif
