// SPDX-License-Identifier: MIT
#include <nngs/nngs.hpp>

auto builder = nngs::kd_tree{nngs::chebyshev{}};
