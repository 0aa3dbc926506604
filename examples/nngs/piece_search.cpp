// SPDX-License-Identifier: MIT
#include "piece_search.hpp"

#include <algorithm>
#include <nngs/error.hpp>
#include <nngs/search_piece.hpp>
#include <variant>

#include "file_error.hpp"

namespace program {
namespace {

/// The rows of a matrix in memory, read as those of a file are.
template <class Scalar>
class rows_in_memory {
 public:
  explicit rows_in_memory(matrix_view<Scalar> values) : values_(values) {}

  std::size_t rows() const { return static_cast<std::size_t>(values_.rows()); }
  std::size_t columns() const { return static_cast<std::size_t>(values_.cols()); }
  void read(std::size_t first, std::size_t count, Scalar* to) const {
    std::copy_n(values_.data() + first * columns(), count * columns(), to);
  }
  void read(const std::vector<Eigen::Index>& rows, Scalar* to) const {
    for (const Eigen::Index row : rows) {
      read(static_cast<std::size_t>(row), 1, to);
      to += columns();
    }
  }

 private:
  matrix_view<Scalar> values_;
};

template <class Scalar, class Source>
nngs::row_major<Scalar> read_rows(const Source& source, const std::vector<Eigen::Index>& rows) {
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

/// `levels`: none for lists of all rows, or those of the growth that is asked for.
template <class Scalar, class Lists, class Source, class Metric, class... Levels>
Lists search(const Source& source, const Metric& metric, const piece_question& question,
             std::size_t piece_bytes, const watched_threads& execute, Levels... levels) {
  const auto n = static_cast<Eigen::Index>(source.rows()), d = static_cast<Eigen::Index>(source.columns());
  const nngs::row_major<Scalar> queries = read_rows<Scalar>(source, question.rows);
  const nngs::tie_order ties =
      question.ties.from_matrix()
          ? nngs::tie_order_of(read_rows<Scalar>(source, nngs::rows_of_tie_order(n)), n)
          : question.ties;
  Lists lists(question.rows, n, question.depth, ties, levels...);
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

/// Calls work(metric); errors of the library are of this file.
template <class Work>
auto with_metric(const matrix_file& file, const metric_choice& metric, const Work& work) {
  try {
    return std::visit(work, metric.metric);
  } catch (const nngs::input_error& error) {
    throw file_error(file.path, error.what());
  }
}

}  // namespace

nngs::nearest_lists search_pieces(const unread_matrix& file, const metric_choice& metric,
                                  const piece_question& question, std::size_t piece_bytes,
                                  const watched_threads& execute) {
  return with_metric(file.known, metric, [&](const auto& by) {
    using lists = nngs::nearest_lists;
    return file.values.fits_float() ? search<float, lists>(file.values, by, question, piece_bytes, execute)
                                    : search<double, lists>(file.values, by, question, piece_bytes, execute);
  });
}

nngs::growth_lists search_levels(const unread_matrix& file, const metric_choice& metric,
                                 const piece_question& question, nngs::growth_levels levels,
                                 std::size_t piece_bytes, const watched_threads& execute) {
  return with_metric(file.known, metric, [&](const auto& by) {
    using lists = nngs::growth_lists;
    return file.values.fits_float()
               ? search<float, lists>(file.values, by, question, piece_bytes, execute, levels)
               : search<double, lists>(file.values, by, question, piece_bytes, execute, levels);
  });
}

nngs::growth_lists search_levels(const matrix_file& file, const metric_choice& metric,
                                 const piece_question& question, nngs::growth_levels levels,
                                 const watched_threads& execute) {
  return with_metric(file, metric, [&](const auto& by) {
    return std::visit(
        [&]<class Scalar>(const matrix_view<Scalar>& values) {
          return search<Scalar, nngs::growth_lists>(rows_in_memory<Scalar>(values), by, question, usual_piece,
                                                    execute, levels);
        },
        file.values);
  });
}

}  // namespace program
