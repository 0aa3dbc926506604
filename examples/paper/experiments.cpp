// SPDX-License-Identifier: MIT
#include "experiments.hpp"

#include "words_and_images.hpp"

namespace paper {

const std::vector<experiment>& experiments() {
  static const std::vector<experiment> all{
      {"white-noise", "White noise", white_noise},
      {"number-of-items", "The number of items", number_of_items},
      {"noise-level", "The level of noise", noise_level},
      {"dimension", "The dimension", dimension},
      {"toy-table", "The toy table", toy_table},
      {"toy-table-corrected", "The toy table, corrected for chance", toy_table_corrected},
      {"moved-blobs", "Moved blobs", moved_blobs},
      {"blobs-in-noise", "Moved clusters in white noise", blobs_in_noise},
      {"shuffled-blobs", "Shuffled blobs and noise within them", shuffled_blobs},
      {"arcs", "Points on arcs", arcs},
      {"down-sampling", "Which scale? Down-sampling", down_sampling},
      {"which-scale", "Which scale? Jitter, shuffled centres, noise", which_scale},
      {"analogies", "GloVe analogies", analogies},
      {"published-zero-shot", "Zero-shot CLIP, as published", published_zero_shot},
      {"zero-shot", "Zero-shot CLIP on LVIS", zero_shot},
      {"encoders", "CLIP, trained and with random weights", trained_and_random},
  };
  return all;
}

}  // namespace paper
