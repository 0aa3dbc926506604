// SPDX-License-Identifier: MIT
#include <cmath>
#include <nngs/nngs.hpp>

#include "../catch.hpp"
#include "reference.hpp"

using Eigen::MatrixXd;
using nngs::cka;
using nngs::kernel_state;
using nngs::rbf;
using reference::normal_matrix;

static const MatrixXd x = normal_matrix(1, 80, 6), y = normal_matrix(2, 80, 4);

static void check_finite(const nngs::cka_result& result) {
  for (const nngs::cka_estimate& estimate : {result.biased, result.debiased})
    for (const double number : {estimate.value, estimate.hsic_xy, estimate.hsic_xx, estimate.hsic_yy})
      CHECK(std::isfinite(number));
  CHECK(std::isfinite(result.chance));
}

TEST_CASE("a healthy kernel has no complaint") {
  for (const nngs::cka_result& ours : {cka(x, y, rbf{}), cka(x, y, nngs::linear{})}) {
    CHECK(ours.x.state == kernel_state::varied);
    CHECK(ours.y.state == kernel_state::varied);
    CHECK(nngs::complaint(ours.x.state).empty());
    CHECK(ours.biased.defined);
    check_finite(ours);
  }
}

TEST_CASE("a bandwidth at which the kernel is the identity is said") {
  for (const double s : {1e-300, 1e-6, 0.01, 0.2}) {
    const nngs::cka_result ours = cka(x, y, rbf{.bandwidth = s}, rbf{});
    CHECK(ours.x.state == kernel_state::identity);
    CHECK(ours.y.state == kernel_state::varied);
    check_finite(ours);
  }
  const nngs::cka_result both = cka(x, y, rbf{.bandwidth = 0.01});
  CHECK_THAT(both.biased.value, WithinAbs(1, 1e-12));  // of unrelated data
  CHECK_THAT(both.chance, WithinAbs(1, 1e-12));
  CHECK(nngs::complaint(both.x.state).find("identity") != std::string_view::npos);
}

TEST_CASE("the fraction that scores .989 for unrelated data is said") {
  const MatrixXd a = normal_matrix(3, 300, 20), b = normal_matrix(4, 300, 20);
  const nngs::cka_result ours = cka(a, b, rbf{.fraction = 0.2});
  CHECK(ours.biased.value > 0.95);
  CHECK(ours.x.state == kernel_state::identity);
  CHECK(ours.y.state == kernel_state::identity);
  CHECK(cka(a, b, rbf{}).x.state == kernel_state::varied);
}

TEST_CASE("a bandwidth at which the kernel is constant is said") {
  for (const double s : {1e9, 1e300}) {
    const nngs::cka_result ours = cka(x, y, rbf{}, rbf{.bandwidth = s});
    CHECK(ours.x.state == kernel_state::varied);
    CHECK(ours.y.state == kernel_state::constant);
    CHECK(!ours.biased.defined);
    CHECK(ours.biased.value == 0);
    CHECK(ours.y.bandwidth == s);
    check_finite(ours);
  }
}

TEST_CASE("constant data are said") {
  const MatrixXd same = MatrixXd::Constant(80, 3, 1e9 + 0.1);
  for (const nngs::cka_result& ours :
       {cka(x, same, nngs::linear{}), cka(x, same, rbf{}), cka(x, same, rbf{.bandwidth = 1})}) {
    CHECK(ours.x.state == kernel_state::varied);
    CHECK(ours.y.state == kernel_state::constant);
    CHECK(!ours.biased.defined);
    CHECK(!ours.debiased.defined);
    check_finite(ours);
  }
  CHECK(cka(same, y, nngs::linear{}).x.state == kernel_state::constant);
  CHECK_THROWS_AS(nngs::linear_cka(x, same), std::invalid_argument);
}

TEST_CASE("a median of 0 leaves no bandwidth, and one that is given helps") {
  MatrixXd copies = x;
  copies.topRows(70).rowwise() = copies.row(0).eval();
  const nngs::cka_result ours = cka(copies, y, rbf{});
  CHECK(ours.x.state == kernel_state::no_bandwidth);
  CHECK(ours.x.bandwidth == 0);
  CHECK(!ours.biased.defined);
  check_finite(ours);
  CHECK(cka(copies, y, rbf{.bandwidth = 1}, rbf{}).biased.defined);
}
