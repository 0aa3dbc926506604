// SPDX-License-Identifier: MIT
#ifndef NNGS_DETAIL_BASE_PAIR_SCHEDULE_HPP
#define NNGS_DETAIL_BASE_PAIR_SCHEDULE_HPP

#include <Eigen/Core>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <utility>
#include <vector>

#include "nngs/detail/base/function_ref.hpp"
#include "nngs/version.hpp"

// Who works on which pair of blocks: every pair once, and no block in two hands.

namespace nngs {
inline namespace NNGS_VERSION_NAMESPACE {
namespace detail::base {

/// What is done with a pair of blocks.
using pair_work = function_ref<void(Eigen::Index first, Eigen::Index second)>;

/// Hands out every unordered pair of blocks once, each with itself too, such that no block is in two hands at
/// a time: who holds a pair may change what belongs to both without a lock.
class pair_schedule {
 public:
  explicit pair_schedule(Eigen::Index blocks) : busy_(static_cast<std::size_t>(blocks)) {
    pairs_.reserve(static_cast<std::size_t>(blocks * (blocks + 1) / 2));
    for (Eigen::Index apart = 0; apart < blocks; ++apart)
      for (Eigen::Index first = 0; first + apart < blocks; ++first) pairs_.push_back({first, first + apart});
  }

  Eigen::Index pairs_left() const noexcept { return static_cast<Eigen::Index>(pairs_.size() - claimed_); }

  /// Calls work(first, second) with a pair of idle blocks, after waiting for one if need be.
  void run_one(pair_work work) {
    const release at_end{*this, claim()};
    work(at_end.blocks.first, at_end.blocks.second);
  }

 private:
  struct pair {
    Eigen::Index first, second;
  };

  struct release {
    pair_schedule& schedule;
    pair blocks;
    ~release() {
      {
        const std::lock_guard lock(schedule.mutex_);
        schedule.set_busy(blocks, false);
      }
      schedule.released_.notify_all();
    }
  };

  pair claim() {
    std::unique_lock lock(mutex_);
    pair found{};
    released_.wait(lock, [&] { return find_idle(found); });
    return found;
  }

  bool find_idle(pair& found) {
    // Few blocks are busy, so one of the first pairs will do.
    for (std::size_t at = claimed_; at < pairs_.size(); ++at) {
      found = pairs_[at];
      if (busy(found.first) || busy(found.second)) continue;
      std::swap(pairs_[at], pairs_[claimed_++]);
      set_busy(found, true);
      return true;
    }
    return false;
  }

  bool busy(Eigen::Index block) const { return busy_[static_cast<std::size_t>(block)] != 0; }
  void set_busy(const pair& blocks, bool busy) {
    busy_[static_cast<std::size_t>(blocks.first)] = busy;
    busy_[static_cast<std::size_t>(blocks.second)] = busy;
  }

  std::mutex mutex_;
  std::condition_variable released_;
  std::vector<std::uint8_t> busy_;
  std::vector<pair> pairs_;
  std::size_t claimed_ = 0;  ///< so many, from the beginning
};

/// No more blocks than this, for their pairs are held in memory: 130,000 of them, 6 MB.
inline constexpr Eigen::Index most_paired_blocks = 512;

/// Runs work(first, second) for every pair of `blocks` blocks; see pair_schedule.
inline void for_each_pair(executor_ref execute, Eigen::Index blocks, pair_work work) {
  pair_schedule schedule(blocks);
  execute(schedule.pairs_left(), [&](Eigen::Index) { schedule.run_one(work); });
}

}  // namespace detail::base
}  // namespace NNGS_VERSION_NAMESPACE
}  // namespace nngs

#endif
