// SPDX-License-Identifier: MIT
#include <nngs/nngs.hpp>
