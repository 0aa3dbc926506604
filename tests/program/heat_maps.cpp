// SPDX-License-Identifier: MIT
// Heat maps: numbers while they fit, a place for every value, and a range of colours without the diagonal.
#include "../../examples/nngs/heat_map.hpp"

#include <limits>
#include <string>
#include <vector>

#include "../catch.hpp"

using Eigen::MatrixXd;
using program::heat_map;
using program::heat_map_commands;

namespace {

heat_map square_map(Eigen::Index count, double off_diagonal) {
  heat_map map{"NNGS at k = 10", {}, {}, MatrixXd::Constant(count, count, off_diagonal), true, true};
  map.values.diagonal().setOnes();
  for (Eigen::Index at = 0; at < count; ++at) map.rows.push_back("layer " + std::to_string(at));
  map.columns = map.rows;
  return map;
}

bool has(const std::string& text, const std::string& words) { return text.find(words) != std::string::npos; }

}  // namespace

TEST_CASE("numbers stand in the cells while they fit") {
  CHECK(has(heat_map_commands(square_map(5, 0.25)), "\n1 0 0.25 "));
  CHECK(has(heat_map_commands(square_map(12, 0.25)), "\n11 10 0.25 "));
  CHECK(!has(heat_map_commands(square_map(40, 0.25)), "labels"));
}

TEST_CASE("the diagonal of a square map does not make the rest pale") {
  CHECK(has(heat_map_commands(square_map(3, 0.25)), "set cbrange [0:0.3]"));
  heat_map rectangular = square_map(3, 0.25);
  rectangular.square = false;
  CHECK(has(heat_map_commands(rectangular), "set cbrange [0:1]"));
  CHECK(has(heat_map_commands(square_map(3, -0.02)), "set cbrange [-0.02:0]"));
  CHECK(has(heat_map_commands(square_map(3, 0)), "set cbrange [0:1]"));
}

TEST_CASE("a cell without a value keeps its place") {
  heat_map map = square_map(3, 4);
  map.up_to_one = false;
  map.values.diagonal().setConstant(std::numeric_limits<double>::quiet_NaN());
  const std::string commands = heat_map_commands(map);
  CHECK(has(commands, "\n0 0 NaN\n"));
  CHECK(has(commands, "\n1 0 4 "));
  CHECK(!has(commands, "nan"));
}

TEST_CASE("labels are what gnuplot takes as text") {
  heat_map map = square_map(2, 0.5);
  map.rows = {"it's `date` \"x\"", std::string(100, 'y')};
  const std::string commands = heat_map_commands(map);
  CHECK(has(commands, "('it''s `date` \"x\"' 0, '..."));
  CHECK(has(commands, "noenhanced"));
}

TEST_CASE("of many labels so many are shown as do not overlap") {
  const std::string commands = heat_map_commands(square_map(200, 0.5));
  CHECK(has(commands, "'layer 0' 0, 'layer 2' 2"));
}
