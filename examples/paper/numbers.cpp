// SPDX-License-Identifier: MIT
#include "numbers.hpp"

#include <charconv>

namespace paper {
namespace {

std::string written(double value, std::chars_format format, int digits) {
  char text[400];
  const auto [end, error] = std::to_chars(text, text + sizeof(text), value, format, digits);
  std::string number(text, end);
  if (number.find_first_not_of("-0.") == number.npos && number.front() == '-') number.erase(0, 1);
  return number;
}

}  // namespace

std::string fixed(double value, int digits) { return written(value, std::chars_format::fixed, digits); }

std::string six_digits(double value) { return written(value, std::chars_format::general, 6); }

std::string fixed(const mean_sd& values, int digits) {
  return fixed(values.mean, digits) + " ± " + fixed(values.sd, digits);
}

}  // namespace paper
