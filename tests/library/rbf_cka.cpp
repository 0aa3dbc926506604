// SPDX-License-Identifier: MIT
#include <cmath>
#include <nngs/nngs.hpp>

#include "../catch.hpp"
#include "reference.hpp"
#include "reference_cka.hpp"

using Eigen::Index;
using Eigen::MatrixXd;
using nngs::cka;
using nngs::rbf;
using reference::normal_matrix;

static const MatrixXd x = normal_matrix(1, 90, 6);
static const MatrixXd y = x.leftCols(4) + normal_matrix(2, 90, 4);

static void check_against_textbook(const MatrixXd& a, const MatrixXd& b, double s, double t) {
  INFO("n = " << a.rows() << ", dx = " << a.cols() << ", dy = " << b.cols() << ", s = " << s << ", " << t);
  const reference::kernel_matrix k = reference::rbf_kernel(a, s), l = reference::rbf_kernel(b, t);
  const nngs::cka_result ours = cka(a, b, rbf{.bandwidth = s}, rbf{.bandwidth = t});
  CHECK_THAT(ours.biased.value, WithinAbs(reference::cka(reference::biased_hsic, k, l), 1e-10));
  CHECK_THAT(ours.biased.hsic_xy, WithinAbs(reference::biased_hsic(k, l), 1e-13));
  CHECK_THAT(ours.biased.hsic_xx, WithinAbs(reference::biased_hsic(k, k), 1e-13));
  CHECK_THAT(ours.biased.hsic_yy, WithinAbs(reference::biased_hsic(l, l), 1e-13));
  if (a.rows() < 4) return;
  CHECK_THAT(ours.debiased.hsic_xy, WithinAbs(reference::debiased_hsic(k, l), 1e-12));
  const double kk = reference::debiased_hsic(k, k), ll = reference::debiased_hsic(l, l);
  CHECK(ours.debiased.defined == (kk > 0 && ll > 0));
  if (kk > 0 && ll > 0)
    CHECK_THAT(ours.debiased.value, WithinAbs(reference::cka(reference::debiased_hsic, k, l), 1e-10));
}

TEST_CASE("RBF CKA is the textbook's, whatever the shape") {
  for (const Index n : {2, 3, 4, 8, 25, 192, 193, 400})
    for (const Index dx : {1, 9, 130}) {
      const MatrixXd a = normal_matrix(3, n, dx), b = a.leftCols(1) + normal_matrix(4, n, 1);
      check_against_textbook(a, b, std::sqrt(static_cast<double>(dx)), 1.5);
    }
}

TEST_CASE("RBF CKA is the textbook's for small and large bandwidths") {
  for (const double s : {0.3, 1.0, 2.0, 2.6, 3.0, 10.0, 40.0}) check_against_textbook(x, y, s, 1.2 * s);
}

TEST_CASE("the bandwidth is a fraction of each space's median distance") {
  for (const Index n : {30, 90}) {  // 435 and 4,005 pairs; of 6 pairs the middle two are averaged
    const MatrixXd a = x.topRows(n), b = y.topRows(n);
    const nngs::cka_result ours = cka(a, b, rbf{.fraction = 0.8});
    CHECK_THAT(ours.x.bandwidth, WithinAbs(0.8 * reference::median_distance(a), 1e-13));
    CHECK_THAT(ours.y.bandwidth, WithinAbs(0.8 * reference::median_distance(b), 1e-13));
    CHECK(ours.x.median_rank_error == 0);
    CHECK(ours.biased.value ==
          cka(a, b, rbf{.bandwidth = ours.x.bandwidth}, rbf{.bandwidth = ours.y.bandwidth}).biased.value);
  }
  const MatrixXd four = normal_matrix(5, 4, 3);
  CHECK_THAT(cka(four, four, rbf{}).x.bandwidth, WithinAbs(reference::median_distance(four), 1e-14));
}

TEST_CASE("RBF CKA of a matrix and itself is 1") {
  CHECK_THAT(cka(x, x, rbf{}).biased.value, WithinAbs(1, 1e-14));
  CHECK_THAT(cka(x, x, rbf{}).debiased.value, WithinAbs(1, 1e-14));
}

TEST_CASE("RBF CKA does not change when x and y change places") {
  const auto there = cka(x, y, rbf{}), back = cka(y, x, rbf{});
  CHECK_THAT(there.biased.value, WithinAbs(back.biased.value, 1e-14));
  CHECK_THAT(there.debiased.value, WithinAbs(back.debiased.value, 1e-14));
}

TEST_CASE("RBF CKA does not see rotation, scale, translation and the order of items") {
  const nngs::cka_result plain = cka(x, y, rbf{});
  MatrixXd turn = MatrixXd::Identity(6, 6);
  turn(0, 0) = turn(3, 3) = 0.6;
  turn(0, 3) = -0.8;
  turn(3, 0) = 0.8;
  const MatrixXd moved = ((x * turn).array() * 77 + 300).matrix();
  MatrixXd a(90, 6), b(90, 4);
  const auto order = reference::shuffled(6, 90);
  for (Index i = 0; i < 90; ++i) {
    a.row(i) = x.row(order[static_cast<std::size_t>(i)]);
    b.row(i) = y.row(order[static_cast<std::size_t>(i)]);
  }
  for (const nngs::cka_result& same : {cka(moved, y, rbf{}), cka(x * -1e-3, y, rbf{}), cka(a, b, rbf{})}) {
    CHECK_THAT(same.biased.value, WithinAbs(plain.biased.value, 1e-12));
    CHECK_THAT(same.debiased.value, WithinAbs(plain.debiased.value, 1e-12));
  }
}

TEST_CASE("huge and tiny numbers are fine in RBF CKA") {
  const double plain = cka(x, y, rbf{}).biased.value;
  const nngs::cka_result far = cka(x * 0x1p600, y * 0x1p-600, rbf{});
  CHECK_THAT(far.biased.value, WithinAbs(plain, 1e-13));
  CHECK_THAT(far.x.bandwidth, WithinAbs(0x1p600 * cka(x, y, rbf{}).x.bandwidth, 0x1p560));
  CHECK_THAT(cka(x * 1e307, y, rbf{}).biased.value, WithinAbs(plain, 1e-13));
}

TEST_CASE("pairs that lie near each other, far from the rest, keep their digits") {
  // Two far clusters: the products cancel to 1e-10 of the norms; the bandwidth sees the inside of the
  // clusters.
  MatrixXd a = normal_matrix(7, 60, 3), b = normal_matrix(8, 60, 3) + a;
  a.topRows(30).array() += 1e5;
  b.bottomRows(30).array() += 3e4;
  check_against_textbook(a, b, 1.5, 2);
}

TEST_CASE("at a large bandwidth RBF CKA tends to linear CKA") {
  const double limit = nngs::linear_cka(x, y);
  CHECK_THAT(cka(x, y, rbf{.bandwidth = 1e5}).biased.value, WithinAbs(limit, 1e-8));
  CHECK_THAT(cka(x, y, rbf{.bandwidth = 1e7}).biased.value, WithinAbs(limit, 1e-12));
  CHECK_THAT(cka(x, y, rbf{.bandwidth = 1e7}).debiased.value,
             WithinAbs(cka(x, y, nngs::linear{}).debiased.value, 1e-12));
}

TEST_CASE("RBF CKA works in double for float matrices, of either order, and for expressions") {
  const Eigen::MatrixXf small = x.cast<float>();
  const nngs::row_major<float> turned = small;
  const double expected = cka(small.cast<double>(), y, rbf{}).biased.value;
  CHECK(cka(small, y, rbf{}).biased.value == expected);
  CHECK_THAT(cka(turned, y, rbf{}).biased.value, WithinAbs(expected, 1e-14));
  CHECK_THAT(cka(x * 2, y.leftCols(3), rbf{}).biased.value,
             WithinAbs(cka(x, y.leftCols(3).eval(), rbf{}).biased.value, 1e-13));
}

TEST_CASE("the median of many items comes from a sample whose error is as stated", "[slow]") {
  const Index n = 2500;
  const MatrixXd a = normal_matrix(9, n, 5);
  MatrixXd sorted = a;  // classes in order, so that a tile sees few of them
  for (Index i = 0; i < n; ++i) sorted(i, 0) += 10 * static_cast<double>(i / 250);
  for (const MatrixXd& values : {a, sorted}) {
    double squares = 0;
    const int seeds = 12;
    for (int seed = 0; seed < seeds; ++seed) {
      const nngs::cka_result ours = cka(values, a, rbf{.seed = static_cast<std::uint64_t>(seed)});
      double below = 0;
      for (Index i = 0; i < n; ++i)
        below += static_cast<double>(
            ((values.bottomRows(n - i - 1).rowwise() - values.row(i)).rowwise().norm().array() <
             ours.x.bandwidth)
                .count());
      const double rank = below / (static_cast<double>(n) * static_cast<double>(n - 1) / 2);
      REQUIRE(ours.x.median_rank_error > 0);
      CHECK(ours.x.median_rank_error < 0.01);
      const double errors = (rank - 0.5) / ours.x.median_rank_error;
      CHECK(std::abs(errors) < 4);
      squares += errors * errors;
    }
    // chi-squared with 12 degrees of freedom leaves [2.2, 32.9] once in a thousand
    CHECK(squares > 2.2);
    CHECK(squares < 32.9);
  }
}

TEST_CASE("wrong parameters of RBF CKA are errors that give them") {
  const auto said = [&](const rbf& kernel) { return reference::complaint([&] { cka(x, y, kernel); }); };
  CHECK_THAT(said(rbf{.bandwidth = -2.5}),
             Equals("x: an RBF bandwidth of -2.5: give a positive number, or 0 for a fraction of the "
                    "median distance"));
  CHECK_THAT(said(rbf{.fraction = 0}),
             Equals("x: an RBF fraction of 0 of the median distance: give a positive number"));
  CHECK(said(rbf{.bandwidth = std::nan("")}).find("bandwidth of nan") != std::string::npos);
  CHECK_THAT(reference::complaint([&] { cka(x, y.topRows(5), rbf{}); }),
             Equals("x is 90 x 6 and y is 5 x 4: both need the same rows (items), in the same order"));
}
