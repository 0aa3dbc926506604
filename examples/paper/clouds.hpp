// SPDX-License-Identifier: MIT
#ifndef NNGS_EXAMPLES_PAPER_CLOUDS_HPP
#define NNGS_EXAMPLES_PAPER_CLOUDS_HPP

#include <Eigen/Core>
#include <cstdint>
#include <nngs/points.hpp>
#include <string>
#include <vector>

#include "numpy_random.hpp"

// The point clouds of the paper's experiments on made data. Numbers are drawn in the order of the published
// code, so that a seed gives its clouds.

namespace paper {

using matrix = nngs::row_major<double>;

/// Two clouds of the same items.
struct cloud_pair {
  matrix x, y;
};

/// The amplitude of noise so many decibels below a signal of amplitude 1.
double noise_amplitude(double decibels);

/// The same normal points twice, scaled and moved differently; y with noise on top. Every coordinate has the
/// same mean.
struct toy_blob {
  Eigen::Index items;
  double mean_x, sd_x, mean_y, sd_y, noise;
};
struct toy_case {
  std::string name;
  std::vector<toy_blob> blobs;
};

/// The four cases of the paper's table, in its order.
const std::vector<toy_case>& toy_cases();

/// A case in 20 dimensions.
cloud_pair toy_clouds(const toy_case& which, std::uint32_t seed);

/// What becomes of blobs between x and y.
enum class blob_change { noise, moved, moved_with_noise };

/// Blobs of 100 items in 20 dimensions around centres far apart; `noise` is much wider than they are.
cloud_pair changed_blobs(Eigen::Index blobs, blob_change change, std::uint32_t seed);

/// scikit-learn's `make_blobs`: as many items around each centre, in shuffled order.
matrix make_blobs(Eigen::Index items, const matrix& centres, double sd, numpy_random& random);

/// Points on the unit circle at the given angles.
matrix on_circle(const Eigen::VectorXd& angles);

}  // namespace paper

#endif
