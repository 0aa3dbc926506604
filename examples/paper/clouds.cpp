// SPDX-License-Identifier: MIT
#include "clouds.hpp"

#include <cmath>

namespace paper {

double noise_amplitude(double decibels) { return std::pow(10, -decibels / 20); }

const std::vector<toy_case>& toy_cases() {
  static const std::vector<toy_case> cases{
      {"different scales", {{200, -1, 3, -1, 0.1, 0}, {200, 3, 0.1, 3, 3, 0}}},
      {"unbalanced", {{10, -1, 3, -1, 0.1, 0}, {1000, 3, 0.1, 3, 3, 0}}},
      {"noise within blobs",
       {{100, 0, 0.1, 0, 0.1, 0.5},
        {100, 1, 0.1, 1, 0.1, 0.5},
        {100, 2, 0.1, 2, 0.1, 0.5},
        {100, 3, 0.1, 3, 0.1, 0.5}}},
      {"shuffled blobs",
       {{100, 0, 0.1, 2, 0.1, 0},
        {100, 1, 0.1, 1, 0.1, 0},
        {100, 2, 0.1, 3, 0.1, 0},
        {100, 3, 0.1, 0, 0.1, 0}}}};
  return cases;
}

cloud_pair toy_clouds(const toy_case& which, std::uint32_t seed) {
  constexpr Eigen::Index columns = 20;
  Eigen::Index items = 0;
  for (const toy_blob& blob : which.blobs) items += blob.items;
  cloud_pair clouds{matrix(items, columns), matrix(items, columns)};
  numpy_random random(seed);
  Eigen::Index first = 0;
  for (const toy_blob& blob : which.blobs) {
    const matrix shape = random.normals(blob.items, columns);
    const matrix noise = random.normals(blob.items, columns);
    clouds.x.middleRows(first, blob.items) = (shape * blob.sd_x).array() + blob.mean_x;
    clouds.y.middleRows(first, blob.items) =
        (shape * blob.sd_y).array() + blob.mean_y + (noise * blob.noise).array();
    first += blob.items;
  }
  return clouds;
}

cloud_pair changed_blobs(Eigen::Index blobs, blob_change change, std::uint32_t seed) {
  constexpr Eigen::Index columns = 20, per_blob = 100;
  const double sd = change == blob_change::moved ? 1e-3 : 0.1;
  numpy_random random(seed);
  const matrix centres_x = 30 * random.normals(blobs, columns);
  const matrix centres_y =
      change == blob_change::noise ? centres_x : matrix(30 * random.normals(blobs, columns));
  cloud_pair clouds{matrix(blobs * per_blob, columns), matrix(blobs * per_blob, columns)};
  for (Eigen::Index blob = 0; blob < blobs; ++blob) {
    const matrix shape = sd * random.normals(per_blob, columns);
    clouds.x.middleRows(blob * per_blob, per_blob) = shape.rowwise() + centres_x.row(blob);
    clouds.y.middleRows(blob * per_blob, per_blob) = shape.rowwise() + centres_y.row(blob);
  }
  if (change != blob_change::moved) clouds.x += random.normals(clouds.x.rows(), columns);
  return clouds;
}

matrix make_blobs(Eigen::Index items, const matrix& centres, double sd, numpy_random& random) {
  const Eigen::Index per_blob = items / centres.rows();
  matrix in_order(per_blob * centres.rows(), centres.cols());
  for (Eigen::Index blob = 0; blob < centres.rows(); ++blob)
    in_order.middleRows(blob * per_blob, per_blob) =
        (sd * random.normals(per_blob, centres.cols())).rowwise() + centres.row(blob);
  return in_order(random.permutation(in_order.rows()), Eigen::seqN(0, in_order.cols()));
}

matrix on_circle(const Eigen::VectorXd& angles) {
  matrix points(angles.size(), 2);
  points << angles.array().cos(), angles.array().sin();
  return points;
}

}  // namespace paper
