// SPDX-License-Identifier: MIT
#ifndef NNGS_EXAMPLES_PAPER_NEXT_WORD_HPP
#define NNGS_EXAMPLES_PAPER_NEXT_WORD_HPP

#include <algorithm>
#include <string_view>

namespace paper {

/// Cuts the next word off the front of a line, at spaces and tabs; empty at its end.
inline std::string_view next_word(std::string_view& line) {
  constexpr std::string_view white_space = " \t";
  line.remove_prefix(std::min(line.find_first_not_of(white_space), line.size()));
  const std::string_view word = line.substr(0, line.find_first_of(white_space));
  line.remove_prefix(word.size());
  return word;
}

}  // namespace paper

#endif
