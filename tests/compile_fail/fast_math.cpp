// SPDX-License-Identifier: MIT
#define __FAST_MATH__ 1
#include <nngs/nngs.hpp>
