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

/// Where values are cut, before anything else: see clamp.hpp.
struct clamp_choice {
  double quantile = 1;     // of the magnitudes; 1: nothing is cut
  bool of_rows = false;    // that of each row, averaged, not that of all values
  std::string text = "1";  // as it was given
};

/// How files of items are read; the same options for every command.
struct input_options {
  names_choice names = names_choice::automatic;
  std::vector<std::string> skip;  // columns to leave out: names in the header, or numbers counted from 1
  bool join = false;              // pair the rows by name
  clamp_choice clamp = {};
};

}  // namespace program

#endif
