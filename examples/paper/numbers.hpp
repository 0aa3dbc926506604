// SPDX-License-Identifier: MIT
#ifndef NNGS_EXAMPLES_PAPER_NUMBERS_HPP
#define NNGS_EXAMPLES_PAPER_NUMBERS_HPP

#include <string>

#include "statistics.hpp"

namespace paper {

/// With so many digits behind the point, and no sign before a zero.
std::string fixed(double value, int digits);

/// With six significant digits, for CSV files.
std::string six_digits(double value);

/// "mean ± sd"
std::string fixed(const mean_sd& values, int digits);

}  // namespace paper

#endif
