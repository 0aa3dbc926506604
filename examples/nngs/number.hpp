// SPDX-License-Identifier: MIT
#ifndef NNGS_EXAMPLES_NUMBER_HPP
#define NNGS_EXAMPLES_NUMBER_HPP

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstddef>
#include <cstdlib>
#include <string>
#include <system_error>

namespace program {

/// std::from_chars for a floating-point number, also where the standard library has that for whole numbers
/// alone, as LLVM's before 20. (Nobody here sets another locale than C, which std::strtod would follow.)
template <class Number>
std::from_chars_result read_number(const char* first, const char* last, Number& value) {
  if constexpr (requires { std::from_chars(first, last, value); }) {
    return std::from_chars(first, last, value);
  } else {
    std::string text(first, last);
    text.resize(std::min(text.find_first_of("xX"), text.size()));  // hexadecimal to std::strtod
    if (text.empty() || std::string(" \t\n\v\f\r+").find(text.front()) != std::string::npos)
      return {first, std::errc::invalid_argument};
    char* end = nullptr;
    errno = 0;
    const double read = std::strtod(text.c_str(), &end);
    const std::ptrdiff_t length = end - text.c_str();
    if (length == 0) return {first, std::errc::invalid_argument};
    if (errno == ERANGE) return {first + length, std::errc::result_out_of_range};
    value = static_cast<Number>(read);
    return {first + length, std::errc{}};
  }
}

}  // namespace program

#endif
