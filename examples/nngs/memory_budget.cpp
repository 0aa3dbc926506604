// SPDX-License-Identifier: MIT
#include "memory_budget.hpp"

#include <cctype>
#include <cmath>
#include <fstream>
#include <limits>
#include <string_view>
#include <system_error>

#ifdef __GLIBC__
#include <malloc.h>
#endif

#include "number.hpp"
#include "output_text.hpp"
#include "usage_error.hpp"

namespace program {

std::uint64_t parse_memory(const std::string& text) {
  const char* const end = text.data() + text.size();
  double bytes = 0;
  auto [stop, error] = read_number(text.data(), end, bytes);
  if (error == std::errc{} && stop != end) {
    constexpr std::string_view units = "KMGT";
    const auto unit = units.find(static_cast<char>(std::toupper(static_cast<unsigned char>(*stop))));
    if (unit != units.npos) {
      bytes = std::ldexp(bytes, 10 * (static_cast<int>(unit) + 1));
      ++stop;
    }
  }
  if (error != std::errc{} || stop != end || !(bytes >= 1 && bytes < 0x1p62))
    throw usage_error("--memory " + text +
                      " is no size: give bytes, or a number with K, M, G or T, such as 2G");
  return static_cast<std::uint64_t>(bytes);
}

std::uint64_t half_of_free_memory() {
  std::ifstream facts("/proc/meminfo");
  std::string word;
  std::uint64_t kibibytes = 0;
  while (facts >> word)
    if (word == "MemAvailable:" && facts >> kibibytes) return kibibytes * 1024 / 2;
  return std::numeric_limits<std::uint64_t>::max();
}

void give_freed_memory_back() {
#ifdef __GLIBC__
  mallopt(M_MMAP_THRESHOLD, 1 << 20);  // a fixed one; by itself it grows with the blocks that are freed
#endif
}

std::string in_words(std::uint64_t bytes) {
  constexpr const char* units[] = {" bytes", " KiB", " MiB", " GiB", " TiB"};
  auto number = static_cast<double>(bytes);
  std::size_t unit = 0;
  for (; number >= 1024 && unit < 4; ++unit) number /= 1024;
  return fixed_digits(number, unit > 0 && number < 100 ? 1 : 0) + units[unit];
}

}  // namespace program
