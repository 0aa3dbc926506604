// SPDX-License-Identifier: MIT
// The clouds of the paper's experiments are those of its authors, and GULP is their GULP.
#include <cmath>
#include <nlohmann/json.hpp>
#include <nngs/nngs.hpp>

#include "../../examples/paper/clouds.hpp"
#include "../../examples/paper/gulp.hpp"
#include "../catch.hpp"
#include "../golden.hpp"

namespace {

using golden::read_matrix;
using nlohmann::json;

json published_table() { return golden::read("toy_table.json")["table"]; }

}  // namespace

TEST_CASE("toy clouds of seed 0 are the authors'") {
  const json table = published_table();
  for (std::size_t i = 0; i < table.size(); ++i) {
    INFO(table[i]["case"]);
    const auto clouds = paper::toy_clouds(paper::toy_cases()[i], 0);
    const auto x = read_matrix(table[i]["x"]), y = read_matrix(table[i]["y"]);
    REQUIRE(clouds.x.rows() == x.rows());
    CHECK((clouds.x - x).cwiseAbs().maxCoeff() < 1e-14);
    CHECK((clouds.y - y).cwiseAbs().maxCoeff() < 1e-14);
  }
}

TEST_CASE("GULP is 0 for equal clouds, the same both ways, and no matter of rotation") {
  const auto clouds = paper::toy_clouds(paper::toy_cases()[2], 3);
  for (const double ridge : {0.01, 1.0}) {
    CHECK_THAT(paper::gulp({clouds.x, clouds.x}, ridge), WithinAbs(0, 1e-10));
    const double distance = paper::gulp(clouds, ridge);
    CHECK(distance > 0.01);
    CHECK_THAT(paper::gulp({clouds.y, clouds.x}, ridge), WithinAbs(distance, 1e-10));
    CHECK_THAT(paper::gulp({clouds.x, clouds.y.rowwise().reverse()}, ridge), WithinAbs(distance, 1e-10));
  }
}

TEST_CASE("GULP of the toy clouds is the authors'") {
  const json table = published_table();
  for (std::size_t i = 0; i < table.size(); ++i) {
    INFO(table[i]["case"]);
    const paper::cloud_pair clouds{read_matrix(table[i]["x"]), read_matrix(table[i]["y"])};
    const json& saved = table[i]["saved_inputs"];
    CHECK_THAT(paper::gulp(clouds, 0.01), WithinAbs(saved["gulp_lambda_0.01"].get<double>(), 1e-10));
    CHECK_THAT(paper::gulp(clouds, 1), WithinAbs(saved["gulp_lambda_1"].get<double>(), 1e-10));
  }
}

TEST_CASE("make_blobs gives every centre its share, in shuffled order") {
  paper::numpy_random random(5);
  paper::matrix centres(3, 2);
  centres << 0, 0, 100, 0, 0, 100;
  const paper::matrix blobs = paper::make_blobs(30, centres, 0.1, random);
  Eigen::Index in_first = 0, changes = 0;
  const auto nearest = [&](Eigen::Index item) {
    Eigen::Index centre = 0;
    CHECK((centres.rowwise() - blobs.row(item)).rowwise().norm().minCoeff(&centre) < 1);
    return centre;
  };
  for (Eigen::Index item = 0; item < 30; ++item) {
    in_first += nearest(item) == 0 ? 1 : 0;
    changes += item > 0 && nearest(item) != nearest(item - 1) ? 1 : 0;
  }
  CHECK(in_first == 10);
  CHECK(changes > 5);
}
