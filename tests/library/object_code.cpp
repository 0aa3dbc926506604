// SPDX-License-Identifier: MIT
// Compiled for object_code.py to read: the inner loop whose sums have to stay in registers.
#include <nngs/detail/search/integer_kernels.hpp>

nngs::detail::search::integer_product_function* fastest_products() {
  return nngs::detail::search::integer_products(nngs::detail::base::instruction_set::avx512vnni);
}
