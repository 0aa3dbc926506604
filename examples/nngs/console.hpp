// SPDX-License-Identifier: MIT
#ifndef NNGS_EXAMPLES_CONSOLE_HPP
#define NNGS_EXAMPLES_CONSOLE_HPP

#include <string>
#include <vector>

namespace program {

/// The command line that main is given, in UTF-8. Making one also makes of a Windows console what others are:
/// standard input and output pass bytes on as they are, UTF-8 is shown, and the line that tells progress can
/// be erased.
class console {
 public:
  console(int count, const char* const* words);

  int count() const noexcept { return static_cast<int>(pointers_.size()); }
  const char* const* words() const noexcept { return pointers_.data(); }

 private:
  std::vector<std::string> words_;
  std::vector<const char*> pointers_;
};

}  // namespace program

#endif
