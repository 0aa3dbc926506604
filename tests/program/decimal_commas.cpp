// SPDX-License-Identifier: MIT
// Numbers as much of Europe writes them: read where nothing else can be meant, refused by name elsewhere.
#include <string>
#include <vector>

#include "../../examples/nngs/text.hpp"
#include "../catch.hpp"
#include "message_of.hpp"

namespace {

using numbers = std::vector<double>;
using words = std::vector<std::string>;
using program::parse_text;

std::string complaint(const std::string& path, const std::string& bytes) {
  return message_of([&] { parse_text(path, bytes); });
}

bool is_refused_by_name(const std::string& path, const std::string& bytes) {
  return complaint(path, bytes).find("decimal comma") != std::string::npos;
}

}  // namespace

TEST_CASE("decimal comma: between semicolons and tabs", "[files]") {
  for (const char separator : {';', '\t'}) {
    for (const std::string path : {"table.csv", "table.tsv", "table.txt", "-"}) {
      const auto separated = [&](std::string bytes) {
        for (char& c : bytes)
          if (c == ';') c = separator;
        return parse_text(path, bytes);
      };
      CAPTURE(separator, path);
      CHECK(separated("0;0,0342\n").values == numbers{0, 0.0342});
      CHECK(separated("a;b\n0,5;-1,25e-2\n3;+0,5\n").values == numbers{0.5, -0.0125, 3, 0.5});
      const auto one_column = separated("w1;0,5\nw2;0,25\n");
      CHECK(one_column.values == numbers{0.5, 0.25});
      CHECK(one_column.labels == words{"w1", "w2"});
      const auto from_r = separated("\"\";\"V1\"\n\"1\";0,5\n\"2\";0,25\n");
      CHECK(from_r.values == numbers{0.5, 0.25});
      CHECK(from_r.labels == words{"1", "2"});
    }
  }
}

TEST_CASE("decimal comma: refused by that name where it may be something else", "[files]") {
  CHECK(is_refused_by_name("table.txt", "0,5 0,25\n0,75 1,5\n"));
  CHECK(is_refused_by_name("table.txt", "king 0,5\nqueen 0,25\n"));
  CHECK(is_refused_by_name("table.csv", "\"0,5\",\"0,25\"\n\"0,75\",\"1,5\"\n"));
  CHECK(is_refused_by_name("table.csv", "1,234;5,678\n2,345;6,789\n"));  // thousands?
  CHECK(is_refused_by_name("table.csv", "0,5;0,25\n0,75;1,5\n0.5;0,25\n"));
  CHECK(is_refused_by_name("table.csv", "0.5;0.25\n0.75;1.5\n0,5;0.25\n"));
  CHECK(complaint("table.csv", "0,5;0,25\n0,75;1,5\n0.5;0,25\n").find("line 3, field 1: '0.5'") !=
        std::string::npos);
}

TEST_CASE("decimal comma: other commas stay what they are", "[files]") {
  CHECK(parse_text("table.csv", "a;b,1,2\n").values == numbers{1, 2});
  CHECK(parse_text("table.csv", "1,2\n3,4\n").values == numbers{1, 2, 3, 4});
  CHECK(parse_text("table.csv", "Paris;0.5;1\nRome, Italy;2;3\n").labels == words{"Paris", "Rome, Italy"});
  CHECK(parse_text("table.csv", "1, 2\n3, 5\n").values == numbers{1, 2, 3, 5});
  CHECK(parse_text("table.txt", "1, 2, 3\n3, 5, 4\n").values == numbers{1, 2, 3, 3, 5, 4});
}
