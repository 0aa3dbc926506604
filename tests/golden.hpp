// SPDX-License-Identifier: MIT
// Reads the values and the matrices of tests/golden.
#ifndef NNGS_TESTS_GOLDEN_HPP
#define NNGS_TESTS_GOLDEN_HPP

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>
#include <variant>
#include <vector>

#include "../examples/nngs/matrix_file.hpp"
#include "data.hpp"

namespace golden {

using nlohmann::json;

inline const std::filesystem::path folder = NNGS_TEST_GOLDEN;

inline json read(const std::string& name) {
  std::ifstream file(folder / name);
  if (!file) throw std::runtime_error("there is no " + (folder / name).string());
  return json::parse(file);
}

inline const std::string data_prefix = "data/";

/// Whether the real embeddings that these entries name are there; false is the word for ctest, as in
/// data::present.
inline bool has_data(const json& entries) {
  std::vector<std::string> files;
  for (const json& entry : entries)
    for (const char* side : {"x", "y"})
      files.push_back(entry[side].get<std::string>().substr(data_prefix.size()));
  return data::present(files);
}

/// A matrix by its name in the values: a file of this folder or, after "data/", one of the folder NNGS_DATA.
inline nngs::row_major<double> read_matrix(const std::string& name) {
  const std::filesystem::path path =
      name.rfind(data_prefix, 0) == 0 ? data::folder() / name.substr(data_prefix.size()) : folder / name;
  const auto file = program::open_matrix(path.string());
  return std::visit(
      [](const auto& values) { return nngs::row_major<double>(values.template cast<double>()); },
      file.values);
}

}  // namespace golden

#endif
