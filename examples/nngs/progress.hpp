// SPDX-License-Identifier: MIT
#ifndef NNGS_EXAMPLES_PROGRESS_HPP
#define NNGS_EXAMPLES_PROGRESS_HPP

#include <Eigen/Core>
#include <chrono>
#include <functional>
#include <nngs/executor.hpp>
#include <string>

namespace program {

/// A line on standard error that says how far the work is: only on a terminal, only after a second, and gone
/// when the work is done.
class progress_line {
 public:
  progress_line();
  ~progress_line();
  progress_line(const progress_line&) = delete;
  progress_line& operator=(const progress_line&) = delete;

  /// What the next blocks are part of.
  void start(std::string stage);
  /// Once, after a second of a stage: what `advice` makes of the seconds gone and the share done stays on
  /// standard error, terminal or not. An empty text is none.
  void advise(std::function<std::string(double seconds, double share)> advice);
  /// How much of the stage is done, in [0, 1].
  void show(double share);
  /// Names work that does not come in blocks.
  void say(const std::string& what);
  void clear();

 private:
  using clock = std::chrono::steady_clock;
  void give_advice(double share);

  bool terminal_;
  bool shown_ = false;
  clock::time_point next_, start_;
  std::function<std::string(double, double)> advice_;
  std::string stage_;
};

/// Of a stage, or of a part of it that begins where a share of the stage is done.
struct report_to_line {
  progress_line* line;
  double begin = 0, share = 1;
  void operator()(Eigen::Index done, Eigen::Index total) const {
    line->show(begin + share * static_cast<double>(done) / static_cast<double>(total));
  }
};

using watched_threads = nngs::reporting<nngs::threads, report_to_line>;

}  // namespace program

#endif
