// SPDX-License-Identifier: MIT
#ifndef NNGS_EXAMPLES_PAPER_WORDS_AND_IMAGES_HPP
#define NNGS_EXAMPLES_PAPER_WORDS_AND_IMAGES_HPP

#include "analogies.hpp"
#include "experiments.hpp"
#include "zero_shot.hpp"

namespace paper {

/// The tables and the plot of any vectors; published numbers beside them.
section analogy_section(const analogy_study& study);

/// The tables and the plot of any model's images and prompts.
section zero_shot_section(const zero_shot_study& study);

}  // namespace paper

#endif
