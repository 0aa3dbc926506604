// SPDX-License-Identifier: MIT
#include "time_advice.hpp"

#include <cmath>

namespace program {
namespace {

std::string in_words(double seconds) {
  const auto rounded = [](double number) {
    return std::to_string(static_cast<long long>(std::lround(number)));
  };
  if (seconds < 20) return rounded(std::ceil(seconds)) + " s";
  if (seconds < 45) return "half a minute";
  if (seconds < 90) return "a minute";
  if (seconds < 90 * 60) return rounded(seconds / 60) + " min";
  return rounded(seconds / 3600) + " h";
}

}  // namespace

std::string time_advice(double seconds, double share, int searches, Eigen::Index n) {
  constexpr double worth_it = 120;
  constexpr double sample = 2000;
  // A search of all rows finds each distance once for both of its rows, and in better order: measured at
  // 100,000 x 64 and 50,000 x 300, a sampled row takes 3 to 4 times as long as one of all.
  constexpr double dearer = 4;
  const double all = searches * seconds / share;
  if (all < worth_it || static_cast<double>(n) < 10 * sample) return "";
  return "every one of " + std::to_string(n) + " rows takes about " + in_words(all) +
         "; --sample 2000 gives an estimate with its error in about " +
         in_words(all * dearer * sample / static_cast<double>(n));
}

}  // namespace program
