// SPDX-License-Identifier: MIT
// What is evaluated by formulas: other compilers, processors and C libraries may round otherwise, and no
// more.
#include <cmath>
#include <iomanip>
#include <limits>
#include <nngs/nngs.hpp>
#include <string>

#include "../catch.hpp"
#include "reference.hpp"

using Eigen::MatrixXd;

TEST_CASE("fixed data give the formulas' values in this table but for rounding, whatever built it") {
  const MatrixXd normal = reference::normal_matrix(20, 600, 30),
                 shifted = normal + reference::normal_matrix(21, 600, 30);
  const auto check = [](const std::string& name, double value, double expected) {
    INFO(name << ": " << std::setprecision(std::numeric_limits<double>::max_digits10) << value);
    CHECK(std::abs(value - expected) <= 1e-12 * std::abs(expected));
  };
  const nngs::neighbor_graph x = nngs::build_graph(normal, 40), y = nngs::build_graph(shifted, 40);
  const nngs::tested_score judged = nngs::judge(x, y, 40);
  const nngs::sampled_score sampled =
      nngs::sample_similarity(normal, shifted, 10, nngs::euclidean{}, {.rows = 200});
  const nngs::item_score item = nngs::test_items(x, y, 40)[0];
  check("minkowski", nngs::similarity(normal, shifted, 10, nngs::minkowski{2.5}), 0.071902079545268394);
  check("chance", nngs::chance(600, 40).jaccard, 0.034949891971171251);
  check("adjusted", judged.adjusted, 0.11729000184236926);
  check("z", judged.overlap_z, 56.525886052192526);
  check("standard deviation", judged.overlap_sd, 0.0033349977605036472);
  check("standard error", sampled.jaccard.standard_error, 0.0033978510035914461);
  check("lower end", sampled.jaccard.lower, 0.06687901127808614);
  check("upper end", sampled.jaccard.upper, 0.085915909401941395);
  check("p of an item", item.p, 2.4173860033979939e-07);
  check("adjusted p of an item", item.adjusted_p, 1.2396851299476892e-06);
  const auto check_kernel = [&](const std::string& name, const nngs::cka_result& cka, double biased,
                                double debiased, double by_chance) {
    check(name, cka.biased.value, biased);
    check("debiased " + name, cka.debiased.value, debiased);
    check("chance of " + name, cka.chance, by_chance);
  };
  check_kernel("linear CKA", nngs::cka(normal, shifted, nngs::linear{}), 0.519844164713681,
               0.49573579943728913, 0.047566959274933353);
  check_kernel("RBF CKA", nngs::cka(normal, shifted, nngs::rbf{}), 0.5317786182473685, 0.49155968760501728,
               0.07884632617493563);
}
