// SPDX-License-Identifier: MIT
#ifndef NNGS_NNGS_HPP
#define NNGS_NNGS_HPP

#include "nngs/build_graph.hpp"
#include "nngs/chance.hpp"
#include "nngs/cka.hpp"
#include "nngs/distance.hpp"
#include "nngs/exact.hpp"
#include "nngs/executor.hpp"
#include "nngs/graph_diagnostics.hpp"
#include "nngs/item_test.hpp"
#include "nngs/kd_tree.hpp"
#include "nngs/metric.hpp"
#include "nngs/neighbor_graph.hpp"
#include "nngs/overlap.hpp"
#include "nngs/permutation.hpp"
#include "nngs/points.hpp"
#include "nngs/sample.hpp"
#include "nngs/similarity.hpp"
#include "nngs/version.hpp"

#endif
