// SPDX-License-Identifier: MIT
#ifndef NNGS_EXAMPLES_SPACE_NAMES_HPP
#define NNGS_EXAMPLES_SPACE_NAMES_HPP

#include <string>
#include <vector>

namespace program {

/// Names without what all of them begin and end with.
struct short_names {
  std::vector<std::string> names;
  std::string prefix, suffix;  // what was left out
};

/// Words and numbers stay whole: "layer_01.npy" and "layer_02.npy" are 01 and 02. No name becomes empty.
short_names shortened(const std::vector<std::string>& names);

/// The end of a name that fits so many columns of a terminal, "...ame"; all of it if it does.
std::string fitted(const std::string& name, std::size_t width);
/// How many columns it takes, with one for each character of UTF-8.
std::size_t width_of(const std::string& name);

}  // namespace program

#endif
