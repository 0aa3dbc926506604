// SPDX-License-Identifier: MIT
#ifndef NNGS_NNGS_HPP
#define NNGS_NNGS_HPP

#include "nngs/build_graph.hpp"
#include "nngs/cka.hpp"
#include "nngs/distance.hpp"
#include "nngs/exact.hpp"
#include "nngs/executor.hpp"
#include "nngs/kd_tree.hpp"
#include "nngs/metric.hpp"
#include "nngs/neighbor_graph.hpp"
#include "nngs/overlap.hpp"
#include "nngs/points.hpp"
#include "nngs/similarity.hpp"
#include "nngs/version.hpp"

#endif
