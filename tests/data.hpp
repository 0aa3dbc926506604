// SPDX-License-Identifier: MIT
// Real embeddings are too large for the repository: the environment variable NNGS_DATA names a folder that
// has them.
#ifndef NNGS_TESTS_DATA_HPP
#define NNGS_TESTS_DATA_HPP

#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <string>
#include <vector>

namespace data {

/// The folder, or an empty path.
inline std::filesystem::path folder() {
  const char* const named = std::getenv("NNGS_DATA");
  return named == nullptr ? "" : named;
}

/// Whether all these files of the folder are there. If not, a test returns at once: CTest takes what is said
/// here as the sign that the test was skipped.
inline bool present(const std::vector<std::string>& files) {
  if (folder().empty()) {
    std::cerr << "skipped: the environment variable NNGS_DATA names no folder of embeddings\n";
    return false;
  }
  for (const std::string& file : files) {
    if (std::filesystem::exists(folder() / file)) continue;
    std::cerr << "skipped: there is no " << (folder() / file).string() << '\n';
    return false;
  }
  return true;
}

}  // namespace data

#endif
