// SPDX-License-Identifier: MIT
#ifndef NNGS_EXAMPLES_PAPER_WORDS_AND_IMAGES_HPP
#define NNGS_EXAMPLES_PAPER_WORDS_AND_IMAGES_HPP

#include "analogies.hpp"
#include "experiment.hpp"
#include "zero_shot.hpp"

namespace paper {

/// GloVe analogies: does NNGS of the two words of a relation go with the analogies that the vectors solve? On
/// the GloVe 6B 100d vectors of the data folder.
section analogies(const settings& chosen);

/// Zero-shot classification: do the published correlations follow from the published figures? Needs no data.
section published_zero_shot(const settings& chosen);

/// Does NNGS of classes and prompts go with accuracy? On the LVIS classes of the data folder.
section zero_shot(const settings& chosen);

/// CLIP, trained and with random weights, on the pairs of the data folder.
section trained_and_random(const settings& chosen);

/// The tables and the plot of any vectors; published numbers beside them.
section analogy_section(const analogy_study& study);

/// The tables and the plot of any model's images and prompts.
section zero_shot_section(const zero_shot_study& study);

}  // namespace paper

#endif
