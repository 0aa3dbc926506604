// SPDX-License-Identifier: MIT
#ifndef NNGS_EXAMPLES_PAPER_MISSING_DATA_HPP
#define NNGS_EXAMPLES_PAPER_MISSING_DATA_HPP

#include <stdexcept>

namespace paper {

/// Files that an experiment needs are not there: which, and how to get them.
struct missing_data : std::runtime_error {
  using std::runtime_error::runtime_error;
};

}  // namespace paper

#endif
