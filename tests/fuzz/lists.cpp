// SPDX-License-Identifier: MIT
// Any bytes as a file of neighbour lists: a file_error, or lists of other items, each once, as the graphs and
// scores that stand on them take them unchecked.
#include <span>
#include <vector>

#include "../../examples/nngs/list_pair.hpp"
#include "../program/temporary_file.hpp"
#include "property.hpp"

namespace {

void check_lists(const program::list_file& file) {
  fuzz::require(file.sizes.size() == static_cast<std::size_t>(file.items()), "each item has a list");
  for (Eigen::Index item = 0; item < file.items(); ++item) {
    std::vector<bool> seen(static_cast<std::size_t>(file.items()), false);
    for (const std::uint32_t neighbor : file.first(item, file.depth())) {
      fuzz::require(neighbor < file.items() && neighbor != item && !seen[neighbor],
                    "a list names other items, each once");
      seen[neighbor] = true;
    }
  }
}

void open_and_check(const temporary_file& file, bool missing_allowed) {
  try {
    const program::list_file lists = program::open_lists(file.path(), {}, missing_allowed);
    check_lists(lists);
    const program::list_pair pair{lists, lists};
    for (const program::partial_score& one : program::score_lists(pair, {1, pair.depth()}))
      fuzz::require(
          one.observed.jaccard == 1 && one.expected_jaccard >= 0 && one.expected_jaccard <= 1 + 1e-12,
          "lists are like themselves, and chance is a mean of Jaccard similarities");
    if (lists.short_lists(lists.depth()) > 0) return;
    fuzz::require(program::to_graph(lists, lists.depth()).size() == lists.items(), "whole lists are a graph");
  } catch (const program::file_error& error) {
    fuzz::require_printable(error, file.path());
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  for (const char* const extension : {".ivecs", ""}) {
    const temporary_file file(fuzz::as_text(data, size), extension);
    open_and_check(file, false);
    open_and_check(file, true);
  }
  return 0;
}
