// SPDX-License-Identifier: MIT
// What a person's files hold reaches gnuplot as text, never as commands.
#include "../../examples/paper/scatter.hpp"
#include "../catch.hpp"

TEST_CASE("a label in backquotes is a label") {
  const std::string commands =
      paper::scatter_commands({{0, 0, "`touch /tmp/x`"}, {1, 1, "l'eau \\n"}}, "x", "y");
  CHECK(commands.find("'`touch /tmp/x`'") != commands.npos);
  CHECK(commands.find("'l''eau \\n'") != commands.npos);
  CHECK(commands.find("\"`") == commands.npos);
}
