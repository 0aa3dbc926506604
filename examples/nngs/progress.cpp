// SPDX-License-Identifier: MIT
#include "progress.hpp"

#include <iostream>
#include <utility>

#if __has_include(<unistd.h>)
#include <unistd.h>
#endif

namespace program {
namespace {

bool error_output_is_terminal() {
#if __has_include(<unistd.h>)
  return isatty(STDERR_FILENO) != 0;
#else
  return false;
#endif
}

constexpr auto quiet_for = std::chrono::seconds(1);
constexpr auto between_updates = std::chrono::milliseconds(100);
constexpr const char* erase_line = "\r\033[K";

}  // namespace

progress_line::progress_line()
    : terminal_(error_output_is_terminal()), next_(clock::now() + quiet_for), start_(clock::now()) {}

progress_line::~progress_line() { clear(); }

void progress_line::start(std::string stage) {
  stage_ = std::move(stage);
  start_ = clock::now();
}

void progress_line::advise(std::function<std::string(double, double)> advice) { advice_ = std::move(advice); }

void progress_line::give_advice(double share) {
  const auto gone = clock::now() - start_;
  if (!advice_ || share <= 0 || gone < quiet_for) return;
  const std::string text = advice_(std::chrono::duration<double>(gone).count(), share);
  advice_ = nullptr;
  if (text.empty()) return;
  clear();
  std::cerr << "nngs: " << text << std::endl;
}

void progress_line::show(double share) {
  give_advice(share);
  if (!terminal_ || clock::now() < next_) return;
  next_ = clock::now() + between_updates;
  shown_ = true;
  std::cerr << erase_line << stage_ << ": " << static_cast<int>(100 * share) << " %" << std::flush;
}

void progress_line::say(const std::string& what) {
  if (!terminal_ || clock::now() < next_) return;
  shown_ = true;
  std::cerr << erase_line << what << " ..." << std::flush;
}

void progress_line::clear() {
  if (shown_) std::cerr << erase_line << std::flush;
  shown_ = false;
}

}  // namespace program
