// SPDX-License-Identifier: MIT
#ifndef NNGS_DETAIL_ROUNDING_HPP
#define NNGS_DETAIL_ROUNDING_HPP

#include <cstdint>

#include "nngs/version.hpp"

#ifdef __FAST_MATH__
#error "nngs promises the same bits everywhere and checks for NaN: build without -ffast-math"
#endif

namespace nngs::inline NNGS_VERSION_NAMESPACE::detail {

/// The product as IEEE rounds it. g++ fuses a product with a later sum where the processor can, in one loop and
/// not in another: then the same two points would have two keys. clang fuses within one expression only.
inline double rounded(double product) noexcept {
#if defined(__GNUC__) && !defined(__clang__)
  return __builtin_assoc_barrier(product);
#else
  return product;
#endif
}

/// A sum of numbers in [0, 1], held in fixed point with 64 bits behind the point: adding is associative, so any
/// split of up to 2^32 items over threads or shards gives the same bits.
class unit_sum {
 public:
  void add(double number) noexcept {
    const double scaled = number * 0x1p32;
    const auto whole = static_cast<std::int64_t>(scaled);
    high_ += static_cast<std::uint64_t>(whole);
    low_ += static_cast<std::uint64_t>(static_cast<std::int64_t>((scaled - static_cast<double>(whole)) * 0x1p32));
  }
  unit_sum& operator+=(const unit_sum& other) noexcept {
    high_ += other.high_;
    low_ += other.low_;
    return *this;
  }
  double value() const noexcept {
    return (static_cast<double>(high_) + static_cast<double>(low_) * 0x1p-32) * 0x1p-32;
  }
  friend bool operator==(const unit_sum&, const unit_sum&) = default;

 private:
  std::uint64_t high_ = 0, low_ = 0;
};

}  // namespace nngs::inline NNGS_VERSION_NAMESPACE::detail

#endif
