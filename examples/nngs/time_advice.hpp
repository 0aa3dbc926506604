// SPDX-License-Identifier: MIT
#ifndef NNGS_EXAMPLES_TIME_ADVICE_HPP
#define NNGS_EXAMPLES_TIME_ADVICE_HPP

#include <Eigen/Core>
#include <string>

namespace program {

/// What to tell somebody who has just begun a long search of every row: how long it takes, and how long a
/// sample would. Empty where it takes less than two minutes. `seconds` have passed for a `share` (above 0) of
/// one of `searches` searches of n rows.
std::string time_advice(double seconds, double share, int searches, Eigen::Index n);

}  // namespace program

#endif
