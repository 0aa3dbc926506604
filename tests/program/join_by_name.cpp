// SPDX-License-Identifier: MIT
// Rows that name their items are paired as they name them, or it is said.
#include <string>
#include <variant>
#include <vector>

#include "../../examples/nngs/item_pairs.hpp"
#include "../../examples/nngs/usage_error.hpp"
#include "../catch.hpp"
#include "message_of.hpp"
#include "temporary_file.hpp"

namespace {

using program::input_options;
using program::item_pairs;
using words = std::vector<std::string>;

const input_options by_row{};
const input_options by_name{.names = program::names_choice::automatic, .skip = {}, .join = true};

item_pairs pair(const std::string& x, const std::string& y, const input_options& options) {
  const temporary_file first(x, ".txt"), second(y, ".txt");
  return program::pair_items(program::open_matrix(first.path(), options),
                             program::open_matrix(second.path(), options), options);
}

std::string complaint(const std::string& x, const std::string& y, const input_options& options) {
  return message_of([&] { pair(x, y, options); });
}

std::vector<double> first_column(const program::matrix_file& file) {
  const auto& values = std::get<program::matrix_view<double>>(file.values);
  std::vector<double> column;
  for (Eigen::Index row = 0; row < values.rows(); ++row) column.push_back(values(row, 0));
  return column;
}

bool has(const std::string& text, const std::string& words_in_it) {
  return text.find(words_in_it) != std::string::npos;
}

}  // namespace

TEST_CASE("join: pairs by name, in the order of x, and tells what is left over", "[files]") {
  const item_pairs pairs =
      pair("a 1 .1\nb 2 .2\nc 5 .3\nd 4 .4\n", "d 40 .5\nb 20 .1\ne 50 .2\na 10 .3\n", by_name);
  CHECK(pairs.x.labels == words{"a", "b", "d"});
  CHECK(pairs.y.labels == words{"a", "b", "d"});
  CHECK(first_column(pairs.x) == std::vector<double>{1, 2, 4});
  CHECK(first_column(pairs.y) == std::vector<double>{10, 20, 40});
  CHECK(pairs.x_only == 1);
  CHECK(pairs.y_only == 1);
  CHECK(program::row_in_file(pairs, 2) == 3);
  REQUIRE(pairs.notes.size() == 1);
  CHECK(has(pairs.notes.front(), "--join pairs 3 items and leaves 1 item only in "));
  CHECK(has(pairs.notes.front(), "('c')"));
  CHECK(has(pairs.notes.front(), "('e')"));
}

TEST_CASE("join: refuses what it cannot pair", "[files]") {
  CHECK(
      has(complaint("a 1\nb 2\na 3\n", "a 1\nb 2\nc 3\n", by_name), "names 'a' twice, in the rows 0 and 2"));
  CHECK(has(complaint("a 1\nb 2\nc 3\n", "a 1\nb 2\nb 3\n", by_name), "names 'b' twice"));
  CHECK(has(complaint(".1 1\n.2 2\n", "a 1\nb 2\n", by_name), "has no names to join by"));
  CHECK(has(complaint("a 1\nb 2\n", "b 1\nc 2\n", by_name), "has 1 item in common"));
}

TEST_CASE("join: names that differ by case or outer blanks alone are mentioned", "[files]") {
  const item_pairs joined = pair("King 1\nb 2\nc 3\n", "king 1\nb 2\nc 4\n", by_name);
  REQUIRE(joined.notes.size() == 2);
  CHECK(has(joined.notes.back(), "'King' and 'king'"));
  const item_pairs in_place = pair("King 1\nb 2\nc 3\n", "king 1\nb 2\nc 4\n", by_row);
  REQUIRE(in_place.notes.size() == 1);
  CHECK(has(in_place.notes.front(), "differs"));
  CHECK(has(in_place.notes.front(), "case or outer blanks"));
}

TEST_CASE("pairs by row: files of the same names in another order are refused", "[files]") {
  const std::string x = "a 1\nb 2\nc 3\nd 4\ne 5\n";
  const std::string two_moved = complaint(x, "b 1\na 2\nc 3\nd 4\ne 5\n", by_row);
  CHECK(has(two_moved, "names 2 of 5 items"));
  CHECK(has(two_moved, "'a' is row 0 there and row 1 here"));
  CHECK(has(two_moved, "--join"));
  CHECK(has(complaint(x, "E 1\nD 2\nC 3\nB 4\nA 5\n", by_row), "another order"));
  CHECK(has(complaint(x, "b 1\nc 2\nd 3\ne 4\nf 5\n", by_row), "another order"));
  const input_options as_they_are{.names = program::names_choice::first, .skip = {"1"}, .join = false};
  CHECK(has(complaint("a 1 2\nb 2 3\n", "b 1 2\na 2 3\n", by_row), "another order"));
  CHECK(complaint("a 1 2\nb 2 3\n", "b 1 2\na 2 3\n", as_they_are) == "(no file_error)");
}

TEST_CASE("pairs by row: a few names in other rows are mentioned, none are not", "[files]") {
  const item_pairs some = pair("a 1\nb 2\nc 3\nd 4\n", "u 1\na 2\nv 3\nw 4\n", by_row);
  REQUIRE(some.notes.size() == 1);
  CHECK(has(some.notes.front(), "1 of 4 items"));
  CHECK(pair("a 1\nb 2\n", "a 2\nb 3\n", by_row).notes.empty());
  CHECK(pair("athens 1\noslo 2\n", "greece 2\nnorway 3\n", by_row).notes.empty());
  CHECK(has(complaint("a 1\nb 2\nc 3\n", "a 1\nb 2\n", by_row), "has 2 rows"));
  CHECK(has(complaint("a 1\nb 2\nc 3\n", "a 1\nb 2\n", by_row), "--join"));
}

TEST_CASE("skip: a name that neither file has is a wrong command line", "[files]") {
  const input_options options{.names = program::names_choice::automatic, .skip = {"label"}, .join = false};
  CHECK_THROWS_AS(pair("x y\n1 .2\n2 .1\n", "x y\n1 .2\n2 .3\n", options), program::usage_error);
  CHECK(columns(pair("x y label\n1 .2 3\n2 .1 4\n", "x y\n1 .2\n2 .3\n", options).x) == 2);
}
