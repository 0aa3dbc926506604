// SPDX-License-Identifier: MIT
#include <cmath>
#include <limits>
#include <nngs/nngs.hpp>

#include "../catch.hpp"
#include "reference.hpp"

using Eigen::Index;
using Eigen::MatrixXd;
using nngs::linear_cka;
using reference::normal_matrix;

/// tr(KHLH) / sqrt(tr(KHKH) tr(LHLH)), written as it stands.
static double textbook(const MatrixXd& x, const MatrixXd& y) {
  const Index n = x.rows();
  const MatrixXd h = MatrixXd::Identity(n, n) - MatrixXd::Constant(n, n, 1 / static_cast<double>(n));
  const MatrixXd k = x * x.transpose() * h, l = y * y.transpose() * h;
  return (k * l).trace() / std::sqrt((k * k).trace() * (l * l).trace());
}

static const MatrixXd x = normal_matrix(1, 40, 6);
static const MatrixXd y = x.leftCols(4) + normal_matrix(2, 40, 4);

TEST_CASE("linear CKA is the textbook's, whatever the shape") {
  for (const Index n : {2, 3, 7, 30, 60})
    for (const Index dx : {1, 2, 9, 50})
      for (const Index dy : {1, 5, 80}) {
        const MatrixXd a = normal_matrix(3, n, dx);
        const MatrixXd b = a.col(0) * MatrixXd::Ones(1, dy) + normal_matrix(4, n, dy);
        INFO("n = " << n << ", dx = " << dx << ", dy = " << dy);
        CHECK_THAT(linear_cka(a, b), WithinAbs(textbook(a, b), 1e-10));
      }
}

TEST_CASE("linear CKA of a matrix and itself is 1") {
  CHECK_THAT(linear_cka(x, x), WithinAbs(1, 1e-14));
  CHECK_THAT(linear_cka(x.transpose(), x.transpose()), WithinAbs(1, 1e-14));
  CHECK_THAT(linear_cka(x.col(0), x.col(0)), WithinAbs(1, 1e-14));
}

TEST_CASE("linear CKA of two columns is their squared correlation") {
  const Eigen::Vector4d a(1, 2, 3, 4), b(1, 0, 0, 3);
  CHECK_THAT(linear_cka(a, b), WithinAbs(9.0 / 30.0, 1e-14));
  CHECK_THAT(linear_cka(a, Eigen::Vector4d(1, -1, -1, 1)), WithinAbs(0, 1e-14));
}

TEST_CASE("linear CKA does not change when x and y change places") {
  CHECK_THAT(linear_cka(x, y), WithinAbs(linear_cka(y, x), 1e-14));
}

TEST_CASE("linear CKA does not see rotation, scale and translation") {
  const double plain = linear_cka(x, y);
  MatrixXd turn = MatrixXd::Identity(6, 6);
  turn(0, 0) = turn(3, 3) = 0.6;
  turn(0, 3) = -0.8;
  turn(3, 0) = 0.8;
  CHECK_THAT(linear_cka(x * turn, y), WithinAbs(plain, 1e-13));
  CHECK_THAT(linear_cka(-1e-3 * x, 77 * y), WithinAbs(plain, 1e-13));
  CHECK_THAT(linear_cka((x.array() + 3).matrix(), y), WithinAbs(plain, 1e-13));
}

TEST_CASE("a large common offset costs linear CKA nothing but the digits it took from the data") {
  CHECK_THAT(linear_cka((x.array() + 1e6).matrix(), (y.array() - 1e6).matrix()),
             WithinAbs(linear_cka(x, y), 1e-8));
}

TEST_CASE("huge and tiny numbers are fine in linear CKA") {
  const double plain = linear_cka(x, y);
  CHECK_THAT(linear_cka(x * 1e200, y * 1e-200), WithinAbs(plain, 1e-13));
  CHECK_THAT(linear_cka(x.transpose() * 1e307, x.transpose() * 1e-300), WithinAbs(1, 1e-13));
}

TEST_CASE("numbers below the normal range are fine in linear CKA") {
  const MatrixXd whole = reference::lattice(5, 40, 3, 100);
  const MatrixXd tiny = whole * std::numeric_limits<double>::denorm_min();
  CHECK_THAT(linear_cka(tiny, y), WithinAbs(linear_cka(whole, y), 1e-13));
}

TEST_CASE("a huge constant column beside tiny numbers does not take their variance away") {
  MatrixXd wide(40, 7);
  wide << x * 1e-200, Eigen::VectorXd::Constant(40, 1e200);
  CHECK_THAT(linear_cka(wide, y), WithinAbs(linear_cka(x, y), 1e-13));
}

TEST_CASE("a constant column does not matter to linear CKA") {
  MatrixXd wide(40, 7);
  wide << x, Eigen::VectorXd::Constant(40, 1e8 + 0.1);
  CHECK_THAT(linear_cka(wide, y), WithinAbs(linear_cka(x, y), 1e-8));
}

TEST_CASE("linear CKA works in double for float matrices") {
  const Eigen::MatrixXf small = x.cast<float>();
  CHECK(linear_cka(small, y) == linear_cka(small.cast<double>(), y));
  CHECK_THAT(linear_cka(small, y), WithinAbs(linear_cka(x, y), 1e-5));
}

TEST_CASE("linear CKA takes an expression and evaluates it once") {
  int evaluated = 0;
  const auto counted = [&](double value) { return ++evaluated, value; };
  CHECK(linear_cka(x.unaryExpr(counted), y) == linear_cka(x, y));
  CHECK(evaluated == x.size());
  const MatrixXd turn = normal_matrix(6, 6, 6);
  CHECK(linear_cka(x * turn, y) == linear_cka((x * turn).eval(), y));
}

TEST_CASE("linear CKA lies in [0, 1]") {
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    const double value = linear_cka(normal_matrix(seed, 12, 3), normal_matrix(seed + 100, 12, 8));
    CHECK(value >= 0);
    CHECK(value <= 1);
  }
}
