// SPDX-License-Identifier: MIT
#ifndef NNGS_DETAIL_BASE_BLOCKS_HPP
#define NNGS_DETAIL_BASE_BLOCKS_HPP

#include <Eigen/Core>
#include <algorithm>

#include "nngs/version.hpp"

// Work is cut into blocks of items in one way, which does not depend on who does it.

namespace nngs {
inline namespace NNGS_VERSION_NAMESPACE {
namespace detail::base {

/// How many parts of `size` hold `count` things, the last perhaps not full.
inline Eigen::Index divided_up(Eigen::Index count, Eigen::Index size) { return (count + size - 1) / size; }

/// Runs body(first, last) over the items [0, items) in blocks of `per_block`. `execute`: any executor.
template <class Executor, class Body>
void for_each_block(const Executor& execute, Eigen::Index items, Eigen::Index per_block, const Body& body) {
  execute(divided_up(items, per_block),
          [&](Eigen::Index block) { body(block * per_block, std::min(items, (block + 1) * per_block)); });
}

}  // namespace detail::base
}  // namespace NNGS_VERSION_NAMESPACE
}  // namespace nngs

#endif
