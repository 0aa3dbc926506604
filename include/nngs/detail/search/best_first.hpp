// SPDX-License-Identifier: MIT
#ifndef NNGS_DETAIL_SEARCH_BEST_FIRST_HPP
#define NNGS_DETAIL_SEARCH_BEST_FIRST_HPP

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>

#include "nngs/detail/base/compiled.hpp"
#include "nngs/detail/search/packed_score.hpp"
#include "nngs/version.hpp"

// Which of some scores are the best. A few dozen are compared all with all in vectors, for a branch taken by
// chance costs more than a vector of comparisons: 31 take 60 ns where std::nth_element takes 330.

namespace nngs {
inline namespace NNGS_VERSION_NAMESPACE {
namespace detail::search {

/// The most scores that are compared all with all.
inline constexpr std::size_t most_compared = 96;

/// Copies up to `most_compared` scores in order: each to the place that so many are better than it. Equal
/// scores keep their order.
struct copy_sorted {
  using signature = void(const packed_score* from, int count, packed_score* to);
  static constexpr base::instruction_set widest = base::instruction_set::avx2;
  template <class Vectors>
  [[gnu::always_inline]] static void run(const packed_score* from, int count, packed_score* to) {
    using ints = typename Vectors::ints;
    constexpr int width = sizeof(ints) / sizeof(std::int32_t);
    std::int32_t keys[most_compared], places[most_compared], numbers[std::size_t{width}];
    for (int i = 0; i < count; ++i) keys[i] = from[i].ascending();
    for (int i = count; i % width != 0; ++i) keys[i] = std::numeric_limits<std::int32_t>::max();
    for (int i = 0; i < width; ++i) numbers[i] = i;
    ints number;
    std::memcpy(&number, numbers, sizeof(number));
    for (int first = 0; first < count; first += width) {
      ints mine, better{};
      std::memcpy(&mine, keys + first, sizeof(mine));
      const int end = std::min(first + width, count);
      for (int i = 0; i < first; ++i) better -= keys[i] + ints{} <= mine;
      for (int i = first; i < end; ++i) {
        const ints key = keys[i] + ints{};
        better -= (key < mine) | ((key == mine) & (i - first + ints{} < number));
      }
      for (int i = end; i < count; ++i) better -= keys[i] + ints{} < mine;
      std::memcpy(places + first, &better, sizeof(better));
    }
    for (int i = 0; i < count; ++i) to[places[i]] = from[i];
  }
};

/// Puts the `best` best of some scores first, the least of them last of these. `copy`: the kernel above.
inline void put_best_first(packed_score* begin, packed_score* end, std::size_t best,
                           copy_sorted::signature* copy) {
  const auto count = static_cast<std::size_t>(end - begin);
  if (count > most_compared) return std::nth_element(begin, begin + best - 1, end);
  packed_score sorted[most_compared];
  copy(begin, static_cast<int>(count), sorted);
  std::copy(sorted, sorted + count, begin);
}

}  // namespace detail::search
}  // namespace NNGS_VERSION_NAMESPACE
}  // namespace nngs

#endif
