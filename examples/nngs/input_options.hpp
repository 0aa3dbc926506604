// SPDX-License-Identifier: MIT
#ifndef NNGS_EXAMPLES_INPUT_OPTIONS_HPP
#define NNGS_EXAMPLES_INPUT_OPTIONS_HPP

#include <string>
#include <vector>

namespace program {

/// Which column of a file holds the names of its items.
enum class names_choice {
  automatic,  // the file tells: see table_layout.hpp
  first,
  none
};

/// How files of items are read; the same options for every command.
struct input_options {
  names_choice names = names_choice::automatic;
  std::vector<std::string> skip;  // columns to leave out: names in the header, or numbers counted from 1
  bool join = false;              // pair the rows by name
};

}  // namespace program

#endif
