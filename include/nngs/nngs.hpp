// SPDX-License-Identifier: MIT
#ifndef NNGS_NNGS_HPP
#define NNGS_NNGS_HPP

/// @file
/// The whole library.
///
/// Matrices are n x d, one row per item; graphs of the same n are paired item by item. Arguments come in one
/// order: the data, the rows or the range of items, k, the metrics or builders, options, the executor. Where
/// `f` gives the result at one k, `f_curve` gives those at k = 1, 2, ..: element k - 1 is that at k.
///
/// Ranges that a function names are checked unless it says otherwise, and so are shapes. Errors are
/// `input_error`, a `std::invalid_argument`. Besides them only what the standard library throws for want of
/// memory leaves the library, and what your own metric, builder, executor or progress report throws.
/// `execute`, wherever it is taken, says on which threads the work is done and changes no result.

#include "nngs/build_graph.hpp"
#include "nngs/chance.hpp"
#include "nngs/cka.hpp"
#include "nngs/cka_matrix.hpp"
#include "nngs/corrected.hpp"
#include "nngs/diagnostics.hpp"
#include "nngs/distance.hpp"
#include "nngs/error.hpp"
#include "nngs/estimate.hpp"
#include "nngs/exact.hpp"
#include "nngs/executor.hpp"
#include "nngs/growth.hpp"
#include "nngs/item_test.hpp"
#include "nngs/judge.hpp"
#include "nngs/kd_tree.hpp"
#include "nngs/metric.hpp"
#include "nngs/nearest_lists.hpp"
#include "nngs/neighbor_graph.hpp"
#include "nngs/overlap_tally.hpp"
#include "nngs/permutation.hpp"
#include "nngs/permutation_matrix.hpp"
#include "nngs/points.hpp"
#include "nngs/sample.hpp"
#include "nngs/sample_matrix.hpp"
#include "nngs/search_piece.hpp"
#include "nngs/serialize.hpp"
#include "nngs/similarity.hpp"
#include "nngs/similarity_matrix.hpp"
#include "nngs/tally.hpp"
#include "nngs/tie_order.hpp"
#include "nngs/version.hpp"

#endif
