// SPDX-License-Identifier: MIT
#ifndef NNGS_EXAMPLES_LIST_FILE_HPP
#define NNGS_EXAMPLES_LIST_FILE_HPP

#include <Eigen/Core>
#include <cstdint>
#include <nngs/points.hpp>
#include <span>
#include <string>
#include <vector>

#include "input_options.hpp"

namespace program {

/// Neighbour lists that somebody else found, read from a file: row i has the neighbours of item i, nearest
/// first, each of them another item in [0, n) and none twice. The item itself is left out wherever it stood.
struct list_file {
  std::string path;
  std::string element_type;                  // "int64", "ivecs", "BigANN"
  nngs::row_major<std::uint32_t> neighbors;  // n x depth; of a row, the first sizes[i] are there
  std::vector<Eigen::Index> sizes;           // in [0, depth]; all of them depth where nothing is missing
  nngs::row_major<float> distances;          // n x depth, or none; ascending as far as neighbours are there
  std::vector<std::string> notes = {};       // what was left out or is odd, for people

  Eigen::Index items() const { return neighbors.rows(); }
  Eigen::Index depth() const { return neighbors.cols(); }
  bool has_distances() const { return distances.size() > 0; }
  /// The first k of an item's neighbours, as far as they are there.
  std::span<const std::uint32_t> first(Eigen::Index item, Eigen::Index k) const;
  /// Lists with fewer than k neighbours.
  Eigen::Index short_lists(Eigen::Index k) const;
  /// Whether the item's k-th and next neighbours are equally far, as far as distances came along.
  bool tied(Eigen::Index item, Eigen::Index k) const;
};

/// Reads `.npy` of any integer type, n x K; `.ivecs`; and the BigANN ground truth: n and K, n K ids, n K
/// distances. The first is known by its first bytes, the others by the end of the name and by their size;
/// "-" is standard input, a `.npy`. -1 stands for a neighbour that is not there, as does what a shorter list
/// of `.ivecs` lacks; so does the largest number of an unsigned type, unless it is an item. Of the options,
/// --skip counts. Throws file_error, with counts and the way out, for files of other kinds, items that are
/// not there, items twice in a list, distances that do not ascend, and, unless `missing_allowed`, for lists
/// shorter than the others.
list_file open_lists(const std::string& path, const input_options& options, bool missing_allowed);

}  // namespace program

#endif
