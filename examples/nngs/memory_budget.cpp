// SPDX-License-Identifier: MIT
#include "memory_budget.hpp"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <limits>
#include <optional>
#include <string_view>
#include <system_error>

#ifdef __GLIBC__
#include <malloc.h>
#endif

#include "number.hpp"
#include "output_text.hpp"
#include "usage_error.hpp"

namespace program {
namespace {

constexpr std::uint64_t no_limit = std::numeric_limits<std::uint64_t>::max();

/// The number in a file of facts, behind this word where there is one.
std::optional<std::uint64_t> number_in(const std::filesystem::path& file, std::string_view name = "") {
  std::ifstream facts(file);
  std::string word;
  while (word != name && facts >> word) continue;
  std::uint64_t number = 0;
  return facts >> number ? std::optional(number) : std::nullopt;
}

/// What the control groups of this process, in version 2, still allow it: those of a container or of a job.
/// Pages of files do not count, for they make room.
std::uint64_t left_by_control_groups() {
  std::uint64_t left = no_limit;
  std::ifstream groups("/proc/self/cgroup");
  std::string line;
  while (!line.starts_with("0::/") && std::getline(groups, line)) continue;
  if (!line.starts_with("0::/")) return left;
  std::filesystem::path group = std::filesystem::path("/sys/fs/cgroup") / line.substr(4);
  for (; group != "/sys/fs"; group = group.parent_path()) {
    const auto most = number_in(group / "memory.max"), used = number_in(group / "memory.current");
    if (!most || !used) continue;  // it has no limit
    const std::uint64_t pages = number_in(group / "memory.stat", "active_file").value_or(0) +
                                number_in(group / "memory.stat", "inactive_file").value_or(0);
    const std::uint64_t taken = *used - std::min(*used, pages);
    left = std::min(left, *most - std::min(*most, taken));
  }
  return left;
}

}  // namespace

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
  const auto kibibytes = number_in("/proc/meminfo", "MemAvailable:");
  return std::min(kibibytes ? *kibibytes * 1024 : no_limit, left_by_control_groups()) / 2;
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
