// SPDX-License-Identifier: MIT
#ifndef NNGS_EXAMPLES_KEPT_LISTS_HPP
#define NNGS_EXAMPLES_KEPT_LISTS_HPP

#include <Eigen/Core>
#include <array>
#include <cstdint>
#include <filesystem>
#include <nngs/neighbor_graph.hpp>
#include <optional>
#include <string>
#include <vector>

#include "matrix_file.hpp"

namespace program {

/// What decides the lists of a matrix, but for their depth: where all of it is the same, so are the lists.
struct list_facts {
  Eigen::Index n;                     // items
  std::string metric;                 // by its name
  std::string ties;                   // as --ties has it
  std::string clamp;                  // as --clamp has it
  std::array<std::uint64_t, 2> data;  // a hash of the shape and of all values as doubles, in row order
};

/// Of the rows that are searched: after --skip, --join and --clamp. Whatever the file is called, and whether
/// it holds floats or doubles. O(n d).
list_facts facts_of(const matrix_file& matrix, const std::string& metric, const std::string& ties,
                    const std::string& clamp);

/// A folder of neighbour lists that were searched once, each in a file of its own: the bytes of
/// nngs/serialize.hpp under a name that has the facts, the depth, and the version of the library, for another
/// may give other lists. Several programs may use one folder at the same time: files are written under
/// another name and renamed when they are whole.
class kept_lists {
 public:
  /// Makes the folder where there is none. Throws file_error where it cannot.
  explicit kept_lists(const std::string& folder);

  /// The graph at this depth: from the folder, where lists of these facts and as deep or deeper are there and
  /// whole; else what `search` finds, which is kept. Exceptions of `search` pass.
  template <class Search>
  nngs::neighbor_graph graph(const list_facts& facts, Eigen::Index depth, const Search& search) {
    if (std::optional<nngs::neighbor_graph> found = find(facts, depth)) return *std::move(found);
    nngs::neighbor_graph searched = search();
    keep(facts, searched);
    return searched;
  }

  /// The least deep that serve, cut to the depth. Files that are damaged become a note.
  std::optional<nngs::neighbor_graph> find(const list_facts& facts, Eigen::Index depth);
  /// Takes the place of a file of the same name. What cannot be written becomes a note: the lists are right.
  void keep(const list_facts& facts, const nngs::neighbor_graph& graph);

  /// What went wrong so far, for people.
  const std::vector<std::string>& notes() const { return notes_; }

 private:
  std::filesystem::path folder_;
  std::vector<std::string> notes_;
};

}  // namespace program

#endif
