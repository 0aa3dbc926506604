// SPDX-License-Identifier: MIT
#define __ASSOCIATIVE_MATH__ 1
#include <nngs/nngs.hpp>
