// SPDX-License-Identifier: MIT
// Names of many files are shown without what all of them begin and end with.
#include "../../examples/nngs/space_names.hpp"
#include "../catch.hpp"

using names = std::vector<std::string>;

TEST_CASE("what all names have in common is left out, words and numbers stay whole") {
  const auto shown = [](const names& given) { return program::shortened(given).names; };
  CHECK(shown({"layer_01.npy", "layer_02.npy", "layer_10.npy"}) == names{"01", "02", "10"});
  CHECK(shown({"layer_10.npy", "layer_11.npy"}) == names{"10", "11"});
  CHECK(shown({"layer1.npy", "layer12.npy"}) == names{"1", "12"});
  CHECK(shown({"a/bert.npy", "b/bert.npy"}) == names{"a", "b"});
  CHECK(shown({"m/base.txt", "m/basis.txt"}) == names{"base", "basis"});
  CHECK(shown({"l.npy[0]", "l.npy[1]"}) == names{"0", "1"});
  CHECK(shown({"x1", "y1"}) == names{"x", "y"});
  CHECK(shown({"été.txt", "étang.txt"}) == names{"été", "étang"});
  const program::short_names layers = program::shortened({"run/layer_1.npy", "run/layer_2.npy"});
  CHECK(layers.prefix == "run/layer_");
  CHECK(layers.suffix == ".npy");
}

TEST_CASE("no name becomes empty") {
  for (const names& given : {names{"a.npy", "a_b.npy"}, names{"a.npy", "b_a.npy"}, names{"a", "a"},
                             names{"1.1", "1.1.1"}, names{"aa", "aaa"}, names{"a"}, names{}})
    for (const std::string& name : program::shortened(given).names) CHECK(!name.empty());
  CHECK(program::shortened({"model.npy"}).names == names{"model.npy"});
}

TEST_CASE("a name that is too long keeps its end") {
  CHECK(program::fitted("layer_12", 8) == "layer_12");
  CHECK(program::fitted("layer_12", 7) == "...r_12");
  CHECK(program::fitted("ééééé", 5) == "ééééé");
  CHECK(program::fitted("ééééé", 4) == "...é");
  CHECK(program::fitted("layer", 2) == "..");
  CHECK(program::width_of("é中") == 2);
}
