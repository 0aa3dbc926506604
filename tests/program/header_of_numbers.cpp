// SPDX-License-Identifier: MIT
// Headers whose names of columns are numbers, and several lines of header.
#include <string>
#include <vector>

#include "../../examples/nngs/text.hpp"
#include "../catch.hpp"

namespace {

using words = std::vector<std::string>;

program::text_table csv(const std::string& header, const std::string& first = "") {
  std::string bytes = header;
  for (const char* const row : {"0.5,0.25,4\n", "0.75,-1,2.5\n", "3,0.125,7\n"})
    bytes += (first.empty() ? "" : first + row[0] + row[2] + ",") + row;
  return program::parse_text("table.csv", bytes);
}

void check_header(const program::text_table& table) {
  CHECK(table.rows == 3);
  CHECK(table.values == std::vector<double>{0.5, 0.25, 4, 0.75, -1, 2.5, 3, 0.125, 7});
}

}  // namespace

TEST_CASE("header: whole numbers that rise above fractions", "[files]") {
  for (const std::string header : {"0,1,2\n", "1,2,3\n", "0.0,1.0,2.0\n", "1990,2000,2010\n", "-6,0,12\n"}) {
    CAPTURE(header);
    check_header(csv(header));
    CHECK(csv(header).notes.size() == 1);  // a guess is told
    check_header(csv("word," + header, "w"));
    check_header(csv("," + header, "w"));
    check_header(csv(header, "w"));  // one field shorter than the rows
  }
  for (const std::string item : {"2,1,0\n", "0,0.5,2\n", "5,5,5\n", "1.5,2.5,3.5\n"}) {
    CAPTURE(item);
    CHECK(csv(item).rows == 4);
  }
}

TEST_CASE("header: a name above a column of numbers, or nothing above the first", "[files]") {
  for (const std::string header :
       {"item,0,6,12\n", "item,0,1,0\n", ",0,6,12\n", ",0,1,0\n", "\"\",3,3,1\n"}) {
    CAPTURE(header);
    check_header(csv(header, "10"));
    CHECK(csv(header, "10").labels.size() == 3);
  }
  // Fractions name nothing.
  CHECK(csv("item,0.5,0.25,0.1\n", "10").rows == 4);
  CHECK(csv("\"0\",\"6\",\"6\"\n").rows == 3);  // in quotes above numbers without
}

TEST_CASE("header: whole numbers above whole numbers are an item", "[files]") {
  CHECK(program::parse_text("table.csv", "1,2,3\n4,5,6\n7,8,8\n").rows == 3);
  CHECK(program::parse_text("table.csv", "king,1,2\nqueen,3,4\n").rows == 2);
}

TEST_CASE("header: several lines", "[files]") {
  check_header(csv(",a,a,b\n,0,1,0\n", "w"));
  check_header(csv("model,a,a,b\nlayer,0,1,0\nword,,,\n", "w"));
  check_header(csv(",a,a,b\n,u,v,u\n", "w"));
  CHECK(csv(",a,a,b\n,0,1,0\n", "w").coordinates.at(2).title == "b 0");
  CHECK(csv("a,b,c\n1,2,3\n").rows == 4);  // a first item below a header
}

TEST_CASE("header: as numpy.savetxt writes it", "[files]") {
  for (const std::string header : {"# x y\n", "#x y\n", "# made by hand on Monday\n"}) {
    const auto table = program::parse_text("table.txt", header + "0.5 1\n0.25 2\n");
    CAPTURE(header);
    CHECK(table.values == std::vector<double>{0.5, 1, 0.25, 2});
  }
  const auto words_of_vectors = program::parse_text("table.txt", "# 0.1 0.2\nthe 0.3 0.4\n");
  CHECK(words_of_vectors.labels == words{"#", "the"});
}

TEST_CASE("header: separators at the ends of lines make no column", "[files]") {
  check_header(program::parse_text("table.csv", "a,b,c,\n0.5,0.25,4,\n0.75,-1,2.5,\n3,0.125,7,\n"));
  check_header(program::parse_text("table.csv", "a,b,c\n0.5,0.25,4,\n0.75,-1,2.5,\n3,0.125,7,\n"));
  check_header(program::parse_text("table.csv", "sep=;\na;b;c\n0.5;0.25;4\n0.75;-1;2.5\n3;0.125;7\n"));
  check_header(program::parse_text("table.csv", "0.5|0.25|4\n0.75|-1|2.5\n3|0.125|7\n"));
  check_header(program::parse_text("-", "0.5,0.25,4\n0.75,-1,2.5\n3,0.125,7\n"));  // no extension: they agree
}

TEST_CASE("header: one that does not fit the rows is told, not blamed", "[files]") {
  const auto table = csv("a,b\n", "w1,");
  CHECK(table.rows == 3);
  CHECK(!table.notes.empty());
}
