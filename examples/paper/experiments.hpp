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

}  // namespace paper

#endif
