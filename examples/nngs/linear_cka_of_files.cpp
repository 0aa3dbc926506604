// SPDX-License-Identifier: MIT
#include "linear_cka_of_files.hpp"

#include <Eigen/Core>
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <nngs/points.hpp>
#include <stdexcept>
#include <string>

#include "output_text.hpp"
#include "stored_matrix.hpp"

namespace program {
namespace {

using rows_of_doubles = nngs::row_major<double>;

constexpr std::size_t rows_at_once = 1024;
constexpr Eigen::Index columns_at_once = 64;

/// Calls use(rows) for 1,024 rows after the other, and the last few.
template <class Use>
void each_block(const row_source& source, const Use& use) {
  rows_of_doubles block;
  for (std::size_t first = 0; first < source.rows(); first += rows_at_once) {
    const std::size_t count = std::min(rows_at_once, source.rows() - first);
    block.resize(static_cast<Eigen::Index>(count), static_cast<Eigen::Index>(source.columns()));
    source.read(first, count, block.data());
    use(block);
  }
}

/// What is taken off the rows, and the scale that brings them near 1. The first row goes before the mean of
/// the rest: a large common offset costs no digits.
struct centre {
  Eigen::RowVectorXd origin, mean;
  double scale = 1;
  bool constant = false;

  void apply(rows_of_doubles& rows) const {
    rows.rowwise() -= origin;
    rows.rowwise() -= mean;
    rows *= scale;
  }
};

centre centre_of(const row_source& source, progress_line& line, double begin) {
  centre found;
  found.origin.resize(static_cast<Eigen::Index>(source.columns()));
  source.read(0, 1, found.origin.data());
  found.mean = Eigen::RowVectorXd::Zero(found.origin.size());
  double largest = 0, done = 0;
  each_block(source, [&](rows_of_doubles& rows) {
    rows.rowwise() -= found.origin;
    found.mean += rows.colwise().sum();
    largest = std::max(largest, rows.cwiseAbs().maxCoeff());
    done += static_cast<double>(rows.rows());
    line.show(begin + 0.25 * done / static_cast<double>(source.rows()));
  });
  found.mean /= static_cast<double>(source.rows());
  found.constant = largest <= 0;
  largest = std::min(largest, std::numeric_limits<double>::max());  // where a difference overflows
  if (!found.constant && !(largest > 0x1p-900 && largest < 0x1p900))
    throw std::invalid_argument("numbers around " + shortest_digits(largest) +
                                " have no products in double, which CKA needs: rescale the data (by 2^" +
                                std::to_string(-std::ilogb(largest)) + ", say), or ask for --no-cka");
  if (!found.constant) found.scale = std::ldexp(1.0, -std::ilogb(largest));
  return found;
}

/// Adds X'Y of some rows, a few columns of it at a time.
void add_products(Eigen::MatrixXd& sums, const rows_of_doubles& x, const rows_of_doubles& y,
                  const nngs::threads& execute) {
  const Eigen::Index blocks = (y.cols() + columns_at_once - 1) / columns_at_once;
  execute(blocks, [&](Eigen::Index block) {
    const Eigen::Index first = block * columns_at_once, count = std::min(columns_at_once, y.cols() - first);
    sums.middleCols(first, count).noalias() += x.transpose() * y.middleCols(first, count);
  });
}

/// Sums over the rows, whose squared norms are a and b: see detail/cka/hsic.hpp for what is made of them.
struct sums_of_squares {
  double a = 0, b = 0, aa = 0, bb = 0, ab = 0;

  void add(const Eigen::ArrayXd& of_x, const Eigen::ArrayXd& of_y) {
    a += of_x.sum();
    b += of_y.sum();
    aa += of_x.square().sum();
    bb += of_y.square().sum();
    ab += (of_x * of_y).sum();
  }
};

/// HSIC in its two forms of centred linear kernels, from |X'Y|^2 and the sums of a, b and a b over the rows.
struct hsic {
  hsic(double n, double products, double a, double b, double ab)
      : biased(products / ((n - 1) * (n - 1))),
        debiased(n < 4 ? 0
                       : (products - ab - a * b / (n * (n - 1)) - 2 / (n - 2) * (ab - a * b / n)) /
                             (n * (n - 3))) {}
  double biased, debiased;
};

nngs::cka_estimate to_estimate(double xy, double xx, double yy) {
  nngs::cka_estimate estimate;
  estimate.defined = xx > 0 && yy > 0;
  if (estimate.defined) estimate.value = xy / std::sqrt(xx) / std::sqrt(yy);
  return estimate;
}

/// The share of n - 1 dimensions that a centred kernel fills evenly.
double evenness(double n, double trace, double biased) {
  const double mean = trace / (n - 1);
  return biased > 0 ? std::min(1.0, mean * mean / (n - 1) / biased) : 0;
}

}  // namespace

nngs::cka_result linear_cka_of_files(const row_source& x, const row_source& y, progress_line& line,
                                     const nngs::threads& execute) {
  const centre centre_x = centre_of(x, line, 0), centre_y = centre_of(y, line, 0.25);
  nngs::cka_result result;
  if (centre_x.constant) result.x.state = nngs::kernel_state::constant;
  if (centre_y.constant) result.y.state = nngs::kernel_state::constant;
  if (centre_x.constant || centre_y.constant) return result;

  const auto dx = static_cast<Eigen::Index>(x.columns()), dy = static_cast<Eigen::Index>(y.columns());
  Eigen::MatrixXd xy = Eigen::MatrixXd::Zero(dx, dy), xx = Eigen::MatrixXd::Zero(dx, dx),
                  yy = Eigen::MatrixXd::Zero(dy, dy);
  sums_of_squares sums;
  rows_of_doubles rows_y;
  std::size_t first = 0;
  each_block(x, [&](rows_of_doubles& rows_x) {
    const auto count = static_cast<std::size_t>(rows_x.rows());
    rows_y.resize(rows_x.rows(), dy);
    y.read(first, count, rows_y.data());
    centre_x.apply(rows_x);
    centre_y.apply(rows_y);
    add_products(xy, rows_x, rows_y, execute);
    add_products(xx, rows_x, rows_x, execute);
    add_products(yy, rows_y, rows_y, execute);
    sums.add(rows_x.rowwise().squaredNorm().array(), rows_y.rowwise().squaredNorm().array());
    first += count;
    line.show(0.5 + 0.5 * static_cast<double>(first) / static_cast<double>(x.rows()));
  });

  const auto n = static_cast<double>(x.rows());
  const hsic of_xy(n, xy.squaredNorm(), sums.a, sums.b, sums.ab),
      of_xx(n, xx.squaredNorm(), sums.a, sums.a, sums.aa),
      of_yy(n, yy.squaredNorm(), sums.b, sums.b, sums.bb);
  result.biased = to_estimate(of_xy.biased, of_xx.biased, of_yy.biased);
  result.biased.value = std::clamp(result.biased.value, 0.0, 1.0);  // which rounding may leave
  result.debiased = to_estimate(of_xy.debiased, of_xx.debiased, of_yy.debiased);
  const double even_x = evenness(n, sums.a, of_xx.biased), even_y = evenness(n, sums.b, of_yy.biased);
  result.chance = std::sqrt(even_x * even_y);
  if (even_x > 0.9) result.x.state = nngs::kernel_state::identity;
  if (even_y > 0.9) result.y.state = nngs::kernel_state::identity;
  return result;
}

std::uint64_t bytes_of_linear_cka(const row_source& x, const row_source& y) {
  const std::uint64_t dx = x.columns(), dy = y.columns();
  // The products, and rows as they are read and as they are transposed for their product.
  return product(sizeof(double), sum({product(dx, dx), product(dx, dy), product(dy, dy),
                                      product(4 * rows_at_once, sum({dx, dy}))}));
}

}  // namespace program
