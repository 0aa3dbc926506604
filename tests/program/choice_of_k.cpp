// SPDX-License-Identifier: MIT
#include "../../examples/nngs/k_choice.hpp"

#include "../../examples/nngs/usage_error.hpp"
#include "../catch.hpp"

using chosen = std::vector<Eigen::Index>;

TEST_CASE("option k takes numbers, ranges and shares of n, each k once, in order") {
  CHECK(program::chosen_k("10", 100) == chosen{10});
  CHECK(program::chosen_k("10,1,5,1", 100) == chosen{1, 5, 10});
  CHECK(program::chosen_k("2:5", 100) == chosen{2, 3, 4, 5});
  CHECK(program::chosen_k("0.2n", 99) == chosen{19});
  CHECK(program::chosen_k("3:4,0.5n,1", 10) == chosen{1, 3, 4, 5});
}

TEST_CASE("a share of n is that of the decimal number, as it is written") {
  CHECK(program::chosen_k("0.29n", 100) == chosen{29});  // 28.999999999999996 in binary
  CHECK(program::chosen_k("0.07n", 100) == chosen{7});
  CHECK(program::chosen_k("0.1n", 30) == chosen{3});
  CHECK(program::chosen_k(".2n", 58) == chosen{11});
  CHECK(program::chosen_k("0.333333333333333333333333n", 2000000000) == chosen{666666666});
  for (Eigen::Index n = 10; n < 500; ++n) CHECK(program::chosen_k("0.2n", n) == chosen{n / 5});
}

TEST_CASE("option k refuses what is no k, or none for these items") {
  for (const char* text : {"", ",", "1,", "x", "1.5", "-1", "0", "100", "5:2", "1:100", "0.0001n", "1n", "2n",
                           "nan n", "2e-1n", "0.2.1n", "0x1n", "99999999999999999999"})
    CHECK_THROWS_AS(program::chosen_k(text, 100), program::usage_error);
}

TEST_CASE("without option k there are a few that suit n") {
  CHECK(program::default_k(2) == chosen{1});
  CHECK(program::default_k(60) == chosen{1, 3, 10, 30});
  CHECK(program::default_k(100000) == chosen{1, 3, 10, 30, 100});
}
