// SPDX-License-Identifier: MIT
#include "inflated.hpp"

#include <zlib.h>

#include <algorithm>
#include <cstddef>
#include <limits>
#include <new>
#include <utility>
#include <vector>

#include "file_error.hpp"

namespace program {
namespace {

/// zlib's state for a stream of deflate alone, with no header around it.
class inflater {
 public:
  inflater() {
    if (inflateInit2(&stream, -MAX_WBITS) != Z_OK) throw std::bad_alloc();
  }
  inflater(const inflater&) = delete;
  inflater& operator=(const inflater&) = delete;
  ~inflater() { inflateEnd(&stream); }

  z_stream stream{};
};

class inflated_bytes final : public byte_source {
 public:
  inflated_bytes(std::shared_ptr<byte_source> file, std::uint64_t begin, std::uint64_t packed_size,
                 std::uint64_t size)
      : byte_source(file->name(), size), file_(std::move(file)), begin_(begin), packed_size_(packed_size) {}

  void read(std::uint64_t from, std::span<std::byte> to) override {
    if (!state_ || from < done_) start();
    std::vector<std::byte> left_out(static_cast<std::size_t>(std::min(from - done_, buffer_size)));
    while (done_ < from)
      inflate_to(std::span(left_out).first(
          static_cast<std::size_t>(std::min<std::uint64_t>(from - done_, left_out.size()))));
    inflate_to(to);
  }

  bool goes_back() const override { return false; }
  void rest() override { file_->rest(); }

 private:
  static constexpr std::uint64_t buffer_size = std::uint64_t{1} << 16;

  void start() {
    state_ = std::make_unique<inflater>();
    taken_ = done_ = 0;
  }

  /// The next bytes, as many as there is room for.
  void inflate_to(std::span<std::byte> to) {
    z_stream& stream = state_->stream;
    while (!to.empty()) {
      if (stream.avail_in == 0) refill(stream);
      const auto room = static_cast<uInt>(std::min<std::size_t>(to.size(), std::numeric_limits<uInt>::max()));
      stream.next_out = reinterpret_cast<Bytef*>(to.data());
      stream.avail_out = room;
      const int status = ::inflate(&stream, Z_NO_FLUSH);
      const std::size_t written = room - stream.avail_out;
      to = to.subspan(written);
      done_ += written;
      if (status == Z_MEM_ERROR) throw std::bad_alloc();
      if (to.empty()) return;
      if (status == Z_STREAM_END || (status != Z_OK && status != Z_BUF_ERROR) ||
          (written == 0 && stream.avail_in == 0 && taken_ == packed_size_))
        throw file_error(name(), "its compressed data are damaged, or shorter than its directory says");
    }
  }

  void refill(z_stream& stream) {
    const auto some = static_cast<std::size_t>(std::min(packed_size_ - taken_, buffer_size));
    packed_.resize(some);
    file_->read(begin_ + taken_, packed_);
    taken_ += some;
    stream.next_in = reinterpret_cast<Bytef*>(packed_.data());
    stream.avail_in = static_cast<uInt>(some);
  }

  std::shared_ptr<byte_source> file_;
  std::uint64_t begin_, packed_size_;
  std::unique_ptr<inflater> state_;
  std::vector<std::byte> packed_;
  std::uint64_t taken_ = 0, done_ = 0;  // of the packed bytes, and of those they stand for
};

}  // namespace

std::shared_ptr<byte_source> inflated(std::shared_ptr<byte_source> file, std::uint64_t begin,
                                      std::uint64_t packed_size, std::uint64_t size) {
  return std::make_shared<inflated_bytes>(std::move(file), begin, packed_size, size);
}

}  // namespace program
