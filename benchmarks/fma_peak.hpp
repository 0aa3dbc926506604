// SPDX-License-Identifier: MIT
// How fast this processor multiplies and adds when nothing else is in the way: the limit to compare with.
#ifndef NNGS_BENCHMARKS_FMA_PEAK_HPP
#define NNGS_BENCHMARKS_FMA_PEAK_HPP

#include <cstddef>

namespace fma_peak {

inline constexpr int chains = 12;  // hide 4 cycles of latency on 2 ports; with b and c they fit 16 registers

/// Runs `chains` independent chains x = x b + c, all in registers. Vector: a compiler's vector of floats.
template <class Vector>
[[gnu::always_inline]] inline float run_chains(long steps) {
  Vector b{}, c{};
  b = b + 0.999f;
  c = c + 0.001f;
  // Different starts: equal chains would become one.
  Vector x0 = c, x1 = c + 1, x2 = c + 2, x3 = c + 3, x4 = c + 4, x5 = c + 5;
  Vector x6 = c + 6, x7 = c + 7, x8 = c + 8, x9 = c + 9, x10 = c + 10, x11 = c + 11;
  for (long step = 0; step < steps; ++step) {
    x0 = x0 * b + c, x1 = x1 * b + c, x2 = x2 * b + c, x3 = x3 * b + c;
    x4 = x4 * b + c, x5 = x5 * b + c, x6 = x6 * b + c, x7 = x7 * b + c;
    x8 = x8 * b + c, x9 = x9 * b + c, x10 = x10 * b + c, x11 = x11 * b + c;
  }
  return (((x0 + x1) + (x2 + x3)) + ((x4 + x5) + (x6 + x7)) + ((x8 + x9) + (x10 + x11)))[0];
}

template <int Bytes>
using floats [[gnu::vector_size(Bytes)]] = float;

[[gnu::target("avx512f")]] inline float run_avx512(long steps) { return run_chains<floats<64>>(steps); }
[[gnu::target("avx2,fma")]] inline float run_avx2(long steps) { return run_chains<floats<32>>(steps); }
inline float run_portable(long steps) { return run_chains<floats<16>>(steps); }

struct loop {
  float (*run)(long steps);
  std::size_t width;  // floats in a vector
  double operations(long steps) const {
    return 2.0 * chains * static_cast<double>(width) * static_cast<double>(steps);
  }
};

/// The widest that the processor has.
inline loop widest() {
  if (__builtin_cpu_supports("avx512f")) return {run_avx512, 16};
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return {run_avx2, 8};
  return {run_portable, 4};
}

}  // namespace fma_peak

#endif
