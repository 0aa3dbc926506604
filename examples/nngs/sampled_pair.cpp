// SPDX-License-Identifier: MIT
#include "sampled_pair.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <nngs/sample.hpp>
#include <span>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "column_notes.hpp"
#include "file_error.hpp"
#include "linear_cka_of_files.hpp"
#include "memory_budget.hpp"
#include "piece_search.hpp"
#include "usage_error.hpp"

namespace program {
namespace {

/// What the program takes without any data.
constexpr std::uint64_t program_bytes = std::uint64_t{24} << 20;

std::uint64_t bytes_of_number(const row_source& values) {
  return values.fits_float() ? sizeof(float) : sizeof(double);
}

/// Both files in memory, what a search of one of them takes (floats to screen, and doubles where the metric
/// prepares them) and the copies of both that CKA makes in double.
std::uint64_t bytes_of_all(const row_source& x, const row_source& y, bool cka) {
  const auto size = [](const row_source& values) { return product(values.rows(), values.columns()); };
  const auto in_file = [&](const row_source& values) {
    return product(size(values), bytes_of_number(values));
  };
  const std::uint64_t search = product(std::max(size(x), size(y)), sizeof(float) + sizeof(double));
  const std::uint64_t copies = cka ? product(sum({size(x), size(y)}), sizeof(double)) : 0;
  return sum({program_bytes, in_file(x), in_file(y), std::max(search, copies)});
}

std::uint64_t budget_of(const arguments& asked) {
  return asked.memory > 0 ? asked.memory : half_of_free_memory();
}

/// Text is read whole, and takes as much again as numbers.
void check_read_whole(const opened_files& file, const std::string& path, const arguments& asked) {
  if (asked.memory > 0 && file.bytes_read_whole() > asked.memory / 3)
    throw file_error(path,
                     "is text or a pipe, which is read whole, " + in_words(file.bytes_read_whole()) +
                         ": --memory takes files of numbers; save it as .npy, or allow three times that");
}

/// Only sums of products can be made piece by piece.
void check_cka(const row_source& x, const row_source& y, const arguments& asked, std::uint64_t budget) {
  for (const kernel_choice& kernel : asked.cka.kernels) {
    if (std::holds_alternative<nngs::rbf>(kernel.kernel))
      throw usage_error("--cka " + kernel.name + " needs every pair of rows, and so both files in memory, " +
                        in_words(bytes_of_all(x, y, true)) + ", where " + in_words(budget) +
                        " are allowed: ask for --cka linear or --no-cka");
    const std::uint64_t needed = sum({program_bytes, bytes_of_linear_cka(x, y)});
    if (needed > budget)
      throw usage_error("linear CKA of " + std::to_string(x.columns()) + " and " +
                        std::to_string(y.columns()) + " columns needs " + in_words(needed) + ", where " +
                        in_words(budget) + " are allowed: ask for --no-cka, or allow more by --memory");
  }
}

std::vector<Eigen::Index> sampled_rows(const item_pairs& pairs, const arguments& asked) {
  const Eigen::Index n = rows(pairs.x);
  return nngs::sample_rows(n, std::min(asked.sample, n), asked.seed);
}

/// Notes what is odd about the sampled rows.
void note_columns(item_pairs& pairs, const matrix_file& x, const matrix_file& y,
                  const std::vector<Eigen::Index>& rows) {
  for (std::string& note : odd_columns(x, rows)) pairs.x.notes.push_back(std::move(note));
  for (std::string& note : odd_columns(y, rows)) pairs.y.notes.push_back(std::move(note));
  note_shared_columns(pairs, x, y);
}

/// Whether the rows of a file can be read piece by piece.
void check_pieces(const unread_matrix& file) {
  if (file.values.columns() == 0)
    throw file_error(file.known.path, "has no columns: each item needs at least one coordinate");
  if (!file.values.reads_on())
    throw file_error(file.known.path,
                     "is compressed and in order of columns, and would be inflated anew for every few rows: "
                     "save numpy.ascontiguousarray(array), or save it by numpy.savez");
}

item_pairs pair_unread(const unread_matrix& x, const unread_matrix& y, const arguments& asked,
                       std::uint64_t budget) {
  give_freed_memory_back();
  item_pairs pairs = pair_items(x.known, y.known, asked.input);
  check_pieces(x);
  check_pieces(y);
  const std::vector<Eigen::Index> sample = sampled_rows(pairs, asked);
  note_columns(pairs, read_rows(x, sample), read_rows(y, sample), sample);
  pairs.unread.emplace(unread_pair{x.values, y.values, budget});
  return pairs;
}

}  // namespace

item_pairs open_sampled_pair(const arguments& asked) {
  const opened_files x_files(asked.x_file, matrix_shape::matrix), y_files(asked.y_file, matrix_shape::matrix);
  check_read_whole(x_files, asked.x_file, asked);
  check_read_whole(y_files, asked.y_file, asked);
  unread_matrix x = x_files.find(0, asked.input), y = y_files.find(0, asked.input);
  const std::uint64_t budget = budget_of(asked);
  const bool fits = bytes_of_all(x.values, y.values, !asked.cka.kernels.empty()) <= budget;
  if (!fits) {
    check_cka(x.values, y.values, asked, budget);
    return pair_unread(x, y, asked, budget);
  }
  item_pairs pairs = pair_items(read_whole(x), read_whole(y), asked.input);
  const std::vector<Eigen::Index> sample = sampled_rows(pairs, asked);
  note_columns(pairs, select_rows(pairs.x, sample), select_rows(pairs.y, sample), sample);
  return pairs;
}

item_pairs open_unread_pair(const arguments& asked, std::uint64_t budget) {
  const opened_files x_files(asked.x_file, matrix_shape::matrix), y_files(asked.y_file, matrix_shape::matrix);
  check_read_whole(x_files, asked.x_file, asked);
  check_read_whole(y_files, asked.y_file, asked);
  return pair_unread(x_files.find(0, asked.input), y_files.find(0, asked.input), asked, budget);
}

std::size_t bytes_for_pieces(const unread_pair& files, Eigen::Index sample, Eigen::Index depth,
                             Eigen::Index levels) {
  const auto m = static_cast<std::uint64_t>(sample), kept = static_cast<std::uint64_t>(depth) + 1;
  // Lists: those of x, those of y, what a piece adds to them, and both together.
  const std::uint64_t lists = product(product(4 * 12 * static_cast<std::uint64_t>(levels), m), kept);
  const std::uint64_t columns = std::max(files.x.columns(), files.y.columns());
  // Rows that ask, as they are read, as floats and as doubles; and those that tell the tie order.
  const std::uint64_t queries = product(20, product(sum({m, 1024}), columns));
  constexpr std::uint64_t least = std::uint64_t{1} << 20;
  const std::uint64_t taken = sum({program_bytes, lists, queries}), needed = sum({taken, least});
  if (needed > files.budget)
    throw usage_error(std::to_string(depth) + " neighbours of " + std::to_string(sample) + " rows need " +
                      in_words(needed) + ", where " + in_words(files.budget) +
                      " are allowed: ask for a smaller --k or --sample, or allow more by --memory");
  return static_cast<std::size_t>(std::min<std::uint64_t>(files.budget - taken, usual_piece));
}

Eigen::Index rows_that_ask(const unread_pair& files, Eigen::Index depth) {
  const std::uint64_t columns = std::max(files.x.columns(), files.y.columns());
  const std::uint64_t taken = sum({program_bytes, product(20 * 1024, columns)});
  const std::uint64_t half = files.budget > taken ? (files.budget - taken) / 2 : 0;
  const std::uint64_t bytes_of_row =
      sum({product(20, columns), 4 * 12 * (static_cast<std::uint64_t>(depth) + 1)});
  return static_cast<Eigen::Index>(
      std::max<std::uint64_t>(1, std::min<std::uint64_t>(half, usual_piece) / bytes_of_row));
}

}  // namespace program
