// SPDX-License-Identifier: MIT
#ifndef NNGS_DETAIL_CKA_PANELS_HPP
#define NNGS_DETAIL_CKA_PANELS_HPP

#include <Eigen/Core>
#include <algorithm>
#include <memory>
#include <vector>

#include "nngs/detail/base/blocks.hpp"
#include "nngs/detail/base/compiled.hpp"
#include "nngs/detail/base/instruction_set.hpp"
#include "nngs/detail/cka/kernels.hpp"
#include "nngs/version.hpp"

// Vectors in panels, and the block of products of two sets of them.

namespace nngs {
inline namespace NNGS_VERSION_NAMESPACE {
namespace detail::cka {

/// Entries of so many vectors, filled up.
inline Eigen::Index whole_panels(Eigen::Index count) {
  return base::divided_up(count, panel_width) * panel_width;
}
inline Eigen::Index whole_tiles(Eigen::Index count) { return base::divided_up(count, tile_rows) * tile_rows; }

/// Where vectors of any processor load without crossing cache lines.
struct alignas(8 * panel_width) cache_line {
  double entries[panel_width];
};

/// `count` vectors of `depth` entries in panels (see kernels.hpp), filled up to a whole number of tiles.
/// The same panels serve as both sides of a product. The entries are not set.
class double_panels {
 public:
  double_panels(Eigen::Index count, Eigen::Index depth)
      : count_(count),
        depth_(depth),
        lines_(std::make_unique_for_overwrite<cache_line[]>(static_cast<std::size_t>(panels() * depth))) {}

  Eigen::Index count() const { return count_; }
  Eigen::Index depth() const { return depth_; }
  Eigen::Index panels() const { return whole_tiles(count_) / panel_width; }

  /// Entry i of the vectors of a panel, side by side.
  double* at(Eigen::Index panel, Eigen::Index i) { return lines_[index(panel, i)].entries; }
  const double* at(Eigen::Index panel, Eigen::Index i) const { return lines_[index(panel, i)].entries; }

 private:
  std::size_t index(Eigen::Index panel, Eigen::Index i) const {
    return static_cast<std::size_t>(panel * depth_ + i);
  }

  Eigen::Index count_, depth_;
  std::unique_ptr<cache_line[]> lines_;
};

/// Vectors of one side of a block: both sides and two blocks of products stay in the second-level cache.
inline constexpr Eigen::Index block_edge = 8 * tile_rows;

/// A block of a matrix of products. Of a lower block, which starts on the diagonal, only what lies below it
/// is of interest.
struct block {
  Eigen::Index row, column;  ///< the first; multiples of tile_rows
  Eigen::Index rows, columns;
  bool lower;
};

/// The entries of a block, column by column; columns hold whole tiles.
class block_entries {
 public:
  void reset(const block& part) {
    height_ = whole_tiles(part.rows);
    width_ = whole_panels(part.columns);
    lines_.assign(static_cast<std::size_t>(height_ / panel_width * width_), cache_line{});
  }
  Eigen::Index height() const { return height_; }
  Eigen::Index width() const { return width_; }
  double* column(Eigen::Index j) {
    return lines_[static_cast<std::size_t>(height_ / panel_width * j)].entries;
  }

 private:
  Eigen::Index height_ = 0, width_ = 0;
  std::vector<cache_line> lines_;
};

/// Entries that a pass works on: 24 KiB of 24 vectors and 8 KiB of the other side share the first-level
/// cache.
inline constexpr Eigen::Index depth_at_once = 128;

/// products(i, j) = rows.vector(row + i) . columns.vector(column + j). Of a lower block, tiles that lie above
/// the diagonal stay zero.
inline void multiply(const double_panels& rows, const double_panels& columns, const block& part,
                     base::instruction_set instructions, block_entries& products) {
  const auto add_products = base::compiled<tile_products>(instructions);
  products.reset(part);
  for (Eigen::Index i = 0; i < rows.depth(); i += depth_at_once) {
    const Eigen::Index depth = std::min(depth_at_once, rows.depth() - i);
    for (Eigen::Index r = 0; r < products.height(); r += tile_rows) {
      const double* left = rows.at((part.row + r) / panel_width, i);
      const Eigen::Index end = part.lower ? std::min(products.width(), r + tile_rows) : products.width();
      for (Eigen::Index c = 0; c < end; c += panel_width)
        add_products(left, columns.at((part.column + c) / panel_width, i), rows.depth() * panel_width, depth,
                     products.column(c) + r, products.height());
    }
  }
}

}  // namespace detail::cka
}  // namespace NNGS_VERSION_NAMESPACE
}  // namespace nngs

#endif
