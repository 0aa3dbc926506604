// SPDX-License-Identifier: MIT
// Columns of numbers that may be no coordinates get a note that names them.
#include <string>
#include <vector>

#include "../../examples/nngs/column_notes.hpp"
#include "../../examples/nngs/matrix_file.hpp"
#include "../catch.hpp"
#include "npy_bytes.hpp"
#include "temporary_file.hpp"

namespace {

using words = std::vector<std::string>;

program::matrix_file csv(const std::string& bytes) {
  return program::open_matrix(temporary_file(bytes, ".csv").path());
}

bool holds(const words& notes, const std::string& column, const std::string& word) {
  for (const std::string& note : notes)
    if (note.find(column) != std::string::npos && note.find(word) != std::string::npos) return true;
  return false;
}

}  // namespace

TEST_CASE("odd columns: classes and ids at either end beside fractions", "[files]") {
  CHECK(holds(csv("x,y,label\n0.1,0.2,0\n0.3,0.4,0\n0.5,0.7,1\n0.4,0.4,1\n").notes, "column 3 'label'",
              "class"));
  CHECK(holds(csv("label,x,y\n0,0.1,0.2\n0,0.3,0.4\n1,0.5,0.7\n1,0.4,0.4\n").notes, "column 1 'label'",
              "class"));
  CHECK(holds(csv("x,y,z\n0.1,0.2,71\n0.3,0.4,12\n0.5,0.7,33\n0.4,0.4,14\n").notes, "column 3 'z'", "id"));
  CHECK(csv("x,y\n0.1,2\n0.3,1\n0.5,0.5\n").notes.empty());
  CHECK(csv("x,y\n1,2\n3,2\n5,0\n").notes.empty());        // all whole
  CHECK(csv("x,y\n0.1,2\n0.3,2\n0.5,2\n").notes.empty());  // one value tells nothing
}

TEST_CASE("odd columns: row numbers in a .npy file", "[files]") {
  const temporary_file file(npy_header("<f4", false, "(3, 2)") +
                            data_bytes<float>({5, 0.5F, 6, 0.25F, 7, 0.5F}));
  CHECK(holds(program::open_matrix(file.path()).notes, "column 1 counts the rows", "--skip 1"));
}

TEST_CASE("odd columns: the same in both files, though they differ", "[files]") {
  const auto x = csv("a,b,c\n0.1,0.2,0.5\n0.3,0.4,0.7\n"), y = csv("a,b,c\n0.9,0.2,0.1\n0.7,0.4,0.2\n");
  CHECK(program::shared_columns(x, y).find("column 2 'b' is the same in both files") == 0);
  CHECK(program::shared_columns(x, x).empty());
  const auto longer = csv("z,a,b,c\n0.5,0.6,0.7,0.5\n0.1,0.2,0.3,0.7\n");  // from the right
  CHECK(program::shared_columns(x, longer).find("column 3 'c' is the same") == 0);
  const auto constant = csv("a,b,c\n0.4,0.5,0.5\n0.6,0.5,0.6\n");
  CHECK(program::shared_columns(constant, csv("a,b,c\n0.1,0.5,0.4\n0.2,0.5,0.3\n")).empty());
}
