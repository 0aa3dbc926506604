// SPDX-License-Identifier: MIT
// Clouds without chance: points on arcs whose distances change and whose order does not.
#include <cmath>
#include <limits>
#include <nngs/nngs.hpp>
#include <numbers>

#include "clouds.hpp"
#include "curve_plot.hpp"
#include "experiments.hpp"
#include "markdown_table.hpp"
#include "numbers.hpp"

namespace paper {
namespace {

constexpr double pi = std::numbers::pi;

Eigen::VectorXd from_to(double first, double last, Eigen::Index count) {
  return Eigen::VectorXd::LinSpaced(count, first, last);
}

matrix stacked(const matrix& above, const matrix& below) {
  matrix both(above.rows() + below.rows(), above.cols());
  both << above, below;
  return both;
}

/// Evenly spaced on half a circle; in y the fraction t of the way becomes t^power.
cloud_pair crowded_half_circle(Eigen::Index items, double power) {
  const Eigen::VectorXd way = from_to(0, 1, items);
  return {on_circle(pi * way), on_circle(pi * way.array().pow(power).matrix())};
}

/// Two arcs of 100 and of 10 points, the long one in x the short one in y, on an ellipse ten times as high as
/// wide.
cloud_pair traded_arcs() {
  const auto ellipse = [](const matrix& a, const matrix& b) {
    matrix points = stacked(a, b);
    points.col(1) *= 10;
    return points;
  };
  return {ellipse(on_circle(from_to(pi / 2, pi, 100)), on_circle(from_to(1.5 * pi, 1.6 * pi, 10))),
          ellipse(on_circle(from_to(0, pi / 8, 100)), on_circle(from_to(pi, 2 * pi, 10)))};
}

/// Ten groups of ten points on half a circle; in y the groups crowd together at one end, the first ones
/// overlapping.
cloud_pair crowded_groups() {
  constexpr Eigen::Index groups = 10, per_group = 10;
  const double half_width = 0.1 * pi / groups;
  const auto on_arcs = [&](double power) {
    Eigen::VectorXd angles(groups * per_group);
    for (Eigen::Index group = 0; group < groups; ++group) {
      const double centre = pi * std::pow(static_cast<double>(group) / (groups - 1), power);
      angles.segment(group * per_group, per_group) =
          from_to(centre - half_width, centre + half_width, per_group);
    }
    // Evenly spaced neighbours left and right tie. Rounding settles such ties alike on every machine.
    return matrix((on_circle(angles) * 1e12).array().round() / 1e12);
  };
  return {on_arcs(1), on_arcs(3)};
}

double cka_of(const cloud_pair& clouds) { return nngs::linear_cka(clouds.x, clouds.y, nngs::serial{}); }

double nngs_of(const cloud_pair& clouds, Eigen::Index k) {
  return nngs::similarity(clouds.x, clouds.y, k, nngs::euclidean{}, nngs::serial{});
}

plot_file map_of(const cloud_pair& clouds) {
  constexpr double smaller = 0.8;
  plotted_curve x{"X", blue, {}, {}, {}, curve_look::points},
      y{"Y, drawn smaller", orange, {}, {}, {}, curve_look::points};
  plotted_curve pairs{"same item", "#c8c8c8", {}, {}, {}};
  const double gap = std::numeric_limits<double>::quiet_NaN();
  for (Eigen::Index i = 0; i < clouds.x.rows(); ++i) {
    x.x.push_back(clouds.x(i, 0));
    x.y.push_back(clouds.x(i, 1));
    y.x.push_back(smaller * clouds.y(i, 0));
    y.y.push_back(smaller * clouds.y(i, 1));
    pairs.x.insert(pairs.x.end(), {x.x.back(), y.x.back(), gap});
    pairs.y.insert(pairs.y.end(), {x.y.back(), y.y.back(), gap});
  }
  return {"arcs-map", plot_commands({"Fifty points: even in X, crowded in Y",
                                     "first coordinate",
                                     "second coordinate",
                                     {-1.1, 1.1},
                                     {-0.1, 1.1},
                                     {pairs, x, y},
                                     true})};
}

}  // namespace

section arcs(const settings& asked) {
  section result;
  markdown_table table({"clouds", "linear CKA, theirs", "ours", "NNGS, theirs", "ours", "agree"});
  const cloud_pair traded = traded_arcs(), groups = crowded_groups();
  const auto agree = [](double published, double ours) { return std::abs(published - ours) < 0.00005; };
  const double traded_cka = cka_of(traded), traded_nngs = nngs_of(traded, 5);
  const double groups_cka = cka_of(groups), groups_nngs = nngs_of(groups, 5);
  constexpr double published_traded_cka = .24424804, published_traded_nngs = .64935065;
  constexpr double published_groups_cka = .83073110, published_groups_nngs = .70702381;
  table.add(
      {"two arcs trade lengths, k = 5", fixed(published_traded_cka, 4), fixed(traded_cka, 4),
       fixed(published_traded_nngs, 4), fixed(traded_nngs, 4),
       agree(published_traded_cka, traded_cka) && agree(published_traded_nngs, traded_nngs) ? "yes" : "no"});
  table.add({"ten groups crowd together, k = 5", fixed(published_groups_cka, 4), fixed(groups_cka, 4),
             fixed(published_groups_nngs, 4), fixed(groups_nngs, 4),
             agree(published_groups_cka, groups_cka) && agree(published_groups_nngs, groups_nngs)
                 ? "yes"
                 : "CKA only"});
  csv_file known{"arcs-of-the-notebook", {"clouds", "k", "cka_linear", "nngs"}, {}};
  known.rows = {{"two arcs", "5", six_digits(traded_cka), six_digits(traded_nngs)},
                {"ten groups", "5", six_digits(groups_cka), six_digits(groups_nngs)}};
  table.add({"the groups at k = 4", "", "", "", fixed(nngs_of(groups, 4), 4), ""});
  table.add({"the groups at k = 9", "", "", "", fixed(nngs_of(groups, 9), 4), ""});

  csv_file file{"arcs", {"power", "cka_linear", "nngs_k10"}, {}};
  plotted_curve kernel{"linear CKA", orange, {}, {}, {}, curve_look::dashes},
      graph{"NNGS, k = 10", blue, {}, {}};
  const int steps = asked.reduced ? 10 : 100;
  for (int i = 0; i < steps; ++i) {
    const double power = 1 + 9.0 * i / (steps - 1);
    const cloud_pair clouds = crowded_half_circle(50, power);
    const double cka = cka_of(clouds), nngs = nngs_of(clouds, 10);
    for (plotted_curve* curve : {&kernel, &graph}) curve->x.push_back(power);
    kernel.y.push_back(cka);
    graph.y.push_back(nngs);
    file.rows.push_back({six_digits(power), six_digits(cka), six_digits(nngs)});
  }
  result.text =
      "No random numbers: points on arcs. In Y they crowd towards one end: the item at a fraction t of the "
      "way goes to t^p. That changes every distance and leaves the order along the arc as it "
      "was.\n\n![Points on half a circle, and the same points crowded](plots/arcs-map.svg)\n![CKA and NNGS "
      "as the points crowd](plots/arcs.svg)\n\nLinear CKA compares where items lie as seen from the centre "
      "of the cloud, and falls on and on as they pile up at one end. NNGS only asks who is near whom. "
      "Where spacing grows along the arc it loses neighbours, those on the wide side, and is as low as CKA "
      "or lower; but the near side remains, however much they crowd. With the points of the figure (power "
      "3) CKA is " +
      fixed(cka_of(crowded_half_circle(50, 3)), 3) + " and NNGS " +
      fixed(nngs_of(crowded_half_circle(50, 3), 10), 3) + ", at power 10 " + fixed(kernel.y.back(), 3) +
      " and " + fixed(graph.y.back(), 3) +
      ".\n\nTwo such clouds have numbers in the output of the authors' notebook. In the first, 100 items "
      "on a long arc and 10 on a short one trade the lengths of their arcs, on an ellipse: each arc keeps "
      "its order, and the cloud gets another shape. There the two scores disagree most. In the second, ten "
      "groups of ten crowd together.\n" +
      table.text() +
      "Evenly spaced points are full of ties: at odd k the last neighbour may be the left one or the right "
      "one, and nothing but rounding decides. That is why NNGS of the ten groups at k = 5 is not "
      "reproduced to the digit: at k = 4 and k = 9, where a group of ten has no ties, a quarter is "
      "missing, for the first three groups overlap in Y.\n";
  result.figures = {file, known};
  result.plots = {map_of(crowded_half_circle(50, 3)),
                  {"arcs", plot_commands({"Fifty points on half a circle as they crowd",
                                          "power p: the fraction t of the way becomes t^p",
                                          "similarity",
                                          {1, 10},
                                          {0, 1.02},
                                          {graph, kernel}})}};
  return result;
}

}  // namespace paper
