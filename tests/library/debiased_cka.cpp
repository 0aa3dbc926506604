// SPDX-License-Identifier: MIT
#include <cmath>
#include <nngs/nngs.hpp>

#include "../catch.hpp"
#include "reference.hpp"
#include "reference_cka.hpp"

using Eigen::Index;
using Eigen::MatrixXd;
using nngs::cka;
using nngs::linear;
using reference::normal_matrix;

TEST_CASE("debiased linear CKA is that of Song's HSIC_1 on whole kernels, in both forms") {
  for (const Index n : {4, 5, 30, 60, 200})
    for (const Index dx : {1, 9, 50})
      for (const Index dy : {1, 80}) {
        const MatrixXd a = normal_matrix(3, n, dx);
        const MatrixXd b = a.col(0) * MatrixXd::Ones(1, dy) + normal_matrix(4, n, dy);
        const reference::kernel_matrix k = reference::linear_kernel(a.rowwise() - a.colwise().mean()),
                                       l = reference::linear_kernel(b.rowwise() - b.colwise().mean());
        INFO("n = " << n << ", dx = " << dx << ", dy = " << dy);
        const nngs::cka_estimate ours = cka(a, b, linear{}).debiased;
        const double scale = reference::biased_hsic(k, k) + reference::biased_hsic(l, l);
        CHECK_THAT(ours.hsic_xy, WithinAbs(reference::debiased_hsic(k, l), 1e-12 * scale));
        CHECK_THAT(ours.hsic_xx, WithinAbs(reference::debiased_hsic(k, k), 1e-12 * scale));
        CHECK_THAT(ours.hsic_yy, WithinAbs(reference::debiased_hsic(l, l), 1e-12 * scale));
        CHECK(ours.defined == (ours.hsic_xx > 0 && ours.hsic_yy > 0));
        if (ours.hsic_xx > 1e-3 * scale && ours.hsic_yy > 1e-3 * scale)
          CHECK_THAT(ours.value, WithinAbs(reference::cka(reference::debiased_hsic, k, l), 1e-10));
      }
}

TEST_CASE("HSIC is in the units of the matrices") {
  const MatrixXd a = 1000 * normal_matrix(5, 50, 3), b = 0.01 * normal_matrix(6, 50, 3);
  const reference::kernel_matrix k = reference::linear_kernel(a), l = reference::linear_kernel(b);
  const nngs::cka_result ours = cka(a, b, linear{});
  CHECK_THAT(ours.biased.hsic_xx / reference::biased_hsic(k, k), WithinAbs(1, 1e-12));
  CHECK_THAT(ours.biased.hsic_yy / reference::biased_hsic(l, l), WithinAbs(1, 1e-12));
  CHECK_THAT(ours.biased.hsic_xy / reference::biased_hsic(k, l), WithinAbs(1, 1e-12));
}

/// Mean over seeds of both values for unrelated data, and of what is called chance.
struct means {
  double biased = 0, debiased = 0, chance = 0;
};
template <class Kernel>
static means over_seeds(const Kernel& kernel) {
  means mean;
  const int seeds = 200;
  for (std::uint64_t seed = 0; seed < seeds; ++seed) {
    const nngs::cka_result ours =
        cka(normal_matrix(2 * seed, 30, 20), normal_matrix(2 * seed + 1, 30, 15), kernel, nngs::serial{});
    mean.biased += ours.biased.value / seeds;
    mean.debiased += ours.debiased.value / seeds;
    mean.chance += ours.chance / seeds;
  }
  return mean;
}

TEST_CASE("for unrelated data debiased CKA is 0 on average, and the biased one as large as its chance") {
  for (const means& mean : {over_seeds(linear{}), over_seeds(nngs::rbf{})}) {
    CHECK_THAT(mean.debiased, WithinAbs(0, 0.01));  // its standard error is .003
    CHECK(mean.biased > 0.3);
    CHECK_THAT(mean.biased, WithinAbs(mean.chance, 0.01));
  }
}

template <class Kernel>
static double mean_over_all_pairings(const MatrixXd& x, MatrixXd y, const Kernel& kernel) {
  const MatrixXd rows = y;
  std::vector<Index> order;
  for (Index i = 0; i < y.rows(); ++i) order.push_back(i);
  double sum = 0;
  int count = 0;
  do {
    for (Index i = 0; i < y.rows(); ++i) y.row(i) = rows.row(order[static_cast<std::size_t>(i)]);
    sum += cka(x, y, kernel, nngs::serial{}).biased.value;
    ++count;
  } while (std::next_permutation(order.begin(), order.end()));
  return sum / count;
}

TEST_CASE("the chance is the mean over all pairings") {
  const MatrixXd x = normal_matrix(7, 6, 2), y = normal_matrix(8, 6, 4);
  CHECK_THAT(cka(x, y, linear{}).chance, WithinAbs(mean_over_all_pairings(x, y, linear{}), 1e-12));
  CHECK_THAT(cka(x, y, nngs::rbf{}).chance, WithinAbs(mean_over_all_pairings(x, y, nngs::rbf{}), 1e-12));
}

TEST_CASE("a negative HSIC is a negative value") {
  // A corner and its opposite: the far pairs of one are the near pairs of the other.
  const Eigen::Vector4d a(1, 1, -1, -1), b(1, -1, 1, -1);
  const nngs::cka_result ours = cka(a, b, linear{});
  CHECK(ours.debiased.hsic_xy < 0);
  CHECK(ours.debiased.defined == (ours.debiased.hsic_xx > 0 && ours.debiased.hsic_yy > 0));
  CHECK(ours.debiased.value <= 0);
  CHECK_THAT(ours.biased.value, WithinAbs(0, 1e-14));
}

TEST_CASE("fewer than four items have no debiased CKA") {
  const nngs::cka_result ours = cka(normal_matrix(9, 3, 2), normal_matrix(10, 3, 2), linear{});
  CHECK(ours.biased.defined);
  CHECK(!ours.debiased.defined);
  CHECK(ours.debiased.value == 0);
}
