// SPDX-License-Identifier: MIT
#include <cmath>
#include <cstddef>
#include <limits>
#include <string>
#include <variant>
#include <vector>

#include "../../examples/nngs/matrix_file.hpp"
#include "../../examples/nngs/text.hpp"
#include "../catch.hpp"
#include "message_of.hpp"
#include "temporary_file.hpp"

namespace {

using program::parse_text;
using program::text_table;

using numbers = std::vector<double>;
using words = std::vector<std::string>;

text_table text(const std::string& bytes) { return parse_text("words.txt", bytes); }
text_table csv(const std::string& bytes) { return parse_text("words.csv", bytes); }
text_table tsv(const std::string& bytes) { return parse_text("words.tsv", bytes); }

std::string text_error(const std::string& bytes) {
  return message_of([&] { text(bytes); });
}
std::string csv_error(const std::string& bytes) {
  return message_of([&] { csv(bytes); });
}

const std::string missing = ": a missing value; fill it in, or leave out its row in both files";

void check(const text_table& table, std::size_t rows, const numbers& values, const words& labels) {
  CHECK(table.rows == rows);
  CHECK(table.rows * table.columns == values.size());
  CHECK(table.values == values);
  CHECK(table.labels == labels);
}

}  // namespace

TEST_CASE("text: numbers without labels", "[files]") {
  check(text("1 2 3\n4 5 6\n"), 2, {1, 2, 3, 4, 5, 6}, {});
  check(text("  1\t2  \n 3 4"), 2, {1, 2, 3, 4}, {});
  check(text("7"), 1, {7}, {});
  check(csv("1,2,3\n4,5,6\n"), 2, {1, 2, 3, 4, 5, 6}, {});
  check(csv("1, 2 ,\t3\n"), 1, {1, 2, 3}, {});
  check(csv("1;2;3\n4;5;6\n"), 2, {1, 2, 3, 4, 5, 6}, {});
  check(csv("a;b,1,2\n"), 1, {1, 2}, {"a;b"});
  check(tsv("1\t2\n3\t4\n"), 2, {1, 2, 3, 4}, {});
}

TEST_CASE("text: the extension decides, in capitals too", "[files]") {
  check(parse_text("folder.csv/words", "a 1 2"), 1, {1, 2}, {"a"});
  check(parse_text("WORDS.CSV", "a b,1,2"), 1, {1, 2}, {"a b"});
  check(parse_text("words.Tsv", "a b\t1\t2"), 1, {1, 2}, {"a b"});
}

TEST_CASE("text: every way to write a number", "[files]") {
  const numbers values = {1.5, -2, 0.25, 300, 0.5, 1, 5e-324, -0.0};
  check(text("+1.5 -2 .25 3e2 +5E-1 1. 5e-324 -0"), 1, values, {});
  check(csv("+1.5,-2,.25,\"3e2\",+5E-1,1., \"5e-324\" ,-0"), 1, values, {});
  check(text("0.1 1e999 -1e999 1e-999"), 1,
        {0.1, std::numeric_limits<double>::infinity(), -std::numeric_limits<double>::infinity(), 0}, {});
  const text_table special = text("1 nan\n3 -inf\n2 NaN\n");
  CHECK(std::isnan(special.values[1]));
  CHECK(special.values[3] == -std::numeric_limits<double>::infinity());
  CHECK(std::isnan(special.values[5]));
  for (const char* const wrong : {"+-1", "++1", "+", "-", "1e", "0x10", "1_000", "1.2.3", "1d0", "e5"}) {
    CAPTURE(wrong);
    CHECK(text_error("1 " + std::string(wrong)) == "words.txt: line 1, field 2: '" + std::string(wrong) +
                                                       "' is not a number" +
                                                       (wrong == std::string("-") ? missing : ""));
  }
}

TEST_CASE("text: line ends, blank lines at the end and a byte-order mark", "[files]") {
  for (const std::string end : {"\n", "\r\n"}) {
    for (const std::string after : {"", "\n", "\r\n\r\n", "\n \t \n\n"}) {
      for (const std::string before : {"", "\xEF\xBB\xBF"}) {
        check(text(before + "a 1" + end + "b 2" + after), 2, {1, 2}, {"a", "b"});
        check(csv(before + "1,2" + end + "3,4" + after), 2, {1, 2, 3, 4}, {});
        check(tsv(before + "a\t1" + end + "b\t2" + after), 2, {1, 2}, {"a", "b"});
        check(csv(before + "x,y" + end + "3,4" + after), 1, {3, 4}, {});
      }
    }
  }
}

TEST_CASE("text: GloVe, a word and its numbers a line", "[files]") {
  check(text("the 0.1 0.2\n, 0.3 0.4\n1984 0.5 0.6\n\xC3\xA9t\xC3\xA9\xC2\xA0z 1 2\n"), 4,
        {0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 1, 2}, {"the", ",", "1984", "\xC3\xA9t\xC3\xA9\xC2\xA0z"});
  // A word may pass for a number in the first row too, or hold quotes that mean nothing here.
  check(text("1 0.1 0.2\nthe 0.3 0.4\n\"a 0.5 0.6\n"), 3, {0.1, 0.2, 0.3, 0.4, 0.5, 0.6},
        {"1", "the", "\"a"});
  check(text("nan 1\ninfinity 2\nking 3\nqueen 4\nman 5\n"), 5, {1, 2, 3, 4, 5},
        {"nan", "infinity", "king", "queen", "man"});
}

TEST_CASE("text: tokens of GloVe with spaces in them", "[files]") {
  check(text("the 1 2\n. . . 3 4\nat name@domain.com 5 6\n"), 3, {1, 2, 3, 4, 5, 6},
        {"the", ". . .", "at name@domain.com"});
  CHECK(text_error("the 1 2\nking 3 4 5\n") == "words.txt: line 2: 4 fields, but most rows have 3");
}

TEST_CASE("text: word2vec and fastText, with the shape in the first line", "[files]") {
  check(text("3 2\n</s> 1 2 \n1984 3 4 \n7 5 6 \n"), 3, {1, 2, 3, 4, 5, 6}, {"</s>", "1984", "7"});
  CHECK(text_error("3 3\na 1 2\n") ==
        "words.txt: line 2: 3 fields, but the first line says a name and 3 numbers");
  // Two columns of whole numbers are a matrix, whatever the first row says.
  check(text("1 1\n5 2\n"), 2, {1, 1, 5, 2}, {});
  check(text("0 300\n"), 1, {0, 300}, {});
}

TEST_CASE("text: whether there are labels", "[files]") {
  SECTION("the first row begins with one") {
    check(csv("total,1.5\n1990,2\n1991,3\n"), 3, {1.5, 2, 3}, {"total", "1990", "1991"});
  }
  SECTION("most rows begin with one") {
    check(csv("1984,1\nking,2\nqueen,3\n"), 3, {1, 2, 3}, {"1984", "king", "queen"});
  }
  SECTION("one row begins with a typing error") {
    CHECK(csv_error("1,2\n3,4\nx5,6\n") == "words.csv: line 3, field 1: 'x5' is not a number");
    CHECK(text_error("1 2\n3 4\nx5 6\n") == "words.txt: line 3, field 1: 'x5' is not a number");
  }
  SECTION("nothing is neither a label nor a number") {
    CHECK(csv_error(",2.5\n3,4\n") == "words.csv: line 1, field 1: '' is not a number" + missing);
  }
  SECTION("labels alone are no matrix") {
    CHECK(csv_error("king\nqueen\n") == "words.csv: line 1: no numbers");
    CHECK(text_error("king\nqueen\n") == "words.txt: line 1: no numbers");
    CHECK(text_error("king,1\nqueen\n") == "words.txt: line 2: 1 field, but most rows have 2");
  }
}

TEST_CASE("text: labels in quotes", "[files]") {
  check(csv("\"New York, NY\",1,2\n\"say \"\"hi\"\"\",3,4\n plain \"\"x ,5,6\n\"\",7,8\n"), 4,
        {1, 2, 3, 4, 5, 6, 7, 8}, {"New York, NY", "say \"hi\"", "plain \"\"x", ""});
  check(csv("\"a \"\"b\"\", c\" ,1\n"), 1, {1}, {"a \"b\", c"});
  check(tsv("\"a\tb\"\t1\n"), 1, {1}, {"a\tb"});
  check(csv("\"a;b\";1\n"), 1, {1}, {"a;b"});
  // A word list that knows no quoting may hold the word '"'.
  check(tsv("a\t1\n\"\t2\n\"b\t3\n"), 3, {1, 2, 3}, {"a", "\"", "\"b"});
  check(csv("a,1\n\",2\n"), 2, {1, 2}, {"a", "\""});
}

TEST_CASE("text: a header in .csv and .tsv", "[files]") {
  check(csv("x,y\n1,2\n"), 1, {1, 2}, {});
  check(csv("word,x,y\nking,1,2\n"), 1, {1, 2}, {"king"});
  check(csv("word,x,y\n1984,1,2\nking,3,4\nqueen,5,6\n"), 3, {1, 2, 3, 4, 5, 6}, {"1984", "king", "queen"});
  check(csv("value\n1\n2\n"), 2, {1, 2}, {});
  check(tsv("x\ty\n1\t2\n"), 1, {1, 2}, {});
  SECTION("as pandas and R write it above names or numbers of rows") {
    check(csv(",0,1\n0,0.5,0.6\n1,0.7,0.8\n"), 2, {0.5, 0.6, 0.7, 0.8}, {"0", "1"});
    check(csv("0,1,2\n0.5,0.6,4\n0.7,0.8,5\n"), 2, {0.5, 0.6, 4, 0.7, 0.8, 5}, {});
    check(csv("word,0,1\nking,0.5,6\n"), 1, {0.5, 6}, {"king"});
    check(csv("0,1,2\n3,4,5\n"), 2, {0, 1, 2, 3, 4, 5}, {});  // whole numbers: an item
    check(csv("0\n0.5\n"), 2, {0, 0.5}, {});
    check(csv("1,2,3\n4,5,6\n"), 2, {1, 2, 3, 4, 5, 6}, {});
    check(csv("\"\",\"V1\",\"V2\"\n\"1\",0.5,0.6\n"), 1, {0.5, 0.6}, {"1"});
  }
  SECTION("only if it has no number and numbers follow") {
    check(csv("king,1,2\n1984,3,4\n"), 2, {1, 2, 3, 4}, {"king", "1984"});
    CHECK(csv_error("1,NA,3\n4,5,6\n") == "words.csv: line 1, field 2: 'NA' is not a number" + missing);
    CHECK(csv_error("x,y\n") == "words.csv: line 1, field 2: 'y' is not a number");
    CHECK(csv_error("x,y\nu,v\n") == "words.csv: line 1, field 2: 'y' is not a number");
  }
  SECTION("lines keep their numbers below it") {
    CHECK(csv_error("x,y\n1,2\n3,?\n") == "words.csv: line 3, field 2: '?' is not a number" + missing);
  }
}

TEST_CASE("text: rows of another length, and blank lines between rows", "[files]") {
  CHECK(text_error("1 2\n3\n") == "words.txt: line 2: 1 field, but most rows have 2");
  CHECK(text_error("a 1 2\nb 3\n") == "words.txt: line 2: 2 fields, but most rows have 3");
  CHECK(text_error("1.0 2\n3 4 5\n") == "words.txt: line 2: 3 fields, but most rows have 2");
  CHECK(csv_error("1,2\n3,4,\n") == "words.csv: line 2: 3 fields, but most rows have 2");
  CHECK(csv_error("a,1,2\nb,c,3,4\n") == "words.csv: line 2: 4 fields, but most rows have 3");
  CHECK(text_error("1 2\n\n3 4\n") == "words.txt: line 2: is blank, with rows below it");
  CHECK(text_error("\n1 2\n") == "words.txt: line 1: is blank, with rows below it");
}

TEST_CASE("text: without any rows", "[files]") {
  for (const char* const bytes : {"", "\n", " \r\n\t\n", "\xEF\xBB\xBF", "\xEF\xBB\xBF\n\n"}) {
    CHECK(text_error(bytes) == "words.txt: holds no rows");
    CHECK(csv_error(bytes) == "words.csv: holds no rows");
  }
}

TEST_CASE("text: what is wrong is quoted in short and without control characters", "[files]") {
  const std::string forty(40, 'x');
  CHECK(text_error("1 " + forty) == "words.txt: line 1, field 2: '" + forty + "' is not a number");
  CHECK(text_error("1 " + forty + "y") == "words.txt: line 1, field 2: '" + forty + "...' is not a number");
  const std::string cut_inside_a_character = forty.substr(1) + "\xC3\xA9";
  CHECK(text_error("1 " + cut_inside_a_character) ==
        "words.txt: line 1, field 2: '" + forty.substr(1) + "...' is not a number");
  CHECK(text_error("1 \x1B[2J\x7F") == "words.txt: line 1, field 2: '?[2J?' is not a number");
  CHECK(text_error("1 \xC2\x9B"
                   "2J\xC2\xA0\xC2") == "words.txt: line 1, field 2: '?2J\xC2\xA0\xC2' is not a number");
}

TEST_CASE("text: a matrix file from text", "[files]") {
  const temporary_file file("king 1 2\nqueen 3 4\n", ".txt");
  const program::matrix_file matrix = program::open_matrix(file.path());
  CHECK(matrix.path == file.path());
  CHECK(matrix.element_type == "text");
  CHECK(matrix.labels == words{"king", "queen"});
  const auto& values = std::get<program::matrix_view<double>>(matrix.values);
  REQUIRE(values.rows() == 2);
  REQUIRE(values.cols() == 2);
  CHECK(values(1, 0) == 3);
}

TEST_CASE("labels: one a line", "[files]") {
  const auto labels = [](const std::string& bytes) {
    return program::read_labels(temporary_file(bytes).path());
  };
  CHECK(labels("a\nb\n") == words{"a", "b"});
  CHECK(labels("a\r\nb c\r\n") == words{"a", "b c"});
  CHECK(labels("\xEF\xBB\xBF"
               "a\n\n b") == words{"a", "", " b"});
  CHECK(labels("a\n\n") == words{"a", ""});
  CHECK(labels("\n") == words{""});
}
