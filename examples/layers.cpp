// SPDX-License-Identifier: MIT
// Which layers of which networks see the same neighbourhoods? Prints a heat map of every layer against every
// other. The networks are made up: the first two read the same input, the third another.
#include <algorithm>
#include <cmath>
#include <iostream>
#include <nngs/nngs.hpp>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace {

/// Each layer turns the one before it into new features and forgets some of it.
std::vector<Eigen::MatrixXf> network(Eigen::MatrixXf layer, unsigned seed) {
  std::mt19937 random(seed);
  std::normal_distribution<float> normal;
  const auto weights = [&](Eigen::Index rows, Eigen::Index columns) {
    return Eigen::MatrixXf::NullaryExpr(rows, columns, [&] { return normal(random); }).eval();
  };
  std::vector<Eigen::MatrixXf> layers;
  for (int depth = 0; depth < 4; ++depth) {
    layer = (layer * weights(layer.cols(), 48) / std::sqrt(static_cast<float>(layer.cols())) +
             0.3F * weights(layer.rows(), 48))
                .array()
                .tanh();
    layers.push_back(layer);
  }
  return layers;
}

}  // namespace

int main() {
  const Eigen::MatrixXf input = Eigen::MatrixXf::Random(1000, 16), other = Eigen::MatrixXf::Random(1000, 16);

  std::vector<nngs::neighbor_graph> layers;  // searched once each
  for (const auto& one : {network(input, 1), network(input, 2), network(other, 3)})
    for (const Eigen::MatrixXf& layer : one) layers.push_back(nngs::build_graph(layer, 10, nngs::cosine{}));

  const nngs::similarity_matrix all(layers, {10});
  const Eigen::MatrixXd adjusted = all.adjusted(10);
  constexpr std::string_view shades = " .:-=+*#%@";  // from 0 to 1, by the root of the score
  for (Eigen::Index row = 0; row < all.rows(); ++row) {
    for (Eigen::Index column = 0; column < all.cols(); ++column) {
      const double shade = 9.99 * std::sqrt(std::clamp(adjusted(row, column), 0.0, 1.0));
      std::cout << std::string(2, shades[static_cast<std::size_t>(shade)]);
    }
    std::cout << "   network " << row / 4 + 1 << ", layer " << row % 4 + 1 << '\n';
  }

  const auto test = nngs::permutation_test(layers, {.count = 99, .k = {10}}).jaccard;
  std::cout << "most alike, beside chance: layers " << test.best().row << " and " << test.best().column
            << ", p " << test.best_p() << " for the best of all pairs (layers counted from 0)\n";
}
