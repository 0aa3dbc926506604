// SPDX-License-Identifier: MIT
#ifndef NNGS_DETAIL_BASE_EXACT_SUM_HPP
#define NNGS_DETAIL_BASE_EXACT_SUM_HPP

#include <cstdint>

#include "nngs/version.hpp"

namespace nngs {
inline namespace NNGS_VERSION_NAMESPACE {
namespace detail::base {

/// The two words that a sum is held in.
struct sum_words {
  std::uint64_t high, low;
};

/// A sum of numbers in [0, 1], held in fixed point with 64 bits behind the point: adding is associative, so
/// any split of up to 2^32 - 1 numbers over threads or shards gives the same bits.
class unit_sum {
 public:
  unit_sum() noexcept = default;
  explicit unit_sum(sum_words words) noexcept : high_(words.high), low_(words.low) {}
  sum_words words() const noexcept { return {high_, low_}; }

  void add(double number) noexcept {
    const double scaled = number * 0x1p32;
    const auto whole = static_cast<std::int64_t>(scaled);
    const auto rest = static_cast<std::int64_t>((scaled - static_cast<double>(whole)) * 0x1p32);
    high_ += static_cast<std::uint64_t>(whole);
    low_ += static_cast<std::uint64_t>(rest);
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

/// A sum of whole numbers below 2^64, in 128 bits.
class whole_sum {
 public:
  whole_sum() noexcept = default;
  explicit whole_sum(sum_words words) noexcept : high_(words.high), low_(words.low) {}
  sum_words words() const noexcept { return {high_, low_}; }

  void add(std::uint64_t number) noexcept {
    low_ += number;
    high_ += low_ < number;
  }
  whole_sum& operator+=(const whole_sum& other) noexcept {
    add(other.low_);
    high_ += other.high_;
    return *this;
  }
  double value() const noexcept { return static_cast<double>(high_) * 0x1p64 + static_cast<double>(low_); }
  friend bool operator==(const whole_sum&, const whole_sum&) = default;

 private:
  std::uint64_t high_ = 0, low_ = 0;
};

}  // namespace detail::base
}  // namespace NNGS_VERSION_NAMESPACE
}  // namespace nngs

#endif
