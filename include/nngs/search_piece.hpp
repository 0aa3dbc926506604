// SPDX-License-Identifier: MIT
#ifndef NNGS_SEARCH_PIECE_HPP
#define NNGS_SEARCH_PIECE_HPP

#include <Eigen/Core>
#include <algorithm>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "nngs/detail/base/check.hpp"
#include "nngs/detail/base/data_requirements.hpp"
#include "nngs/detail/base/function_ref.hpp"
#include "nngs/detail/base/sentence.hpp"
#include "nngs/detail/search/find_neighbors.hpp"
#include "nngs/detail/search/given_points.hpp"
#include "nngs/detail/search/input.hpp"
#include "nngs/detail/search/metric_requirements.hpp"
#include "nngs/detail/search/point_distance.hpp"
#include "nngs/detail/search/tie_rank.hpp"
#include "nngs/error.hpp"
#include "nngs/executor.hpp"
#include "nngs/metric.hpp"
#include "nngs/nearest_lists.hpp"
#include "nngs/points.hpp"
#include "nngs/tie_order.hpp"
#include "nngs/version.hpp"

/// @file
/// The search of one piece of a base for the nearest rows of some queries, and the tie order of a matrix that
/// comes in pieces.

namespace nngs {
inline namespace NNGS_VERSION_NAMESPACE {
namespace detail {

/// A piece of a base, or some rows of it, and what asks of them.
struct asked_piece {
  search::given_points piece, queries;
  Eigen::Index first;                  ///< row of the base
  std::span<const Eigen::Index> rows;  ///< of the base, which the queries are
  std::uint64_t hash;                  ///< of the queries
  /// Which rows of the piece are searched, ascending; all if there is none.
  std::optional<std::span<const std::uint32_t>> which = {};

  search::given_points searched() const noexcept { return which ? piece.only(*which) : piece; }

  bool holds(Eigen::Index row) const noexcept { return row >= first && row - first < piece.rows(); }

  /// Which of the searched rows a row of the base is, if it is one.
  std::optional<Eigen::Index> place_of(Eigen::Index row) const noexcept {
    if (!holds(row)) return {};
    if (!which) return row - first;
    const auto at = std::lower_bound(which->begin(), which->end(), row - first);
    if (at == which->end() || *at != row - first) return {};
    return at - which->begin();
  }

  /// What is searched, and after it the queries, unless all of them are among it.
  search::given_points points() const {
    const bool all =
        std::all_of(rows.begin(), rows.end(), [&](Eigen::Index row) { return place_of(row).has_value(); });
    return searched().as_piece(first, all ? queries.only({}) : queries, rows);
  }
  /// Which of those points each query is: a row that is searched, so that it is no neighbour of its own, or
  /// one that only asks.
  std::vector<Eigen::Index> places() const {
    const Eigen::Index count = searched().rows();
    std::vector<Eigen::Index> places;
    places.reserve(rows.size());
    for (const Eigen::Index row : rows)
      places.push_back(place_of(row).value_or(count + static_cast<Eigen::Index>(places.size())));
    return places;
  }

  /// Queries are rows of the base: those that lie in the piece have to be the same there.
  void check_same_rows() const {
    std::vector<double> query(static_cast<std::size_t>(piece.cols())), row(query);
    for (std::size_t i = 0; i < rows.size(); ++i) {
      if (!holds(rows[i])) continue;
      queries.read(static_cast<Eigen::Index>(i), query.data());
      piece.read(rows[i] - first, row.data());
      if (query != row)
        throw input_error(base::sentence({"row ", rows[i], " of the base has other values than row ", i,
                                          " of the queries (counted from 0), which should be the same"}),
                          {.row = rows[i]});
    }
  }
};

/// A hash of queries as doubles.
inline std::uint64_t hash_of_queries(const search::given_points& queries) {
  std::vector<double> row(static_cast<std::size_t>(queries.cols()));
  auto hash = static_cast<std::uint64_t>(queries.cols());
  for (Eigen::Index i = 0; i < queries.rows(); ++i) {
    queries.read(i, row.data());
    for (const double value : row) hash = search::mix(hash ^ search::bits_of(value));
  }
  return hash;
}

/// A hash of the keys of neighbouring queries, the first of them: what can be told of a metric that has no
/// name.
template <metric Metric>
std::uint64_t hash_of_keys(const search::search_input<Metric>& input, std::span<const Eigen::Index> places) {
  constexpr std::size_t most = 32;
  std::uint64_t hash = 0;
  for (std::size_t i = 1; i < std::min(most, places.size()); ++i) {
    search::candidate next{0, static_cast<std::uint32_t>(places[i])};
    search::set_keys(input.metric, input.values, places[i - 1], {&next, 1});
    hash = search::mix(hash ^ search::bits_of(next.key));
  }
  return hash;
}

/// What a search may do with lists.
struct list_search {
  /// The lists of one piece, for lists that it can be added to.
  /// @throws input_error where it cannot, before anything is searched.
  template <metric Metric>
  static nearest_lists search_part(const nearest_lists& lists, const asked_piece& asked, const Metric& metric,
                                   base::executor_ref execute) {
    const search::given_points points = asked.points();
    search::check_finite(points);
    asked.check_same_rows();
    const search::search_input<Metric> input(points, metric, lists.ties_, search::extent::piece);
    const std::vector<Eigen::Index> places = asked.places();

    nearest_lists part(lists.rows_, lists.n_, lists.depth_, lists.ties_);
    part.asked_ = {asked.hash, hash_of_keys(input, places)};
    part.range_ = input.range;
    if (asked.piece.rows() > 0) part.searched_ = {{asked.first, asked.first + asked.piece.rows()}};
    lists.check_adds(part);
    part.found_ = find(input, points, places, part.found_.most(), execute);
    return part;
  }

 private:
  template <metric Metric>
  static search::keyed_lists find(const search::search_input<Metric>& input,
                                  const search::given_points& points, std::span<const Eigen::Index> places,
                                  std::size_t most, base::executor_ref execute) {
    search::keyed_lists found(places.size(), most, static_cast<std::size_t>(points.searched()));
    const auto keep = [&](Eigen::Index position, std::span<const search::ranked> nearest) {
      const auto query = static_cast<std::size_t>(position);
      std::vector<search::candidate> kept;
      for (const search::ranked& one : nearest.first(std::min(nearest.size(), most)))
        kept.push_back({0, one.index});
      search::set_keys(input.metric, input.values, places[query], kept);
      for (const search::candidate& one : kept)
        found.append(query, one.key, static_cast<std::uint32_t>(points.number_of(one.index)));
    };
    if (points.searched() > 0)
      search::search_rows(input, places, static_cast<Eigen::Index>(most), execute, keep);
    return found;
  }
};

/// What a compiler says first about queries and a piece of other types.
template <class Queries, class Piece, class Metric>
struct require_piece : base::require_coordinates<typename Piece::Scalar>, search::require_metric<Metric> {
  static_assert(
      std::same_as<typename Queries::Scalar, typename Piece::Scalar>,
      "nngs takes queries and a piece of the same scalar, float or double: convert one of them with "
      ".cast<double>().");
};

/// Of matrices that are not evaluated yet.
inline void check_piece(Eigen::Index n, std::span<const Eigen::Index> rows, Eigen::Index query_rows,
                        Eigen::Index query_cols, Eigen::Index piece_rows, Eigen::Index piece_cols,
                        Eigen::Index first) {
  const auto count = static_cast<Eigen::Index>(rows.size());
  if (query_rows != count || query_cols != piece_cols || piece_cols < 1)
    throw input_error(base::sentence({"queries of ", query_rows, " x ", query_cols, " and a piece of ",
                                      piece_rows, " x ", piece_cols, ": give a query for each of the ", count,
                                      " rows that ask, and as many columns, 1 or more, of both"}));
  if (first < 0 || first > n || piece_rows > n - first)
    throw input_error(base::sentence(
        {"a piece of ", piece_rows, " rows from row ", first, " on does not lie in a base of ", n}));
}

}  // namespace detail

/// Searches the rows [first, first + piece.rows()) of a base for the nearest of each query, and adds what it
/// finds to the lists. `queries`: the values of lists.rows(), a row for each, the same in every call; a query
/// whose own row lies in the piece is left out there. `piece`: any number of rows, none too; all of one
/// scalar, float or double, and finite. `first`: counted from 0 in the base, of which no row may be searched
/// twice. Time O(queries piece d); memory beside the piece and the lists 4 d bytes for each row of piece and
/// queries (prepared metrics 8 d more), and the same again as the lists. Whether all keys vanish in double is
/// judged when the lists are complete.
/// @throws input_error for shapes that do not fit, rows that were searched already, queries that differ from
///   those before or from the piece, another metric as far as the keys of some queries tell, and where
///   build_graph does; rows are named as rows of the base. Nothing is added then.
template <class Queries, class Piece, class Metric = euclidean, executor Executor = threads>
void search_piece(nearest_lists& lists, const Eigen::MatrixBase<Queries>& queries,
                  const Eigen::MatrixBase<Piece>& piece, Eigen::Index first, const Metric& metric = {},
                  const Executor& execute = {}) {
  using Scalar = typename Piece::Scalar;
  detail::require_piece<Queries, Piece, Metric>();
  detail::check_piece(lists.items(), lists.rows(), queries.rows(), queries.cols(), piece.rows(), piece.cols(),
                      first);
  const points<Scalar> query_points(queries.derived()), piece_points(piece.derived());
  const detail::asked_piece asked{piece_points, query_points, first, lists.rows(),
                                  detail::hash_of_queries(query_points)};
  lists += detail::list_search::search_part(lists, asked, metric, execute);
}

/// The rows that tell the tie order of a matrix of n rows, ascending: all, or 1,024 spread evenly.
/// @throws input_error when n < 2.
inline std::vector<Eigen::Index> rows_of_tie_order(Eigen::Index n) {
  detail::base::check_items(n);
  const std::vector<std::uint32_t> rows = detail::search::tie_rows(n);
  return {rows.begin(), rows.end()};
}

/// The tie order that `build_graph` draws from a matrix of n rows. `rows`: those of the matrix that
/// rows_of_tie_order(n) names, in that order. O(1,024 d).
/// @throws input_error for another number of rows, and when n < 2.
template <class Rows>
tie_order tie_order_of(const Eigen::MatrixBase<Rows>& rows, Eigen::Index n) {
  detail::base::require_coordinates<typename Rows::Scalar>();
  detail::base::check_items(n);
  const auto needed = static_cast<Eigen::Index>(detail::search::tie_rows(n).size());
  if (rows.rows() != needed)
    throw input_error(
        detail::base::sentence({rows.rows(), " rows do not tell the tie order of a matrix of ", n,
                                ": give the ", needed, " rows that rows_of_tie_order names"}));
  const points<typename Rows::Scalar> telling(rows.derived());
  return tie_order::seeded(detail::search::tie_seed(n, telling));
}

}  // namespace NNGS_VERSION_NAMESPACE
}  // namespace nngs

#endif
