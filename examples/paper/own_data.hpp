// SPDX-License-Identifier: MIT
#ifndef NNGS_EXAMPLES_PAPER_OWN_DATA_HPP
#define NNGS_EXAMPLES_PAPER_OWN_DATA_HPP

#include <CLI/CLI.hpp>
#include <functional>

#include "experiment.hpp"

namespace paper {

/// The section of an experiment on a person's own files. It throws program::file_error, and
/// std::invalid_argument for files that do not fit together.
using own_experiment = std::function<section(const settings&)>;

/// Adds the sub-commands analogies-of (word vectors) and zero-shot-of (images and prompts), which hand what
/// is to be run to `use` once the command line is read.
void add_own_data_commands(CLI::App& program, const std::function<void(own_experiment)>& use);

}  // namespace paper

#endif
