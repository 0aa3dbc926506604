// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <nngs/detail/overlap_counter.hpp>
#include <span>
#include <vector>

#include "../catch.hpp"
#include "reference.hpp"

using Eigen::Index;

/// Different items of [0, n), as many as wanted.
static std::vector<std::uint32_t> some_items(std::uint64_t seed, Index n, std::size_t count) {
  std::vector<std::uint32_t> items;
  for (const Index item : reference::shuffled(seed, n)) items.push_back(static_cast<std::uint32_t>(item));
  items.resize(count);
  return items;
}

TEST_CASE("ranks are those of the last list, also when the stamps are used up many times") {
  constexpr Index n = 40;
  nngs::detail::basic_list_ranks<std::uint8_t> ranks(n);  // 255 stamps
  for (std::uint64_t seed = 0; seed < 500; ++seed) {
    const auto list = some_items(seed, n, seed % 7 == 0 ? 0 : seed % 40);
    ranks.set(list);
    for (std::uint32_t item = 0; item < n; ++item) {
      const auto at = std::find(list.begin(), list.end(), item);
      REQUIRE(ranks.contains(item) == (at != list.end()));
      if (at != list.end())
        REQUIRE(static_cast<std::ptrdiff_t>(ranks[item]) == at - list.begin());
      else
        REQUIRE(ranks[item] >= list.size());
    }
  }
}

TEST_CASE("an item of a list long ago is in none of those since") {
  nngs::detail::basic_list_ranks<std::uint8_t> ranks(2);
  const std::vector<std::uint32_t> long_ago{0}, since{1};
  ranks.set(long_ago);
  for (int i = 0; i < 1000; ++i) {
    ranks.set(since);
    REQUIRE(ranks[1] == 0);
    REQUIRE(!ranks.contains(0));
  }
}

TEST_CASE("no item is in a list before one is set") {
  const nngs::detail::list_ranks ranks(9);
  for (std::uint32_t item = 0; item < 9; ++item) CHECK(!ranks.contains(item));
}

TEST_CASE("two lists share what their first k have in common, at every k") {
  nngs::detail::overlap_counter counter(30);
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    const auto x = some_items(seed, 30, 20), y = some_items(seed + 1000, 30, 20);
    const auto counts = counter.shared_at_every_k(x, y);
    const std::vector<std::uint32_t> shared(counts.begin(), counts.end());
    REQUIRE(shared.size() == 20);
    for (std::size_t k = 1; k <= 20; ++k) {
      std::uint32_t expected = 0;
      for (std::size_t i = 0; i < k; ++i)
        expected += std::find(y.begin(), y.begin() + static_cast<std::ptrdiff_t>(k), x[i]) !=
                    y.begin() + static_cast<std::ptrdiff_t>(k);
      REQUIRE(shared[k - 1] == expected);
      REQUIRE(counter.shared(std::span(x).first(k), std::span(y).first(k)) == expected);
    }
  }
}
