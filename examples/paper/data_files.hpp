// SPDX-License-Identifier: MIT
#ifndef NNGS_EXAMPLES_PAPER_DATA_FILES_HPP
#define NNGS_EXAMPLES_PAPER_DATA_FILES_HPP

#include <filesystem>
#include <string>

#include "missing_data.hpp"

namespace paper {

/// The path of a file in the data folder, which must be there: else missing_data, which says what to do.
inline std::string data_file(const std::filesystem::path& folder, const std::string& name,
                             const std::string& what_to_do) {
  const std::filesystem::path file = folder / name;
  if (!std::filesystem::exists(file)) throw missing_data(file.string() + " is not there: " + what_to_do);
  return file.string();
}

}  // namespace paper

#endif
