// SPDX-License-Identifier: MIT
#ifndef NNGS_EXAMPLES_PLOT_HPP
#define NNGS_EXAMPLES_PLOT_HPP

#include <string>

#include "judgement.hpp"

namespace program {

struct growth_scores;

/// How k is spread over the width.
enum class plot_axis { linear, logarithmic };

/// Commands for gnuplot, data included, that draw the curve over k as SVG on standard output: score, chance
/// with two standard deviations to either side, adjusted score, and z, where it is known, in a panel below.
/// The title names both files, without their folders; few k have a tick each.
std::string plot_commands(const judged_curve& curve, plot_axis axis, const std::string& x_file,
                          const std::string& y_file);

/// The same over the number of items: score and adjusted score at one k as lines, with the interval of the
/// score, and broken lines at its share of the items.
std::string growth_plot_commands(const growth_scores& growth, bool chance, plot_axis axis,
                                 const std::string& x_file, const std::string& y_file);

}  // namespace program

#endif
