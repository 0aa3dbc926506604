// SPDX-License-Identifier: MIT
#ifndef NNGS_EXAMPLES_GROWTH_SCORES_HPP
#define NNGS_EXAMPLES_GROWTH_SCORES_HPP

#include <nngs/growth.hpp>
#include <vector>

namespace program {

/// Scores of all items, of about half of them and so on: at one k, and at its share of the items. None where
/// they are not asked for.
struct growth_scores {
  std::vector<nngs::grown_score> at_k, at_share;
};

/// At k = items - 1 all are neighbours: the adjusted score says nothing there.
inline bool tells_nothing(const nngs::grown_score& one) { return one.observed.k == one.items - 1; }

}  // namespace program

#endif
