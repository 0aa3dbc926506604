// SPDX-License-Identifier: MIT
#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <nngs/detail/search/best_first.hpp>
#include <random>
#include <vector>

#include "../catch.hpp"
#include "exact_with.hpp"
#include "reference.hpp"

namespace best_first {

using nngs::detail::search::copy_sorted;
using nngs::detail::search::most_compared;
using nngs::detail::search::packed_score;

constexpr float infinity = std::numeric_limits<float>::infinity();

/// Scores of every sign and size, many of them equal.
std::vector<packed_score> some_scores(std::uint64_t seed, std::size_t count) {
  constexpr float common[] = {0, -1, 1e-40F, -1e-40F, 3e38F, -3e38F, -infinity};
  std::mt19937_64 random(seed);
  std::vector<packed_score> scores;
  for (std::uint32_t i = 0; i < count; ++i) {
    const auto which = reference::below(random, 14);
    const float own = static_cast<float>(reference::below(random, 1 << 20)) - 0x1p19F;
    scores.emplace_back(which < 7 ? common[which] : own, i);
  }
  return scores;
}

bool is_better(const packed_score& a, const packed_score& b) { return a.score() > b.score(); }

}  // namespace best_first

TEST_CASE("a few scores are copied in order, equal ones as they came") {
  for (const auto instructions : available_instruction_sets()) {
    auto* const copy = nngs::detail::base::compiled<best_first::copy_sorted>(instructions);
    for (std::size_t count = 1; count <= best_first::most_compared; ++count)
      for (std::uint64_t seed = 0; seed < 5; ++seed) {
        const auto scores = best_first::some_scores(seed + 1000 * count, count);
        auto expected = scores;
        std::stable_sort(expected.begin(), expected.end(), best_first::is_better);
        std::vector<best_first::packed_score> found(count);
        copy(scores.data(), static_cast<int>(count), found.data());
        REQUIRE(found == expected);
      }
  }
}

TEST_CASE("the best come first, however many there are") {
  for (const std::size_t count : std::vector<std::size_t>{2, 31, 96, 97, 300}) {
    const auto scores = best_first::some_scores(count, count);
    for (std::size_t best = 1; best <= count; best += 1 + count / 20) {
      auto some = scores;
      nngs::detail::search::put_best_first(
          some.data(), some.data() + count, best,
          nngs::detail::base::compiled<best_first::copy_sorted>(nngs::detail::base::best_instruction_set()));
      const float worst = some[best - 1].score();
      CHECK(std::all_of(some.begin(), some.begin() + static_cast<std::ptrdiff_t>(best),
                        [&](const auto& one) { return one.score() >= worst; }));
      CHECK(std::all_of(some.begin() + static_cast<std::ptrdiff_t>(best), some.end(),
                        [&](const auto& one) { return one.score() <= worst; }));
      const auto by_word = [](const auto& a, const auto& b) { return a < b; };
      auto sorted = scores;
      std::sort(some.begin(), some.end(), by_word);
      std::sort(sorted.begin(), sorted.end(), by_word);
      CHECK(some == sorted);
    }
  }
}
