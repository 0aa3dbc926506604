// SPDX-License-Identifier: MIT
// What the fuzz targets have in common.
#ifndef NNGS_TESTS_FUZZ_PROPERTY_HPP
#define NNGS_TESTS_FUZZ_PROPERTY_HPP

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <span>
#include <string>
#include <string_view>

#include "../../examples/nngs/file_error.hpp"

namespace fuzz {

/// Ends the run, and so keeps the input, when a property does not hold.
inline void require(bool holds, const std::string& property) {
  if (holds) return;
  std::fprintf(stderr, "does not hold: %s\n", property.c_str());
  std::abort();
}

/// What a file_error says begins with the path and has nothing in it that a terminal would obey.
inline void require_printable(const program::file_error& error, const std::string& path) {
  const std::string_view text = error.what();
  require(text.starts_with(path + ": "), "the error names the file");
  require(std::none_of(text.begin(), text.end(), [](unsigned char c) { return c < 0x20 || c == 0x7F; }),
          "the error is one printable line");
  for (std::size_t i = 0; i + 1 < text.size(); ++i)
    require(text[i] != '\xC2' || (text[i + 1] & 0xE0) != 0x80, "the error has no controls in UTF-8 either");
}

inline std::string_view as_text(const std::uint8_t* data, std::size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

}  // namespace fuzz

#endif
