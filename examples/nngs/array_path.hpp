// SPDX-License-Identifier: MIT
#ifndef NNGS_EXAMPLES_ARRAY_PATH_HPP
#define NNGS_EXAMPLES_ARRAY_PATH_HPP

#include <string>
#include <vector>

namespace program {

/// FILE:NAME, an array of a file that holds several; the name is empty where the words name a file alone.
struct array_path {
  std::string file, array;
};

/// Names of files and of arrays may hold colons: FILE is the longest part in front of one that is a file,
/// where the whole is none.
array_path split_array(const std::string& words);

/// @LIST names a matrix in several files, one name a line, in the order of their rows: those names. Any other
/// words are one name. Throws file_error for a list that cannot be read, that is no regular file, for it is
/// read more than once, and that names nothing.
std::vector<std::string> names_of_parts(const std::string& words);

/// The files that are read for these words.
std::vector<std::string> files_of(const std::string& words);

}  // namespace program

#endif
