// SPDX-License-Identifier: MIT
// The folder of kept lists as code calls it: what is told apart, and a folder that is gone.
#include <filesystem>
#include <memory>
#include <string>

#include "../../examples/nngs/kept_lists.hpp"
#include "../catch.hpp"
#include "message_of.hpp"
#include "temporary_file.hpp"

namespace keeping {

namespace fs = std::filesystem;

template <class Scalar>
program::matrix_file to_file(const Eigen::Matrix<Scalar, -1, -1>& values) {
  const auto copy = std::make_shared<nngs::row_major<Scalar>>(values);
  return {"x.npy", "float", {}, program::matrix_view<Scalar>(copy->data(), copy->rows(), copy->cols()), copy};
}

/// A ring of four items: each has the two beside it.
nngs::neighbor_graph ring() {
  Eigen::MatrixXi lists(4, 2);
  lists << 1, 3, 2, 0, 3, 1, 0, 2;
  return nngs::neighbor_graph(lists);
}

TEST_CASE("kept lists: the hash tells shapes and every value apart, and floats from doubles not", "[files]") {
  const auto hash = [](const auto& values) {
    return program::facts_of(to_file(values), "cosine", "matrix", "1").data;
  };
  const Eigen::MatrixXd values = Eigen::VectorXd::LinSpaced(12, 0, 11).reshaped(4, 3);
  CHECK(hash(values) == hash(Eigen::MatrixXf(values.cast<float>())));
  for (Eigen::Index i = 0; i < values.size(); ++i) {
    Eigen::MatrixXd other = values;
    other.data()[i] += 1e-9;
    CHECK(hash(values)[0] != hash(other)[0]);
    CHECK(hash(values)[1] != hash(other)[1]);
  }
  const Eigen::MatrixXd zeros = Eigen::MatrixXd::Zero(4, 3);
  CHECK(hash(zeros) != hash(Eigen::MatrixXd(Eigen::MatrixXd::Zero(3, 4))));
  CHECK(hash(zeros) != hash(Eigen::MatrixXd(Eigen::MatrixXd::Zero(4, 4))));
  CHECK(hash(values) != hash(Eigen::MatrixXd(values.colwise().reverse())));
}

TEST_CASE("kept lists: found once kept, searched once, and a folder that is gone is a note", "[files]") {
  const temporary_file name("");
  fs::remove(name.path());
  program::kept_lists kept(name.path());
  const program::list_facts facts{4, "minkowski:3", "seed:1", "rows:0.9", {1, 2}};
  int searches = 0;
  const auto search = [&] {
    ++searches;
    return ring();
  };
  CHECK(kept.graph(facts, 2, search) == ring());
  CHECK(kept.graph(facts, 2, search) == ring());
  CHECK(kept.graph(facts, 1, search) == ring().first(1));
  CHECK(searches == 1);
  CHECK(!kept.find(facts, 3));
  program::list_facts other = facts;
  other.data[1] = 3;
  CHECK(!kept.find(other, 2));
  CHECK(kept.notes().empty());

  fs::remove_all(name.path());
  CHECK(kept.graph(facts, 2, search) == ring());
  CHECK(searches == 2);
  REQUIRE(kept.notes().size() == 1);
  CHECK(kept.notes().front().find("cannot be kept") != std::string::npos);
  name.write("a file");
  CHECK(message_of([&] { program::kept_lists again(name.path()); }).find("is no folder") !=
        std::string::npos);
}

}  // namespace keeping
