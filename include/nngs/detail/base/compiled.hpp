// SPDX-License-Identifier: MIT
#ifndef NNGS_DETAIL_BASE_COMPILED_HPP
#define NNGS_DETAIL_BASE_COMPILED_HPP

#include "nngs/detail/base/instruction_set.hpp"
#include "nngs/detail/base/vectors.hpp"
#include "nngs/version.hpp"

// One text of an inner loop, compiled for every instruction set and chosen when the program runs: a plain -O2
// build is as fast as one for this very machine.
//
// A kernel is a struct with the type of its function, `signature`, and its text, an always-inline static
// member template `run<Vectors>` for the vectors of any register. Vectors stay inside it: a 64-byte value as
// a parameter would make the compiler warn about calling conventions.

namespace nngs {
inline namespace NNGS_VERSION_NAMESPACE {
namespace detail::base {

/// A kernel's text as a function for each instruction set.
template <class Kernel, class Signature = typename Kernel::signature>
struct variants;

template <class Kernel, class Result, class... Arguments>
struct variants<Kernel, Result(Arguments...)> {
  static Result portable(Arguments... arguments) { return Kernel::template run<vectors<16>>(arguments...); }
#ifdef __x86_64__
  [[gnu::target("avx2,fma")]] static Result avx2(Arguments... arguments) {
    return Kernel::template run<vectors<32>>(arguments...);
  }
  [[gnu::target("avx512f,fma")]] static Result avx512(Arguments... arguments) {
    return Kernel::template run<vectors<64>>(arguments...);
  }
#endif
};

/// The kernel's function for an instruction set, which the processor must have.
template <class Kernel>
typename Kernel::signature* compiled(instruction_set instructions) noexcept {
#ifdef __x86_64__
  if (instructions == instruction_set::avx512) return variants<Kernel>::avx512;
  if (instructions == instruction_set::avx2) return variants<Kernel>::avx2;
#endif
  static_cast<void>(instructions);
  return variants<Kernel>::portable;
}

}  // namespace detail::base
}  // namespace NNGS_VERSION_NAMESPACE
}  // namespace nngs

#endif
