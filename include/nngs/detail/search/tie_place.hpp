// SPDX-License-Identifier: MIT
#ifndef NNGS_DETAIL_SEARCH_TIE_PLACE_HPP
#define NNGS_DETAIL_SEARCH_TIE_PLACE_HPP

#include <bit>
#include <cstdint>

#include "nngs/tie_order.hpp"
#include "nngs/version.hpp"

// The places of items among equals.

namespace nngs {
inline namespace NNGS_VERSION_NAMESPACE {
namespace detail::search {

/// Mixes 64 bits into 64, one to one (the finalizer of MurmurHash3; Appleby 2008).
inline std::uint64_t mix(std::uint64_t bits) noexcept {
  bits = (bits ^ bits >> 33) * 0xFF51AFD7ED558CCD;
  bits = (bits ^ bits >> 33) * 0xC4CEB9FE1A85EC53;
  return bits ^ bits >> 33;
}

/// Mixes 32 bits into 32, one to one (the constants of "lowbias32"; Wellons 2018).
inline std::uint32_t mix(std::uint32_t bits) noexcept {
  bits = (bits ^ bits >> 16) * 0x7FEB352D;
  bits = (bits ^ bits >> 15) * 0x846CA68B;
  return bits ^ bits >> 16;
}

/// The place of an item among equals, different for different items.
inline std::uint32_t place_among_equals(std::uint64_t seed, std::uint32_t item) noexcept {
  return mix(mix(item ^ static_cast<std::uint32_t>(seed)) ^ static_cast<std::uint32_t>(seed >> 32));
}

/// The bits of a number, those of 0 for -0.
inline std::uint64_t bits_of(double number) noexcept { return std::bit_cast<std::uint64_t>(number + 0.0); }

/// Which of two items with equal keys comes first in an order that is not left to the matrix.
inline bool comes_first(tie_order order, std::uint32_t a, std::uint32_t b) noexcept {
  if (order.from_index()) return a < b;
  return place_among_equals(order.seed(), a) < place_among_equals(order.seed(), b);
}

}  // namespace detail::search
}  // namespace NNGS_VERSION_NAMESPACE
}  // namespace nngs

#endif
