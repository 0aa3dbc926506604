// SPDX-License-Identifier: MIT
// Cells of tables of input: the right answer or the documented error, nothing else.
#ifndef NNGS_TESTS_BAD_INPUT_HPP
#define NNGS_TESTS_BAD_INPUT_HPP

#include <cmath>
#include <exception>
#include <limits>
#include <stdexcept>
#include <string>

#include "../catch.hpp"

namespace bad_input {

inline constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();
inline constexpr double infinity = std::numeric_limits<double>::infinity();

inline const std::string right;  // no complaint: the right answer

inline int combinations = 0;

/// What an action complains about. The action itself says what is wrong with its answer, or nothing.
template <class Action>
std::string outcome(const Action& action) {
  try {
    return action();
  } catch (const std::invalid_argument& error) {
    return error.what();
  } catch (const std::exception& error) {
    return std::string("AN ERROR OF ANOTHER KIND: ") + error.what();
  }
}

/// One cell of a table: no complaint where none is expected, else one that holds the expected words.
template <class Action>
void expect(const std::string& words, const std::string& what, const Action& action) {
  ++combinations;
  const std::string complaint = outcome(action);
  if (words.empty() ? complaint.empty() : complaint.find(words) != std::string::npos)
    SUCCEED();
  else
    FAIL_CHECK(what << " gave '" << complaint << "', expected '"
                    << (words.empty() ? "the right answer" : words) << "'");
}

/// For numbers without another way to get them: in a range, and so not NaN.
inline std::string unless_within(double low, double value, double high) {
  return value >= low && value <= high ? right : std::to_string(value) + " is out of range";
}
inline std::string unless_near(double value, double expected, double tolerance = 1e-12) {
  return std::abs(value - expected) <= tolerance
             ? right
             : std::to_string(value) + " instead of " + std::to_string(expected);
}

}  // namespace bad_input

#endif
