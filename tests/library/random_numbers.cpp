// SPDX-License-Identifier: MIT
#include <array>
#include <cstdint>
#include <nngs/detail/base/random.hpp>
#include <vector>

#include "../catch.hpp"

using nngs::detail::base::philox;
using nngs::detail::base::random_stream;

TEST_CASE("Philox4x32-10 gives its authors' known answers") {
  using words = std::array<std::uint32_t, 4>;
  CHECK((philox({0, 0, 0, 0}, {0, 0}) == words{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}));
  CHECK((philox({0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff}, {0xffffffff, 0xffffffff}) ==
         words{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}));
  CHECK((philox({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, {0xa4093822, 0x299f31d0}) ==
         words{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}));
}

TEST_CASE("numbers below an end are all as likely") {
  const std::uint32_t end =
      GENERATE(1U, 2U, 7U, 0xC0000000U);  // of the last, a quarter of the words is refused
  random_stream random(5, end);
  std::array<int, 7> cells{};
  const int draws = 70000;
  for (int i = 0; i < draws; ++i) {
    const std::uint32_t number = random.below(end);
    REQUIRE(number < end);
    ++cells[static_cast<std::size_t>(std::uint64_t{number} * 7 / end)];
  }
  if (end < 7) return;
  double chi_squared = 0;
  for (const int cell : cells) chi_squared += (cell - draws / 7) * (cell - draws / 7) / (draws / 7.0);
  CHECK(chi_squared < 33);  // 6 degrees of freedom: 1 in 100,000
}

TEST_CASE("a stream depends on seed and stream alone") {
  const auto draw = [](std::uint64_t seed, std::uint64_t stream) {
    random_stream random(seed, stream);
    std::vector<std::uint32_t> numbers;
    for (int i = 0; i < 9; ++i) numbers.push_back(random.below(1U << 31));
    return numbers;
  };
  CHECK((draw(1, 2) == draw(1, 2)));
  CHECK((draw(1, 2) != draw(2, 1)));
  CHECK((draw(1, 2) != draw(1, 3)));
  CHECK((draw(1, 2) != draw(1, 2 + (std::uint64_t{1} << 32))));
  CHECK((draw(1, 2) != draw(1 + (std::uint64_t{1} << 32), 2)));
}
