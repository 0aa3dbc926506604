// SPDX-License-Identifier: MIT
#include "named_arrays.hpp"

#include <algorithm>
#include <optional>

#include "file_error.hpp"
#include "printable.hpp"

namespace program {
namespace {

/// "'a', 'b', 'c' ...": at most eight, long enough to be written as they are.
std::string listed(const std::vector<std::string>& names) {
  constexpr std::size_t most = 8, longest = 200;
  std::string text;
  for (std::size_t i = 0; i < std::min(names.size(), most); ++i)
    text += (i == 0 ? "" : ", ") + in_quotes(names[i], longest);
  return text + (names.size() > most ? " ..." : "");
}

std::vector<std::string> names_of(const std::vector<named_array>& arrays) {
  std::vector<std::string> names;
  for (const named_array& one : arrays) names.push_back(one.name);
  return names;
}

}  // namespace

stored_array chosen_array(const std::string& path, const std::vector<named_array>& arrays,
                          const std::string& name) {
  if (!name.empty()) {
    const auto found =
        std::find_if(arrays.begin(), arrays.end(), [&](const named_array& one) { return one.name == name; });
    if (found == arrays.end())
      throw file_error(path, "holds no array " + in_quotes(name) + ", but " + listed(names_of(arrays)));
    return found->find();
  }
  if (arrays.size() == 1) return arrays.front().find();
  std::optional<stored_array> only;
  std::vector<std::string> matrices;
  for (const named_array& one : arrays) {
    try {
      only = one.find();
      matrices.push_back(one.name);
    } catch (const file_error&) {
      continue;  // no matrix, such as a scalar or words
    }
  }
  if (matrices.empty())
    throw file_error(path, "holds no matrix (n, d) of numbers, but " + listed(names_of(arrays)));
  if (matrices.size() > 1)
    throw file_error(path, "holds " + std::to_string(matrices.size()) + " matrices, " + listed(matrices) +
                               ": say which behind a colon, as in " + path + ":NAME");
  return *only;
}

}  // namespace program
