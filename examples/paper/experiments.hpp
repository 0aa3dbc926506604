// SPDX-License-Identifier: MIT
#ifndef NNGS_EXAMPLES_PAPER_EXPERIMENTS_HPP
#define NNGS_EXAMPLES_PAPER_EXPERIMENTS_HPP

#include <vector>

#include "experiment.hpp"

namespace paper {

/// All of them, in the order of the report.
const std::vector<experiment>& experiments();

section white_noise(const settings& asked);
section number_of_items(const settings& asked);
section noise_level(const settings& asked);
section dimension(const settings& asked);
section toy_table(const settings& asked);
section toy_table_corrected(const settings& asked);
section moved_blobs(const settings& asked);
section blobs_in_noise(const settings& asked);
section shuffled_blobs(const settings& asked);
section arcs(const settings& asked);
section down_sampling(const settings& asked);
section which_scale(const settings& asked);

/// GloVe analogies: does NNGS of the two words of a relation go with the analogies that the vectors solve? On
/// the GloVe 6B 100d vectors of the data folder.
section analogies(const settings& asked);

/// Zero-shot classification: do the published correlations follow from the published figures? Needs no data.
section published_zero_shot(const settings& asked);

/// Does NNGS of classes and prompts go with accuracy? On the LVIS classes of the data folder.
section zero_shot(const settings& asked);

/// CLIP, trained and with random weights, on the pairs of the data folder.
section trained_and_random(const settings& asked);

}  // namespace paper

#endif
