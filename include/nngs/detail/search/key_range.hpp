// SPDX-License-Identifier: MIT
#ifndef NNGS_DETAIL_SEARCH_KEY_RANGE_HPP
#define NNGS_DETAIL_SEARCH_KEY_RANGE_HPP

#include <algorithm>
#include <cmath>

#include "nngs/detail/base/sentence.hpp"
#include "nngs/error.hpp"
#include "nngs/version.hpp"

// Whether double can hold the keys.

namespace nngs {
inline namespace NNGS_VERSION_NAMESPACE {
namespace detail::search {

[[noreturn]] inline void refuse_key_range(double largest, bool overflows) {
  throw input_error(base::sentence(
      {"the largest coordinate is ", largest, ": keys ", overflows ? "overflow" : "vanish",
       " in double; rescale the matrix (by 2^", -std::ilogb(largest), ", say) or choose another metric"}));
}

/// How large coordinates are, and the terms that two of them can make, where these bound the keys; else 0.
struct key_range {
  double largest = 0;  ///< magnitude of a coordinate
  double term = 0;     ///< of the largest coordinate and its negative

  /// The range of these data and others together.
  void include(const key_range& other) noexcept {
    largest = std::max(largest, other.largest);
    term = std::max(term, other.term);
  }
  friend bool operator==(const key_range&, const key_range&) = default;
};

/// Refuses the range of a whole matrix whose every key would vanish.
inline void check_not_vanishing(const key_range& range) {
  if (range.largest > 0 && range.term <= 0) refuse_key_range(range.largest, false);
}

}  // namespace detail::search
}  // namespace NNGS_VERSION_NAMESPACE
}  // namespace nngs

#endif
