// SPDX-License-Identifier: MIT
#ifndef NNGS_EXAMPLES_PAPER_ENCODED_PAIR_HPP
#define NNGS_EXAMPLES_PAPER_ENCODED_PAIR_HPP

#include <Eigen/Core>
#include <cstddef>
#include <numeric>
#include <string>
#include <vector>

#include "data_files.hpp"
#include "experiment.hpp"
#include "zero_shot.hpp"

namespace paper {

/// The same items seen by two encoders, each a class of its own.
struct encoded_pair {
  std::string name;
  embeddings images, texts;
};

/// Throws missing_data and program::file_error. Reduced to 200 items where the settings say so.
inline encoded_pair read_pair(const settings& chosen, const std::string& name, const std::string& image_file,
                              const std::string& text_file) {
  const auto read = [&](const std::string& file) {
    embeddings values = read_embeddings(data_file(
        chosen.data, file, "--data names the folder that has it; its public source is in the report"));
    if (chosen.reduced) values.conservativeResize(200, Eigen::NoChange);
    return values;
  };
  return {name, read(image_file), read(text_file)};
}

inline encoded_pair read_lvis(const settings& chosen) {
  return read_pair(chosen, "LVIS", "lvis_clip_image.npy", "lvis_clip_text.npy");
}

inline std::vector<Eigen::Index> own_classes(const encoded_pair& pair) {
  std::vector<Eigen::Index> labels(static_cast<std::size_t>(pair.images.rows()));
  std::iota(labels.begin(), labels.end(), Eigen::Index{0});
  return labels;
}

}  // namespace paper

#endif
