// SPDX-License-Identifier: MIT
// Names in word vectors: below "n d" the last d fields are numbers, and anything may stand before them.
#include <string>
#include <vector>

#include "../../examples/nngs/text.hpp"
#include "../catch.hpp"
#include "message_of.hpp"

namespace {

using numbers = std::vector<double>;
using words = std::vector<std::string>;

program::text_table read(const std::string& bytes) { return program::parse_text("words.vec", bytes); }

}  // namespace

TEST_CASE("word vectors: any name below n d", "[files]") {
  const auto table = read("6 2\nNorth Sea 1 2\nMars 3 4\nApollo 11 5 6\n 7 8\n. . . 9 10\n2 3 4 11 12\n");
  CHECK(table.labels == words{"North Sea", "Mars", "Apollo 11", "", ". . .", "2 3 4"});
  CHECK(table.values == numbers{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12});
  CHECK(table.notes.empty());
  // Names that all have a space, that all end in a number, that all are numbers.
  CHECK(read("2 2\nNew York 1 2\nLos Angeles 3 4\n").labels == words{"New York", "Los Angeles"});
  CHECK(read("2 2\nitem 1 0.1 0.2\nitem 2 0.3 0.4\n").labels == words{"item 1", "item 2"});
  CHECK(read("2 2\n7 0.1 0.2\n9 0.3 0.4\n").labels == words{"7", "9"});
  CHECK(read("2 1\nking 0.5\nqueen 0.25\n").values == numbers{0.5, 0.25});
  CHECK(read("2 3\n1 2 3\n4 5 7\n").labels.empty());  // as many fields as numbers: no names
}

TEST_CASE("word vectors: a count that is wrong is a note", "[files]") {
  for (const std::string count : {"1", "3", "18446744073709551615"}) {
    const auto table = read(count + " 2\na 1 2\nb 3 4\n");
    CHECK(table.rows == 2);
    REQUIRE(table.notes.size() == 1);
    CHECK(table.notes.front() == "the first line claims " + count + " rows, the file has 2: these are read");
  }
}

TEST_CASE("word vectors: rows that do not hold d numbers are named", "[files]") {
  const auto complaint = [](const std::string& bytes) { return message_of([&] { read(bytes); }); };
  CHECK(complaint("3 3\na 1 2 3\nb 4 5\nc 6 7 8\n") ==
        "words.vec: line 3: 3 fields, but the first line says a name and 3 numbers");
  CHECK(complaint("2 2\na 1 2\nb 3 x\n") == "words.vec: line 3, field 3: 'x' is not a number");
}

TEST_CASE("word vectors: without n d, names with spaces and blank names", "[files]") {
  const auto table = read("North Sea 1 2\nMars 3 4\n  5 6\nNile 7 8\n");
  CHECK(table.labels == words{"North Sea", "Mars", " ", "Nile"});
  CHECK(table.columns == 2);
}
