// SPDX-License-Identifier: MIT
#ifndef NNGS_DETAIL_BASE_FLOAT_BUFFER_HPP
#define NNGS_DETAIL_BASE_FLOAT_BUFFER_HPP

#include <Eigen/Core>
#include <cstddef>
#include <new>

#include "nngs/version.hpp"

// Memory for floats that somebody is about to write.

namespace nngs {
inline namespace NNGS_VERSION_NAMESPACE {
namespace detail::base {

/// Floats that begin on a cache line and hold nothing yet: a std::vector would write zeros first.
class float_buffer {
 public:
  float_buffer() = default;
  explicit float_buffer(Eigen::Index size) { grow(size); }
  float_buffer(const float_buffer&) = delete;
  float_buffer& operator=(const float_buffer&) = delete;
  ~float_buffer() { ::operator delete(floats_, line); }

  /// Room for `size` floats. What was held is lost if there was less.
  void grow(Eigen::Index size) {
    if (size <= size_) return;
    ::operator delete(floats_, line);
    floats_ = nullptr;
    size_ = 0;
    floats_ = static_cast<float*>(::operator new(static_cast<std::size_t>(size) * sizeof(float), line));
    size_ = size;
  }

  float* data() const noexcept { return floats_; }

 private:
  static constexpr std::align_val_t line{64};
  float* floats_ = nullptr;
  Eigen::Index size_ = 0;
};

}  // namespace detail::base
}  // namespace NNGS_VERSION_NAMESPACE
}  // namespace nngs

#endif
