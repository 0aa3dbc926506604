// SPDX-License-Identifier: MIT
#ifndef NNGS_TESTS_MESSAGE_OF_HPP
#define NNGS_TESTS_MESSAGE_OF_HPP

#include <string>

#include "../../examples/nngs/file_error.hpp"

/// What the file_error says that the action throws; a sentence no error says if it throws none.
template <class Action>
std::string message_of(Action action) {
  try {
    action();
  } catch (const program::file_error& error) {
    return error.what();
  }
  return "(no file_error)";
}

#endif
