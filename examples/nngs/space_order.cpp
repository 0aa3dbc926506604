// SPDX-License-Identifier: MIT
#include "space_order.hpp"

#include <algorithm>
#include <cstddef>
#include <limits>
#include <utility>

namespace program {
namespace {

using leaves = std::vector<Eigen::Index>;

/// The mean distance between the members of two clusters.
double average_distance(const leaves& a, const leaves& b, const Eigen::MatrixXd& distances) {
  double sum = 0;
  for (const Eigen::Index i : a)
    for (const Eigen::Index j : b) sum += distances(i, j);
  return sum / static_cast<double>(a.size() * b.size());
}

/// Two branches behind each other, turned so that the leaves that meet are the closest of the four ways.
leaves joined(leaves a, leaves b, const Eigen::MatrixXd& distances) {
  double closest = std::numeric_limits<double>::infinity();
  bool turn_a = false, turn_b = false;
  for (const bool turned_a : {false, true})
    for (const bool turned_b : {false, true}) {
      const double between = distances(turned_a ? a.front() : a.back(), turned_b ? b.back() : b.front());
      if (!(between < closest)) continue;
      closest = between;
      turn_a = turned_a;
      turn_b = turned_b;
    }
  if (turn_a) std::reverse(a.begin(), a.end());
  if (turn_b) std::reverse(b.begin(), b.end());
  a.insert(a.end(), b.begin(), b.end());
  return a;
}

}  // namespace

std::vector<Eigen::Index> clustered_order(const Eigen::MatrixXd& distances) {
  std::vector<leaves> clusters;
  for (Eigen::Index space = 0; space < distances.rows(); ++space) clusters.push_back({space});
  Eigen::MatrixXd between = distances;  // of the clusters that are left, in their order
  while (clusters.size() > 1) {
    const auto count = static_cast<Eigen::Index>(clusters.size());
    Eigen::Index first = 0, second = 1;
    for (Eigen::Index i = 0; i < count; ++i)
      for (Eigen::Index j = i + 1; j < count; ++j)
        if (between(i, j) < between(first, second)) {
          first = i;
          second = j;
        }
    const auto a = static_cast<std::size_t>(first), b = static_cast<std::size_t>(second);
    clusters[a] = joined(std::move(clusters[a]), std::move(clusters[b]), distances);
    clusters.erase(clusters.begin() + second);
    for (Eigen::Index column = second; column + 1 < count; ++column)
      between.col(column) = between.col(column + 1);
    for (Eigen::Index row = second; row + 1 < count; ++row) between.row(row) = between.row(row + 1);
    for (std::size_t other = 0; other < clusters.size(); ++other) {
      const auto place = static_cast<Eigen::Index>(other);
      between(first, place) = between(place, first) =
          average_distance(clusters[a], clusters[other], distances);
    }
  }
  return clusters.empty() ? leaves{} : clusters.front();
}

}  // namespace program
