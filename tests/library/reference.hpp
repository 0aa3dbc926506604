// SPDX-License-Identifier: MIT
// What the library must give, computed by the shortest loops there are, and the data to compare on.
#ifndef NNGS_TESTS_REFERENCE_HPP
#define NNGS_TESTS_REFERENCE_HPP

#include <Eigen/Core>
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <nngs/nngs.hpp>
#include <random>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace reference {

using Eigen::Index;
using matrix = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

/// A function of its own, so that no compiler fuses the product with a later sum.
[[gnu::noinline]] inline double product(double a, double b) { return a * b; }

// The key of two rows of d coordinates, by a plain loop in order.

inline double euclidean_key(const double* a, const double* b, Index d) {
  double key = 0;
  for (Index j = 0; j < d; ++j) key += product(a[j] - b[j], a[j] - b[j]);
  return key;
}
inline double manhattan_key(const double* a, const double* b, Index d) {
  double key = 0;
  for (Index j = 0; j < d; ++j) key += std::fabs(a[j] - b[j]);
  return key;
}
inline double chebyshev_key(const double* a, const double* b, Index d) {
  double key = 0;
  for (Index j = 0; j < d; ++j) key = std::fmax(key, std::fabs(a[j] - b[j]));
  return key;
}
inline double cubic_key(const double* a, const double* b, Index d) {
  double key = 0;
  for (Index j = 0; j < d; ++j) key += std::pow(std::fabs(a[j] - b[j]), 3.0);
  return key;
}
inline double inner_product_key(const double* a, const double* b, Index d) {
  double key = 0;
  for (Index j = 0; j < d; ++j) key -= product(a[j], b[j]);
  return key;
}

// Rows as cosine and correlation prepare them.

inline matrix unit_rows(matrix rows) {
  for (Index i = 0; i < rows.rows(); ++i) {
    double largest = 0;
    for (Index j = 0; j < rows.cols(); ++j) largest = std::fmax(largest, std::fabs(rows(i, j)));
    double squares = 0;
    for (Index j = 0; j < rows.cols(); ++j) {
      rows(i, j) = std::ldexp(rows(i, j), -std::ilogb(largest));
      squares += product(rows(i, j), rows(i, j));
    }
    for (Index j = 0; j < rows.cols(); ++j) rows(i, j) = rows(i, j) / std::sqrt(squares);
  }
  return rows;
}

inline matrix centred_unit_rows(matrix rows) {
  for (Index i = 0; i < rows.rows(); ++i) {
    double largest = 0;
    for (Index j = 0; j < rows.cols(); ++j) largest = std::fmax(largest, std::fabs(rows(i, j)));
    double sum = 0;
    for (Index j = 0; j < rows.cols(); ++j) {
      rows(i, j) = std::ldexp(rows(i, j), -std::ilogb(largest));
      sum += rows(i, j);
    }
    for (Index j = 0; j < rows.cols(); ++j) rows(i, j) -= sum / static_cast<double>(rows.cols());
  }
  return unit_rows(std::move(rows));
}

/// Each item's others in the order (key, index).
using ranking = std::vector<std::vector<std::pair<double, Index>>>;

template <class Key>
ranking rank_all(const matrix& rows, const Key& key) {
  ranking all(static_cast<std::size_t>(rows.rows()));
  for (Index i = 0; i < rows.rows(); ++i) {
    auto& list = all[static_cast<std::size_t>(i)];
    for (Index j = 0; j < rows.rows(); ++j)
      if (j != i) list.emplace_back(key(&rows(i, 0), &rows(j, 0), rows.cols()), j);
    std::sort(list.begin(), list.end());
  }
  return all;
}

/// Where a graph of depth k first departs from the ranking, in words; empty when nowhere.
inline std::string difference(const nngs::neighbor_graph& graph, const ranking& expected, Index k) {
  if (graph.size() != static_cast<Index>(expected.size()) || graph.depth() != k) return "wrong shape";
  for (Index i = 0; i < graph.size(); ++i) {
    const auto& list = expected[static_cast<std::size_t>(i)];
    for (std::size_t rank = 0; rank < static_cast<std::size_t>(k); ++rank) {
      const auto place = [&] { return "item " + std::to_string(i) + ", rank " + std::to_string(rank); };
      if (graph.neighbors(i)[rank] != list[rank].second)
        return place() + ": " + std::to_string(graph.neighbors(i)[rank]) + " instead of " +
               std::to_string(list[rank].second);
      const bool tied = rank + 1 < list.size() && list[rank].first == list[rank + 1].first;
      if (graph.tied(i, static_cast<Index>(rank) + 1) != tied) return place() + ": wrong tie flag";
    }
  }
  return "";
}

// Data: the same numbers on every machine.

inline double uniform(std::mt19937_64& random) { return static_cast<double>(random() >> 11) * 0x1p-53; }

inline Index below(std::mt19937_64& random, Index end) {
  return static_cast<Index>(random() % static_cast<std::uint64_t>(end));
}

/// Near normal: a sum of twelve uniform numbers needs no logarithm, which is not the same everywhere.
inline double normal(std::mt19937_64& random) {
  double sum = -6;
  for (int i = 0; i < 12; ++i) sum += uniform(random);
  return sum;
}

inline matrix normal_matrix(std::uint64_t seed, Index n, Index d) {
  std::mt19937_64 random(seed);
  return matrix::NullaryExpr(n, d, [&] { return normal(random); });
}

/// Coordinates offset + step * {0, .., levels - 1}: full of ties and duplicates.
inline matrix lattice(std::uint64_t seed, Index n, Index d, Index levels, double step = 1,
                      double offset = 0) {
  std::mt19937_64 random(seed);
  return matrix::NullaryExpr(n, d,
                             [&] { return offset + step * static_cast<double>(below(random, levels)); });
}

/// n rows, of which only `distinct` differ.
inline matrix duplicated_rows(std::uint64_t seed, Index n, Index d, Index distinct) {
  const matrix few = normal_matrix(seed, distinct, d);
  std::mt19937_64 random(seed + 1);
  matrix rows(n, d);
  for (Index i = 0; i < n; ++i) rows.row(i) = few.row(below(random, distinct));
  return rows;
}

/// 0 .. n - 1 in random order.
inline std::vector<Index> shuffled(std::uint64_t seed, Index n) {
  std::mt19937_64 random(seed);
  std::vector<Index> order;
  for (Index i = 0; i < n; ++i) order.push_back(i);
  for (Index i = n - 1; i > 0; --i)
    std::swap(order[static_cast<std::size_t>(i)], order[static_cast<std::size_t>(below(random, i + 1))]);
  return order;
}

/// What the std::invalid_argument says that the action throws; a sentence no error says if it throws none.
template <class Action>
std::string complaint(const Action& action) {
  try {
    action();
  } catch (const std::invalid_argument& error) {
    return error.what();
  }
  return "(no std::invalid_argument)";
}

/// Runs blocks on the caller's thread, the last first: an executor as a user may write one.
struct backwards {
  template <class Body>
  void operator()(Index blocks, const Body& body) const {
    for (Index block = blocks; block-- > 0;) body(block);
  }
};

}  // namespace reference

#endif
