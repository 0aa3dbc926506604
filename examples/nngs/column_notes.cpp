// SPDX-License-Identifier: MIT
#include "column_notes.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <set>
#include <variant>

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
bool counts(const Values& values, std::span<const Eigen::Index> rows, Eigen::Index column) {
  const auto number = [&](Eigen::Index row) {
    return static_cast<double>(rows.empty() ? row : rows[static_cast<std::size_t>(row)]);
  };
  for (Eigen::Index row = 1; row < values.rows(); ++row)
    if (static_cast<double>(values(row, column)) - static_cast<double>(values(0, column)) !=
        number(row) - number(0))
      return false;
  return values.rows() >= 3 && is_whole(static_cast<double>(values(0, column)));
}

/// More than one value, all whole.
template <class Values>
bool has_whole_numbers(const Values& values, Eigen::Index column) {
  bool different = false;
  for (Eigen::Index row = 0; row < values.rows(); ++row) {
    if (!is_whole(static_cast<double>(values(row, column)))) return false;
    different = different || values(row, column) != values(0, column);
  }
  return different;
}

/// Each whole number for two rows and more on average.
template <class Values>
bool has_few_values(const Values& values, Eigen::Index column) {
  std::set<double> different;
  for (Eigen::Index row = 0; row < values.rows(); ++row) {
    different.insert(static_cast<double>(values(row, column)));
    if (2 * static_cast<Eigen::Index>(different.size()) > values.rows()) return false;
  }
  return true;
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

std::vector<std::string> odd_columns(const matrix_file& file, std::span<const Eigen::Index> rows) {
  std::vector<std::string> notes;
  std::visit(
      [&](const auto& values) {
        if (values.rows() < 2 || values.cols() < 2) return;
        for (const Eigen::Index column : {Eigen::Index{0}, values.cols() - 1}) {
          if (counts(values, rows, column))
            notes.push_back(named(file, column) + " counts the rows: if it is no coordinate, " +
                            to_skip(file, column) + " leaves it out");
          else if (has_whole_numbers(values, column) && others_have_fractions(values, column))
            notes.push_back(named(file, column) + " holds " +
                            (has_few_values(values, column)
                                 ? "few whole numbers beside fractions: if it is a class"
                                 : "whole numbers beside fractions: if it is an id") +
                            " and no coordinate, " + to_skip(file, column) + " leaves it out");
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

}  // namespace program
