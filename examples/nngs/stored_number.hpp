// SPDX-License-Identifier: MIT
#ifndef NNGS_EXAMPLES_STORED_NUMBER_HPP
#define NNGS_EXAMPLES_STORED_NUMBER_HPP

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstring>

namespace program {

/// A number as a file has it, at any address.
template <class Stored>
Stored load(const std::byte* from, std::endian byte_order) {
  std::array<std::byte, sizeof(Stored)> bytes{};
  std::memcpy(bytes.data(), from, bytes.size());
  if (byte_order != std::endian::native) std::reverse(bytes.begin(), bytes.end());
  return std::bit_cast<Stored>(bytes);
}

}  // namespace program

#endif
