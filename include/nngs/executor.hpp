// SPDX-License-Identifier: MIT
#ifndef NNGS_EXECUTOR_HPP
#define NNGS_EXECUTOR_HPP

#include <Eigen/Core>
#include <algorithm>
#include <atomic>
#include <concepts>
#include <exception>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include "nngs/version.hpp"

/// @file
/// Work comes in blocks that do not depend on who does it: `executor(blocks, body)` calls body(block) once
/// for each block in [0, blocks), in any order, at the same time if it likes, and returns when all are done.
/// If a body throws, the call throws. Each block is worth starting a thread for (some 0.2 ms and more):
/// little work comes as one block. Any callable of this shape is an executor; with TBB it is
///
///     [](Eigen::Index blocks, const auto& body) { tbb::parallel_for(Eigen::Index{0}, blocks, body); }

namespace nngs {
inline namespace NNGS_VERSION_NAMESPACE {

namespace detail {
struct any_body {
  void operator()(Eigen::Index block) const;
};
}  // namespace detail

/// Any callable `(blocks, body)` as described above.
template <class E>
concept executor = requires(const E& execute, Eigen::Index blocks, const detail::any_body& body) {
  execute(blocks, body);
};

/// One block after another, on the caller's thread.
struct serial {
  /// An exception of a body ends it.
  template <class Body>
  void operator()(Eigen::Index blocks, const Body& body) const {
    for (Eigen::Index block = 0; block < blocks; ++block) body(block);
  }
};

/// On `count` threads, the caller's among them; 0 = one for each core. Threads claim blocks as they become
/// free and end with the call. No more threads are started than there are blocks; if the system has none left
/// to give, the work is done by those that started. The first exception stops the rest and reaches the
/// caller.
struct threads {
  unsigned count = 0;  ///< threads at most; 0 = one for each core

  /// Returns when all are done. Throws the first exception of a body.
  template <class Body>
  void operator()(Eigen::Index blocks, const Body& body) const {
    const unsigned wanted = count != 0 ? count : std::max(1U, std::thread::hardware_concurrency());
    const Eigen::Index started = std::min<Eigen::Index>(wanted, blocks);
    if (started <= 1) return serial{}(blocks, body);

    std::atomic<Eigen::Index> next{0};
    std::exception_ptr error;
    std::mutex error_mutex;
    const auto work = [&]() noexcept {
      try {
        for (Eigen::Index block = 0; (block = next++) < blocks;) body(block);
      } catch (...) {
        next = blocks;
        const std::lock_guard lock(error_mutex);
        if (!error) error = std::current_exception();
      }
    };
    std::vector<std::thread> team;
    team.reserve(static_cast<std::size_t>(started - 1));
    try {
      while (static_cast<Eigen::Index>(team.size()) < started - 1) team.emplace_back(work);
    } catch (...) {
      // No more threads (or memory for one) to be had: those that run do the work.
    }
    work();
    for (std::thread& thread : team) thread.join();
    if (error) std::rethrow_exception(error);
  }
};

/// Thrown by `reporting` when its report asks to stop.
struct cancelled : std::exception {
  /// Says that it was the report.
  const char* what() const noexcept override { return "nngs: cancelled by the progress report"; }
};

/// Progress and cancelling around another executor: after each block calls report(done, total), never twice
/// at the same time but from any thread. A report that returns false cancels: the call throws `cancelled`, at
/// the latest when the blocks under way are done. One score is several calls (each graph, then the counting).
template <executor Executor, class Report>
struct reporting {
  Executor execute;  ///< does the work
  Report report;     ///< called as report(done, total); returns nothing, or false to cancel

  /// @throws cancelled when the report says so; what a body or the report throws goes through.
  template <class Body>
  void operator()(Eigen::Index blocks, const Body& body) const {
    std::mutex mutex;
    Eigen::Index done = 0;
    bool stopped = false;
    execute(blocks, [&](Eigen::Index block) {
      body(block);
      const std::lock_guard lock(mutex);
      if (stopped) throw cancelled{};
      ++done;
      if constexpr (std::same_as<decltype(report(done, blocks)), void>) {
        report(done, blocks);
      } else {
        stopped = !report(done, blocks);
        if (stopped) throw cancelled{};
      }
    });
  }
};
/// @cond deduction guide
template <class Executor, class Report>
reporting(Executor, Report) -> reporting<Executor, Report>;
/// @endcond

}  // namespace NNGS_VERSION_NAMESPACE
}  // namespace nngs

#endif
