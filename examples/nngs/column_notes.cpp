// SPDX-License-Identifier: MIT
#include "column_notes.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <set>
#include <system_error>
#include <variant>

#include "file_error.hpp"
#include "matrix_file.hpp"

namespace program {
namespace {

std::string named(const matrix_file& file, Eigen::Index column) {
  return to_text(file.coordinates[static_cast<std::size_t>(column)]);
}

std::string to_skip(const matrix_file& file, Eigen::Index column) {
  return "--skip " + std::to_string(file.coordinates[static_cast<std::size_t>(column)].number);
}

bool is_whole(double value) { return std::floor(value) == value; }  // infinity is, NaN is not

template <class Values>
bool counts(const Values& values, Eigen::Index column) {
  for (Eigen::Index row = 1; row < values.rows(); ++row)
    if (values(row, column) != values(row - 1, column) + 1) return false;
  return values.rows() >= 3 && is_whole(static_cast<double>(values(0, column)));
}

/// More than one whole number, each for two rows and more on average.
template <class Values>
bool has_few_whole_numbers(const Values& values, Eigen::Index column) {
  std::set<double> different;
  const auto most = static_cast<std::size_t>(values.rows() / 2);
  for (Eigen::Index row = 0; row < values.rows(); ++row) {
    const auto value = static_cast<double>(values(row, column));
    if (!is_whole(value)) return false;
    if (different.insert(value).second && different.size() > std::min<std::size_t>(most, 1000)) return false;
  }
  return different.size() > 1;
}

template <class Values>
bool has_fractions(const Values& values, Eigen::Index column) {
  for (Eigen::Index row = 0; row < values.rows(); ++row)
    if (!is_whole(static_cast<double>(values(row, column)))) return true;
  return false;
}

/// All columns but the one.
template <class Values>
bool others_have_fractions(const Values& values, Eigen::Index column) {
  for (Eigen::Index other = 0; other < values.cols(); ++other)
    if (other != column && !has_fractions(values, other)) return false;
  return true;
}

template <class Values>
bool is_constant(const Values& values, Eigen::Index column) {
  return (values.col(column).array() == values(0, column)).all();
}

/// The columns of x and y, counted from the left or, where they are not as many, from the right, whose
/// values are the same. Row by row: most columns are given up in the first.
template <class X, class Y>
std::vector<Eigen::Index> same_columns(const X& x, const Y& y, Eigen::Index shift) {
  std::vector<Eigen::Index> same;
  for (Eigen::Index column = 0; column < x.cols(); ++column)
    if (column - shift >= 0 && column - shift < y.cols()) same.push_back(column);
  for (Eigen::Index row = 0; row < x.rows() && !same.empty(); ++row)
    std::erase_if(same, [&](Eigen::Index column) {
      return static_cast<double>(x(row, column)) != static_cast<double>(y(row, column - shift));
    });
  std::erase_if(same, [&](Eigen::Index column) { return is_constant(x, column); });
  return same;
}

}  // namespace

std::vector<std::string> odd_columns(const matrix_file& file) {
  std::vector<std::string> notes;
  std::visit(
      [&](const auto& values) {
        if (values.rows() < 2 || values.cols() < 2) return;
        for (const Eigen::Index column : {Eigen::Index{0}, values.cols() - 1}) {
          if (counts(values, column))
            notes.push_back(named(file, column) + " counts the rows: if it is no coordinate, " +
                            to_skip(file, column) + " leaves it out");
          else if (has_few_whole_numbers(values, column) && others_have_fractions(values, column))
            notes.push_back(named(file, column) + " holds few whole numbers beside fractions: if it is a class "
                                                  "and no coordinate, " +
                            to_skip(file, column) + " leaves it out");
        }
      },
      file.values);
  return notes;
}

std::string shared_columns(const matrix_file& x, const matrix_file& y) {
  const std::vector<Eigen::Index> same = std::visit(
      [](const auto& a, const auto& b) {
        if (a.rows() != b.rows() || a.rows() < 2) return std::vector<Eigen::Index>();
        std::vector<Eigen::Index> found = same_columns(a, b, 0);
        if (found.empty() && a.cols() != b.cols()) found = same_columns(a, b, a.cols() - b.cols());
        return found;
      },
      x.values, y.values);
  if (same.empty() || (static_cast<Eigen::Index>(same.size()) == columns(x) && columns(x) == columns(y)))
    return "";
  std::string text;
  for (std::size_t i = 0; i < std::min<std::size_t>(same.size(), 3); ++i)
    text += (i == 0 ? "" : ", ") + named(x, same[i]);
  if (same.size() > 3) text += " and " + std::to_string(same.size() - 3) + " more";
  return text + (same.size() == 1 ? " is" : " are") + " the same in both files: if it is no coordinate, " +
         to_skip(x, same.front()) + " leaves it out";
}

std::optional<std::size_t> column_by_number(const std::string& path, const std::string& wanted,
                                            std::size_t count) {
  std::size_t number = 0;
  const char* const end = wanted.data() + wanted.size();
  const auto [stop, error] = std::from_chars(wanted.data(), end, number);
  if (stop != end || error == std::errc::invalid_argument) return std::nullopt;
  if (error != std::errc{} || number < 1 || number > count)
    throw file_error(path, "has " + std::to_string(count) + " columns, counted from 1: there is no --skip " + wanted);
  return number - 1;
}

}  // namespace program
