// SPDX-License-Identifier: MIT
#include "screen.hpp"

#if __has_include(<sys/ioctl.h>)
#include <sys/ioctl.h>
#include <unistd.h>
#endif

namespace program {

std::size_t screen_width() {
  constexpr std::size_t usual = 80;
#ifdef TIOCGWINSZ
  winsize size{};
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col >= 40) return size.ws_col;
#endif
  return usual;
}

}  // namespace program
