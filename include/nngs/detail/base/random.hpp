// SPDX-License-Identifier: MIT
#ifndef NNGS_DETAIL_BASE_RANDOM_HPP
#define NNGS_DETAIL_BASE_RANDOM_HPP

#include <array>
#include <cstddef>
#include <cstdint>

#include "nngs/version.hpp"

namespace nngs {
inline namespace NNGS_VERSION_NAMESPACE {
namespace detail::base {

/// Philox4x32-10 (Salmon et al. 2011): four random words from a counter and a key, nothing kept between.
inline std::array<std::uint32_t, 4> philox(std::array<std::uint32_t, 4> counter,
                                           std::array<std::uint32_t, 2> key) noexcept {
  for (int round = 0; round < 10; ++round) {
    const std::uint64_t a = std::uint64_t{0xD2511F53} * counter[0];
    const std::uint64_t b = std::uint64_t{0xCD9E8D57} * counter[2];
    counter = {static_cast<std::uint32_t>(b >> 32) ^ counter[1] ^ key[0], static_cast<std::uint32_t>(b),
               static_cast<std::uint32_t>(a >> 32) ^ counter[3] ^ key[1], static_cast<std::uint32_t>(a)};
    key = {key[0] + 0x9E3779B9, key[1] + 0xBB67AE85};
  }
  return counter;
}

/// Random numbers of (seed, stream): different streams never meet, whoever draws from them and when.
class random_stream {
 public:
  random_stream(std::uint64_t seed, std::uint64_t stream) noexcept
      : key_{static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32)},
        stream_{static_cast<std::uint32_t>(stream), static_cast<std::uint32_t>(stream >> 32)} {}

  /// A whole number in [0, end), each as likely; end > 0 (Lemire 2019).
  std::uint32_t below(std::uint32_t end) noexcept {
    std::uint64_t product = std::uint64_t{word()} * end;
    if (static_cast<std::uint32_t>(product) < end) {
      const std::uint32_t too_many = (0U - end) % end;
      while (static_cast<std::uint32_t>(product) < too_many) product = std::uint64_t{word()} * end;
    }
    return static_cast<std::uint32_t>(product >> 32);
  }

 private:
  std::uint32_t word() noexcept {
    if (used_ == words_.size()) {
      words_ = philox({static_cast<std::uint32_t>(drawn_), static_cast<std::uint32_t>(drawn_ >> 32),
                       stream_[0], stream_[1]},
                      key_);
      ++drawn_;
      used_ = 0;
    }
    return words_[used_++];
  }

  std::array<std::uint32_t, 2> key_, stream_;
  std::uint64_t drawn_ = 0;
  std::array<std::uint32_t, 4> words_{};
  std::size_t used_ = 4;
};

}  // namespace detail::base
}  // namespace NNGS_VERSION_NAMESPACE
}  // namespace nngs

#endif
