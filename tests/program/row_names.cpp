// SPDX-License-Identifier: MIT
// Which column of a table names the items, and is no coordinate.
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "../../examples/nngs/matrix_file.hpp"
#include "../../examples/nngs/text.hpp"
#include "../../examples/nngs/usage_error.hpp"
#include "../catch.hpp"
#include "message_of.hpp"
#include "npy_bytes.hpp"
#include "temporary_file.hpp"

namespace {

using program::input_options;
using program::names_choice;
using program::parse_text;
using program::text_table;

using words = std::vector<std::string>;
using numbers = std::vector<double>;

text_table csv(const std::string& bytes, const input_options& options = {}) {
  return parse_text("table.csv", bytes, options);
}

input_options named(names_choice names) { return {.names = names, .skip = {}, .join = false}; }
input_options skipping(words columns) {
  return {.names = names_choice::automatic, .skip = std::move(columns), .join = false};
}

/// Whether one note holds all of these words.
bool notes(const text_table& table, const words& all) {
  for (const std::string& note : table.notes) {
    bool every = true;
    for (const std::string& word : all) every = every && note.find(word) != std::string::npos;
    if (every) return true;
  }
  return false;
}

}  // namespace

TEST_CASE("row names: a header one field shorter than the rows tells them", "[files]") {
  for (const std::string separator : {",", ";", "\t", " "}) {
    std::string bytes = "\"V1\",\"V2\"\n\"7\",0.1,0.2\n\"9\",0.3,0.4\n";
    for (char& c : bytes)
      if (c == ',') c = separator.front();
    const text_table table = parse_text(separator == " " ? "table.txt" : "table.csv", bytes);
    CAPTURE(separator);
    CHECK(table.labels == words{"7", "9"});
    CHECK(table.values == numbers{0.1, 0.2, 0.3, 0.4});
    CHECK(table.notes.empty());
    REQUIRE(table.names);
    CHECK(table.names->number == 1);
    CHECK(table.coordinates.at(1).title == "V2");
  }
}

TEST_CASE("row names: whole numbers under a name such as id are names, and a note says so", "[files]") {
  for (const std::string title :
       {"id", "ID", "index", "Unnamed: 0", "item", "row.names", "user_id", "userId"}) {
    const text_table table = csv(title + ",x,y\n70,0.1,0.2\n12,0.3,0.4\n");
    CAPTURE(title);
    CHECK(table.labels == words{"70", "12"});
    CHECK(notes(table, {"column 1 '" + title + "'", "names"}));
  }
  for (const std::string title : {"x", "grid", "valid", "width"})
    CHECK(csv(title + ",y\n70,0.2\n12,0.4\n").labels.empty());
  CHECK(csv("id,x\n0.25,0.2\n0.5,0.4\n").labels.empty());  // fractions name nothing
}

TEST_CASE("row names: a first column that counts the rows from any start is names", "[files]") {
  for (const int start : {-1, 0, 1, 1000}) {
    for (const std::string ending : {"", ".0"}) {
      std::string bytes;
      words expected;
      for (int row = 0; row < 200; ++row) {
        expected.push_back(std::to_string(start + row) + ending);
        bytes += expected.back() + ",0." + std::to_string(row % 7) + "\n";
      }
      const text_table table = csv(bytes);
      CHECK(table.labels == expected);
      CHECK(table.columns == 1);
      CHECK(notes(table, {"column 1", "names"}));
      // One row that does not count, far below the first ones, and it is a coordinate.
      CHECK(csv(bytes + "7,0.1\n").labels.empty());
      CHECK(csv(bytes, named(names_choice::none)).columns == 2);
    }
  }
  CHECK(csv("1,0.5\n2,0.7\n").labels.empty());         // two rows may do so by chance
  CHECK(csv("1,0.5\n3,0.7\n5,0.1\n").labels.empty());  // in steps of one
}

TEST_CASE("row names: never the only column", "[files]") {
  CHECK(csv("1\n2\n3\n4\n").columns == 1);
  CHECK(csv("id\n1\n2\n3\n4\n").values == numbers{1, 2, 3, 4});
  CHECK(csv("name,id\na,1\nb,2\nc,3\n").values == numbers{1, 2, 3});
  CHECK(csv("word,id,index\na,1,4\nb,2,5\nc,3,6\n").values == numbers{4, 5, 6});
}

TEST_CASE("row names: further columns of numbers of rows are left out behind them", "[files]") {
  const text_table table = csv("word,id,x\na,5,0.1\nb,9,0.2\nc,7,0.3\n");
  CHECK(table.labels == words{"a", "b", "c"});
  CHECK(table.values == numbers{0.1, 0.2, 0.3});
  CHECK(notes(table, {"column 2 'id'", "names"}));
  CHECK(csv("a,1,0.1\nb,2,0.2\nc,3,0.3\n").columns == 1);
  CHECK(csv("word,id,x\na,5,0.1\nb,9,0.2\nc,7,0.3\n", named(names_choice::first)).columns == 2);
}

TEST_CASE("row names: the option decides", "[files]") {
  const std::string bytes = "x,y\n5,0.2\n7,0.4\n";
  CHECK(csv(bytes).columns == 2);
  const text_table first = csv(bytes, named(names_choice::first));
  CHECK(first.labels == words{"5", "7"});
  CHECK(first.values == numbers{0.2, 0.4});
  CHECK(csv(",y\n5,0.2\n7,0.4\n", named(names_choice::none)).values == numbers{5, 0.2, 7, 0.4});
  CHECK(message_of([] {
          csv("x\n1\n2\n", named(names_choice::first));
        }).find("--names first leaves no column") != std::string::npos);
  CHECK(message_of([] { csv("a,1\nb,2\n", named(names_choice::none)); }).find("'a' is not a number") !=
        std::string::npos);
}

TEST_CASE("skip: by name or by number, the column of names among them", "[files]") {
  const std::string bytes = "name,x,label,y\na,0.1,u,0.2\nb,0.3,v,0.4\n";
  for (const std::string column : {"label", "3"}) {
    const text_table table = csv(bytes, skipping({column}));
    CHECK(table.labels == words{"a", "b"});
    CHECK(table.values == numbers{0.1, 0.2, 0.3, 0.4});
    CHECK(table.coordinates.at(1).number == 4);
  }
  CHECK(csv(bytes, skipping({"1", "label", "x"})).values == numbers{0.2, 0.4});
  CHECK(csv(bytes, skipping({"1", "3"})).labels.empty());
  CHECK(csv(bytes, skipping({"3", "none"})).skip_not_found == words{"none"});
  CHECK(message_of([&] { csv(bytes, skipping({"5"})); }) ==
        "table.csv: has 4 columns, counted from 1: there is no --skip 5");
  CHECK(message_of([&] {
          csv(bytes, skipping({"1", "2", "3", "4"}));
        }) == "table.csv: --skip leaves no column");
  // What holds words tells how to leave it out.
  CHECK(message_of([&] { csv(bytes); }).find("column 3 'label' holds words, --skip 3") != std::string::npos);
}

TEST_CASE("skip and names: of a .npy file too", "[files]") {
  const temporary_file file(npy_header("<i4", false, "(2, 3)") +
                            data_bytes<std::int32_t>({7, 1, 2, 9, 3, 4}));
  const auto values = [&](const input_options& options) {
    const program::matrix_file matrix = program::open_matrix(file.path(), options);
    const auto& view = std::get<program::matrix_view<double>>(matrix.values);
    return numbers(view.data(), view.data() + view.size());
  };
  CHECK(values(skipping({"2"})) == numbers{7, 2, 9, 4});
  CHECK(values(named(names_choice::first)) == numbers{1, 2, 3, 4});
  CHECK(program::open_matrix(file.path(), named(names_choice::first)).labels == words{"7", "9"});
  CHECK(message_of([&] { values(skipping({"4"})); }).find("has 3 columns") != std::string::npos);
  CHECK(message_of([&] {
          values(skipping({"1", "2", "3"}));
        }).find("no column is left") != std::string::npos);
}
