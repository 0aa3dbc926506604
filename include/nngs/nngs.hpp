// SPDX-License-Identifier: MIT
#ifndef NNGS_NNGS_HPP
#define NNGS_NNGS_HPP

/// @file
/// The whole library.
///
/// Matrices are n x d, one row per item; graphs of the same n are paired item by item. Ranges that a function
/// names are checked unless it says otherwise, and so are shapes. Errors are `std::invalid_argument` with the
/// offending values. Besides them only what the standard library throws for want of memory
/// leaves the library, and what your own metric, builder, executor or progress report throws. `execute`,
/// wherever it is taken, says on which threads the work is done and changes no result.

#include "nngs/build_graph.hpp"
#include "nngs/chance.hpp"
#include "nngs/cka.hpp"
#include "nngs/diagnostics.hpp"
#include "nngs/distance.hpp"
#include "nngs/exact.hpp"
#include "nngs/executor.hpp"
#include "nngs/item_test.hpp"
#include "nngs/kd_tree.hpp"
#include "nngs/metric.hpp"
#include "nngs/neighbor_graph.hpp"
#include "nngs/permutation.hpp"
#include "nngs/points.hpp"
#include "nngs/sample.hpp"
#include "nngs/similarity.hpp"
#include "nngs/tally.hpp"
#include "nngs/version.hpp"

#endif
