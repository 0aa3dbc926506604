// SPDX-License-Identifier: MIT
#ifndef NNGS_DETAIL_BASE_INSTRUCTION_SET_HPP
#define NNGS_DETAIL_BASE_INSTRUCTION_SET_HPP

#include "nngs/version.hpp"

// Which instructions the inner loops may use.

namespace nngs {
inline namespace NNGS_VERSION_NAMESPACE {
namespace detail::base {

/// What the inner loops are compiled for. The choice changes the time, never a graph (exact.hpp).
enum class instruction_set { portable, avx2, avx512, avx512vnni };

/// The widest that this processor and its system have.
inline instruction_set best_instruction_set() noexcept {
#if defined(__GNUC__) && defined(__x86_64__)
  if (__builtin_cpu_supports("avx512f"))
    return __builtin_cpu_supports("avx512vnni") ? instruction_set::avx512vnni : instruction_set::avx512;
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return instruction_set::avx2;
#endif
  return instruction_set::portable;
}

}  // namespace detail::base
}  // namespace NNGS_VERSION_NAMESPACE
}  // namespace nngs

#endif
