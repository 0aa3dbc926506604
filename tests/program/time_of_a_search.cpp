// SPDX-License-Identifier: MIT
// What somebody is told who has begun a long search.
#include "../../examples/nngs/time_advice.hpp"
#include "../catch.hpp"

TEST_CASE("time of a search: a million rows are told to be long, and a sample half a minute") {
  const std::string text = program::time_advice(1.0, 1.0 / 1800, 2, 1000000);
  CHECK(text.find("1000000 rows takes about 60 min") != std::string::npos);
  CHECK(text.find("--sample 2000") != std::string::npos);
  CHECK(text.find("half a minute") != std::string::npos);
  CHECK(program::time_advice(1.0, 1.0 / 20000, 2, 1000000).find("about 11 h") != std::string::npos);
}

TEST_CASE("time of a search: nothing is said of what is short, or too small for a sample") {
  CHECK(program::time_advice(1.0, 0.1, 2, 1000000).empty());
  CHECK(program::time_advice(1.0, 0.0001, 2, 10000).empty());
}
