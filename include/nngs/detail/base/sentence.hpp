// SPDX-License-Identifier: MIT
#ifndef NNGS_DETAIL_BASE_SENTENCE_HPP
#define NNGS_DETAIL_BASE_SENTENCE_HPP

#include <charconv>
#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

#include "nngs/version.hpp"

// Sentences for errors, from words and numbers. Compiled once, wherever and of whatever they are made.

namespace nngs {
inline namespace NNGS_VERSION_NAMESPACE {
namespace detail::base {

/// Words or a number in a sentence; a fraction has the fewest digits that give it back. For arguments: words
/// have to outlive it.
class piece {
 public:
  piece(std::string_view words) noexcept : words_(words) {}
  piece(const char* words) noexcept : words_(words) {}
  piece(const std::string& words) noexcept : words_(words) {}
  piece(double number) noexcept : end_(std::to_chars(digits_, digits_ + sizeof digits_, number).ptr) {}
  template <std::signed_integral Integer>
  piece(Integer number) noexcept : piece(std::int64_t{number}, 0) {}
  template <std::unsigned_integral Integer>
  piece(Integer number) noexcept : piece(std::uint64_t{number}, 0) {}

  std::string_view text() const noexcept {
    return end_ == nullptr ? words_ : std::string_view(digits_, static_cast<std::size_t>(end_ - digits_));
  }

 private:
  piece(std::int64_t number, int) noexcept
      : end_(std::to_chars(digits_, digits_ + sizeof digits_, number).ptr) {}
  piece(std::uint64_t number, int) noexcept
      : end_(std::to_chars(digits_, digits_ + sizeof digits_, number).ptr) {}

  std::string_view words_;
  char digits_[32];
  char* end_ = nullptr;  ///< of the digits, if it is a number
};

[[gnu::cold, gnu::noinline]] inline std::string sentence(std::initializer_list<piece> pieces) {
  std::string whole;
  for (const piece& one : pieces) whole += one.text();
  return whole;
}

}  // namespace detail::base
}  // namespace NNGS_VERSION_NAMESPACE
}  // namespace nngs

#endif
