// SPDX-License-Identifier: MIT
#include "clamp.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string_view>
#include <system_error>
#include <utility>
#include <variant>

#include "file_error.hpp"
#include "number.hpp"
#include "usage_error.hpp"

namespace program {
namespace {

void check_finite(const matrix_file& matrix) {
  std::visit(
      [&](const auto& values) {
        for (Eigen::Index row = 0; row < values.rows(); ++row)
          for (Eigen::Index column = 0; column < values.cols(); ++column)
            if (!std::isfinite(values(row, column)))
              throw file_error(matrix.path, "row " + std::to_string(row) + ", column " +
                                                std::to_string(column) + " (counted from 0) is " +
                                                std::to_string(values(row, column)) +
                                                ": every value must be finite");
      },
      matrix.values);
}

/// Adds the magnitudes of a row, or of all rows.
void add_magnitudes(const matrix_file& matrix, Eigen::Index first, Eigen::Index count,
                    std::vector<double>& magnitudes) {
  std::visit(
      [&](const auto& values) {
        for (Eigen::Index row = first; row < first + count; ++row)
          for (Eigen::Index column = 0; column < values.cols(); ++column)
            magnitudes.push_back(std::fabs(static_cast<double>(values(row, column))));
      },
      matrix.values);
}

double of_rank(std::vector<double>& magnitudes, std::size_t rank) {
  const auto place = magnitudes.begin() + static_cast<std::ptrdiff_t>(rank);
  std::nth_element(magnitudes.begin(), place, magnitudes.end());
  return *place;
}

/// The magnitude that a share of all lies below.
double limit_of_all(const std::vector<matrix_file>& layers, double quantile) {
  std::vector<double> magnitudes;
  for (const matrix_file& layer : layers) add_magnitudes(layer, 0, rows(layer), magnitudes);
  const auto rank = static_cast<std::size_t>(quantile * static_cast<double>(magnitudes.size()));
  return of_rank(magnitudes, std::min(rank, magnitudes.size() - 1));
}

/// Between the two magnitudes that are next to the rank (size - 1) q.
double interpolated(std::vector<double>& magnitudes, double quantile) {
  const double rank = quantile * static_cast<double>(magnitudes.size() - 1);
  const auto below = static_cast<std::size_t>(rank);
  const double lower = of_rank(magnitudes, below);
  if (below + 1 == magnitudes.size()) return lower;
  const double upper =
      *std::min_element(magnitudes.begin() + static_cast<std::ptrdiff_t>(below) + 1, magnitudes.end());
  return lower + (rank - static_cast<double>(below)) * (upper - lower);
}

double limit_of_rows(const std::vector<matrix_file>& layers, double quantile) {
  const Eigen::Index n = rows(layers.front());
  double sum = 0;
  std::vector<double> magnitudes;
  for (Eigen::Index row = 0; row < n; ++row) {
    magnitudes.clear();
    for (const matrix_file& layer : layers) add_magnitudes(layer, row, 1, magnitudes);
    sum += interpolated(magnitudes, quantile);
  }
  return sum / static_cast<double>(n);
}

matrix_file cut_at(const matrix_file& matrix, double limit) {
  return std::visit(
      [&]<class Scalar>(const matrix_view<Scalar>& values) {
        const auto at = static_cast<Scalar>(limit);
        const auto copy = std::make_shared<nngs::row_major<Scalar>>(values.cwiseMax(-at).cwiseMin(at));
        matrix_file cut{matrix.path,
                        matrix.element_type,
                        matrix.labels,
                        matrix_view<Scalar>(copy->data(), copy->rows(), copy->cols()),
                        copy,
                        matrix.coordinates,
                        matrix.names,
                        matrix.notes,
                        matrix.skip_not_found};
        cut.clamp_limit = static_cast<double>(at);
        return cut;
      },
      matrix.values);
}

}  // namespace

clamp_choice parse_clamp(const std::string& text) {
  constexpr std::string_view rows_prefix = "rows:";
  clamp_choice choice{1, text.starts_with(rows_prefix), text};
  const char* const begin = text.data() + (choice.of_rows ? rows_prefix.size() : 0);
  const char* const end = text.data() + text.size();
  const auto [stop, error] = read_number(begin, end, choice.quantile);
  if (error != std::errc{} || stop != end || !(choice.quantile > 0 && choice.quantile <= 1))
    throw usage_error(
        "--clamp " + text +
        " is no quantile: give a number above 0, up to 1 (which cuts nothing), such as 0.95, or "
        "rows:0.95 for the mean of each row's quantile");
  return choice;
}

std::vector<matrix_file> clamped(const std::vector<matrix_file>& layers, const clamp_choice& choice) {
  const bool empty = layers.empty() || std::any_of(layers.begin(), layers.end(), [](const matrix_file& one) {
                       return rows(one) == 0 || columns(one) == 0;
                     });
  if (choice.quantile >= 1 || empty) return layers;
  for (const matrix_file& layer : layers) check_finite(layer);
  const double limit =
      choice.of_rows ? limit_of_rows(layers, choice.quantile) : limit_of_all(layers, choice.quantile);
  if (!(limit > 0))
    throw file_error(layers.front().path, "--clamp " + choice.text +
                                              ": so many values are 0 that all would become 0: choose a "
                                              "larger quantile");
  std::vector<matrix_file> cut;
  cut.reserve(layers.size());
  for (const matrix_file& layer : layers) cut.push_back(cut_at(layer, limit));
  return cut;
}

matrix_file clamped(const matrix_file& matrix, const clamp_choice& choice) {
  return std::move(clamped(std::vector{matrix}, choice).front());
}

}  // namespace program
