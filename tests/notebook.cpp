// SPDX-License-Identifier: MIT
// The seven points of the paper authors' demonstration notebook: np.random.seed(1), A = randn(7, 2),
// B = A + randn(7, 2), k = 3, cosine.
#include <cmath>
#include <nngs/nngs.hpp>
#include <random>
#include <vector>

#include "catch.hpp"

namespace {

/// numpy's legacy generator, RandomState(seed).randn: Mersenne twister, 53-bit uniforms, polar method.
class legacy_normals {
 public:
  explicit legacy_normals(std::uint32_t seed) : bits_(seed) {}

  double operator()() {
    if (cached_) {
      cached_ = false;
      return cache_;
    }
    double a, b, square;
    do {
      a = 2 * uniform() - 1;
      b = 2 * uniform() - 1;
      square = a * a + b * b;
    } while (square >= 1 || square == 0);
    const double scale = std::sqrt(-2 * std::log(square) / square);
    cache_ = scale * a;
    cached_ = true;
    return scale * b;
  }

  nngs::row_major<double> matrix(Eigen::Index rows, Eigen::Index columns) {
    nngs::row_major<double> values(rows, columns);
    for (double& value : values.reshaped<Eigen::RowMajor>()) value = (*this)();
    return values;
  }

 private:
  double uniform() {
    const auto high = static_cast<double>(bits_() >> 5);
    const auto low = static_cast<double>(bits_() >> 6);
    return (high * 67108864.0 + low) / 9007199254740992.0;
  }

  std::mt19937 bits_;
  bool cached_ = false;
  double cache_ = 0;
};

}  // namespace

TEST_CASE("the notebook's seven points score as published") {
  legacy_normals normal(1);
  const nngs::row_major<double> a = normal.matrix(7, 2);
  const nngs::row_major<double> b = a + normal.matrix(7, 2);
  CHECK_THAT(a(0, 0), WithinAbs(1.62434536, 1e-8));

  const auto x = nngs::build_graph(a, 3, nngs::cosine{});
  const auto y = nngs::build_graph(b, 3, nngs::cosine{});
  const Eigen::VectorXd items = nngs::item_similarity(x, y, 3);
  const std::vector<double> published{.5, 1, .2, 1, 1, .2, 1};
  for (Eigen::Index item = 0; item < 7; ++item)
    CHECK_THAT(items[item], WithinAbs(published[static_cast<std::size_t>(item)], 1e-15));
  CHECK_THAT(nngs::similarity(x, y, 3), WithinAbs(.7, 1e-15));
}
