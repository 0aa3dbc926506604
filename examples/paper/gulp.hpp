// SPDX-License-Identifier: MIT
#ifndef NNGS_EXAMPLES_PAPER_GULP_HPP
#define NNGS_EXAMPLES_PAPER_GULP_HPP

#include "clouds.hpp"

namespace paper {

/// The squared GULP distance (Boix-Adsera et al. 2022): how differently ridge regressions on x and on y can
/// predict. As in the paper's table each centred row is scaled to length 1, where GULP's authors scale the
/// whole matrix once. A distance: 0 for equal clouds, at most the sum of the dimensions.
double gulp(const cloud_pair& clouds, double ridge);

}  // namespace paper

#endif
