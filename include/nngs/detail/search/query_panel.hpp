// SPDX-License-Identifier: MIT
#ifndef NNGS_DETAIL_SEARCH_QUERY_PANEL_HPP
#define NNGS_DETAIL_SEARCH_QUERY_PANEL_HPP

#include <Eigen/Core>
#include <algorithm>
#include <cstddef>
#include <span>

#include "nngs/detail/base/blocks.hpp"
#include "nngs/detail/base/float_buffer.hpp"
#include "nngs/detail/search/kernels.hpp"
#include "nngs/detail/search/screen.hpp"
#include "nngs/version.hpp"

// Any points of a screen as the columns of a product.

namespace nngs {
inline namespace NNGS_VERSION_NAMESPACE {
namespace detail::search {

/// Points packed alike, a multiple of eight. The scores of those that fill it up are not looked at.
struct query_columns {
  const float *packed, *offsets;
  int padded_count;
};

/// Up to a panel of points: where they lie if they are neighbours in a panel, else copied. Keeps its memory,
/// so one a thread.
class query_panel {
 public:
  explicit query_panel(const float_screen& screen) : screen_(screen) {}

  /// Valid until the next call. `rows`: one or more.
  query_columns of(std::span<const Eigen::Index> rows) {
    const auto padded_count =
        static_cast<int>(base::divided_up(static_cast<Eigen::Index>(rows.size()), 8) * 8);
    const Eigen::Index panel = rows.front() / panel_points, place = rows.front() % panel_points;
    if (place + padded_count <= panel_points && are_consecutive(rows))
      return {screen_.panel(panel) + place, screen_.offsets(panel) + place, padded_count};
    copy(rows, padded_count);
    return {packed_.data(), offsets_, padded_count};
  }

 private:
  static bool are_consecutive(std::span<const Eigen::Index> rows) {
    for (std::size_t i = 1; i < rows.size(); ++i)
      if (rows[i] != rows[i - 1] + 1) return false;
    return true;
  }

  void copy(std::span<const Eigen::Index> rows, int padded_count) {
    packed_.grow(panel_points * screen_.dimensions());
    const float* from[panel_points];
    for (int column = 0; column < padded_count; ++column) {
      const Eigen::Index row = rows[std::min(static_cast<std::size_t>(column), rows.size() - 1)];
      from[column] = screen_.panel(row / panel_points) + row % panel_points;
      offsets_[column] = screen_.offsets(row / panel_points)[row % panel_points];
    }
    for (Eigen::Index j = 0; j < screen_.dimensions(); ++j)
      for (int column = 0; column < padded_count; ++column)
        packed_.data()[j * panel_points + column] = from[column][j * panel_points];
  }

  const float_screen& screen_;
  base::float_buffer packed_;
  float offsets_[panel_points] = {};
};

}  // namespace detail::search
}  // namespace NNGS_VERSION_NAMESPACE
}  // namespace nngs

#endif
