// SPDX-License-Identifier: MIT
#ifndef NNGS_DETAIL_BASE_PAIR_SCHEDULE_HPP
#define NNGS_DETAIL_BASE_PAIR_SCHEDULE_HPP

#include <Eigen/Core>
#include <condition_variable>
#include <list>
#include <mutex>
#include <utility>
#include <vector>

#include "nngs/version.hpp"

namespace nngs {
inline namespace NNGS_VERSION_NAMESPACE {
namespace detail::base {

/// Hands out every unordered pair of blocks once, each with itself too, such that no block is in two hands at
/// a time: who holds a pair may change what belongs to both without a lock.
class pair_schedule {
 public:
  explicit pair_schedule(Eigen::Index blocks) : busy_(static_cast<std::size_t>(blocks), false) {
    for (Eigen::Index apart = 0; apart < blocks; ++apart)
      for (Eigen::Index first = 0; first + apart < blocks; ++first) left_.emplace_back(first, first + apart);
  }

  Eigen::Index pairs_left() const noexcept { return static_cast<Eigen::Index>(left_.size()); }

  /// Calls work(first, second) with a pair of idle blocks, after waiting for one if need be.
  template <class Work>
  void run_one(const Work& work) {
    const auto [first, second] = claim();
    const release at_end{*this, first, second};
    work(first, second);
  }

 private:
  using pair = std::pair<Eigen::Index, Eigen::Index>;

  struct release {
    pair_schedule& schedule;
    Eigen::Index first, second;
    ~release() {
      {
        const std::lock_guard lock(schedule.mutex_);
        schedule.set_busy(first, second, false);
      }
      schedule.idle_.notify_all();
    }
  };

  pair claim() {
    std::unique_lock lock(mutex_);
    while (true) {
      // Few blocks are busy, so one of the first pairs will do.
      for (auto at = left_.begin(); at != left_.end(); ++at) {
        if (busy(at->first) || busy(at->second)) continue;
        const pair found = *at;
        left_.erase(at);
        set_busy(found.first, found.second, true);
        return found;
      }
      idle_.wait(lock);
    }
  }

  bool busy(Eigen::Index block) const { return busy_[static_cast<std::size_t>(block)]; }
  void set_busy(Eigen::Index first, Eigen::Index second, bool busy) {
    busy_[static_cast<std::size_t>(first)] = busy;
    busy_[static_cast<std::size_t>(second)] = busy;
  }

  std::mutex mutex_;
  std::condition_variable idle_;
  std::vector<bool> busy_;
  std::list<pair> left_;
};

/// No more blocks than this, for their pairs are held in memory: 130,000 of them, 6 MB.
inline constexpr Eigen::Index most_paired_blocks = 512;

/// Runs work(first, second) for every pair of `blocks` blocks; see pair_schedule.
template <class Executor, class Work>
void for_each_pair(const Executor& execute, Eigen::Index blocks, const Work& work) {
  pair_schedule schedule(blocks);
  execute(schedule.pairs_left(), [&](Eigen::Index) { schedule.run_one(work); });
}

}  // namespace detail::base
}  // namespace NNGS_VERSION_NAMESPACE
}  // namespace nngs

#endif
