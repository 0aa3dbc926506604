// SPDX-License-Identifier: MIT
#include "piece_search.hpp"

#include <algorithm>
#include <nngs/error.hpp>
#include <nngs/search_piece.hpp>
#include <variant>

#include "file_error.hpp"

namespace program {
namespace {

template <class Scalar>
nngs::row_major<Scalar> read_rows(const row_source& source, const std::vector<Eigen::Index>& rows) {
  nngs::row_major<Scalar> values(static_cast<Eigen::Index>(rows.size()),
                                 static_cast<Eigen::Index>(source.columns()));
  source.read(rows, values.data());
  return values;
}

/// How many rows of d numbers are read and searched at once: each is there as it was read, as floats to
/// screen, and as doubles where the metric prepares it.
Eigen::Index rows_at_once(Eigen::Index d, std::size_t scalar_bytes, std::size_t piece_bytes) {
  const auto bytes_of_row = static_cast<std::size_t>(d) * (scalar_bytes + sizeof(float) + sizeof(double));
  return static_cast<Eigen::Index>(std::max<std::size_t>(1, piece_bytes / bytes_of_row));
}

double share_of(Eigen::Index some, Eigen::Index all) {
  return static_cast<double>(some) / static_cast<double>(all);
}

template <class Scalar, class Metric>
nngs::nearest_lists search(const row_source& source, const Metric& metric, const piece_question& question,
                           std::size_t piece_bytes, const watched_threads& execute) {
  const auto n = static_cast<Eigen::Index>(source.rows()), d = static_cast<Eigen::Index>(source.columns());
  const nngs::row_major<Scalar> queries = read_rows<Scalar>(source, question.rows);
  const nngs::tie_order ties =
      question.ties.from_matrix()
          ? nngs::tie_order_of(read_rows<Scalar>(source, nngs::rows_of_tie_order(n)), n)
          : question.ties;
  nngs::nearest_lists lists(question.rows, n, question.depth, ties);
  const Eigen::Index at_once = rows_at_once(d, sizeof(Scalar), piece_bytes);
  const auto& [begin, end] = question.base;
  nngs::row_major<Scalar> piece;
  for (Eigen::Index first = begin; first < end; first += at_once) {
    piece.resize(std::min(at_once, end - first), d);
    source.read(static_cast<std::size_t>(first), static_cast<std::size_t>(piece.rows()), piece.data());
    watched_threads part = execute;  // a part of the stage
    part.report.begin += execute.report.share * share_of(first - begin, end - begin);
    part.report.share *= share_of(piece.rows(), end - begin);
    nngs::search_piece(lists, queries, piece, first, metric, part);
  }
  return lists;
}

}  // namespace

nngs::nearest_lists search_pieces(const unread_matrix& file, const metric_choice& metric,
                                  const piece_question& question, std::size_t piece_bytes,
                                  const watched_threads& execute) {
  try {
    return std::visit(
        [&](const auto& by) {
          return file.values.fits_float() ? search<float>(file.values, by, question, piece_bytes, execute)
                                          : search<double>(file.values, by, question, piece_bytes, execute);
        },
        metric.metric);
  } catch (const nngs::input_error& error) {
    throw file_error(file.known.path, error.what());
  }
}

}  // namespace program
