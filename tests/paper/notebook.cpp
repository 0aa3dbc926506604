// SPDX-License-Identifier: MIT
// The seven points of the paper authors' demonstration notebook: np.random.seed(1), A = randn(7, 2),
// B = A + randn(7, 2), k = 3, cosine.
#include <nngs/nngs.hpp>
#include <vector>

#include "../../examples/paper/numpy_random.hpp"
#include "../catch.hpp"

TEST_CASE("the notebook's seven points score as published") {
  paper::numpy_random random(1);
  const nngs::row_major<double> a = random.normals(7, 2);
  const nngs::row_major<double> b = a + random.normals(7, 2);
  CHECK_THAT(a(0, 0), WithinAbs(1.62434536, 1e-8));

  const auto x = nngs::build_graph(a, 3, nngs::cosine{});
  const auto y = nngs::build_graph(b, 3, nngs::cosine{});
  const Eigen::VectorXd items = nngs::item_similarity(x, y, 3);
  const std::vector<double> published{.5, 1, .2, 1, 1, .2, 1};
  for (Eigen::Index item = 0; item < 7; ++item)
    CHECK_THAT(items[item], WithinAbs(published[static_cast<std::size_t>(item)], 1e-15));
  CHECK_THAT(nngs::similarity(x, y, 3), WithinAbs(.7, 1e-15));
}
