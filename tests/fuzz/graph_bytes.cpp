// SPDX-License-Identifier: MIT
// Any bytes as a graph, as tallies or as lists of pieces: an input_error, or what gives the same bytes when
// it is written again. Bytes are read as they are, and with the checksum that belongs to them: nothing else
// gets past it.
#include <algorithm>
#include <nngs/serialize.hpp>
#include <span>
#include <string_view>
#include <vector>

#include "property.hpp"

namespace {

using bytes = std::vector<std::byte>;

void check(const bytes& given) {
  const auto require_sentence = [](const nngs::input_error& error) {
    fuzz::require(std::string_view(error.what()).size() > 30, "the error is a sentence");
  };
  try {
    const nngs::neighbor_graph graph = nngs::graph_from_bytes(given);
    fuzz::require(nngs::to_bytes(graph) == given, "a graph gives the bytes that it was read from");
    for (Eigen::Index item = 0; item < graph.size(); ++item)
      for (const auto neighbor : graph.neighbors(item))
        fuzz::require(neighbor < graph.size() && neighbor != item, "each list names other items");
  } catch (const nngs::input_error& error) {
    require_sentence(error);
  }
  try {
    const std::vector<nngs::overlap_tally> tallies = nngs::tallies_from_bytes(given);
    fuzz::require(nngs::to_bytes(tallies) == given, "tallies give the bytes that they were read from");
    for (const nngs::overlap_tally& tally : tallies)
      fuzz::require(tally.items() == 0 || (tally.mean_overlap() >= 0 && tally.mean_overlap() <= 1 &&
                                           tally.mean_jaccard() >= 0 && tally.mean_jaccard() <= 1),
                    "means are in [0, 1]");
  } catch (const nngs::input_error& error) {
    require_sentence(error);
  }
  try {
    const nngs::nearest_lists lists = nngs::lists_from_bytes(given);
    fuzz::require(nngs::to_bytes(lists) == given, "lists give the bytes that they were read from");
    for (Eigen::Index place = 0; place < static_cast<Eigen::Index>(lists.rows().size()); ++place)
      for (const auto neighbor : lists.neighbors(place))
        fuzz::require(neighbor < lists.items() && neighbor != lists.rows()[static_cast<std::size_t>(place)],
                      "each list names other items");
    nngs::nearest_lists sum(lists.rows(), lists.items(), lists.depth(), lists.ties());
    sum += lists;
    fuzz::require(sum == lists, "lists add up to themselves");
  } catch (const nngs::input_error& error) {
    require_sentence(error);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto given = std::as_bytes(std::span(data, size));
  bytes some(given.begin(), given.end());
  check(some);
  const std::uint64_t sum = nngs::detail::base::checksum(some);
  for (int i = 0; i < 8; ++i) some.push_back(static_cast<std::byte>(sum >> (8 * i) & 0xFF));
  check(some);
  return 0;
}
