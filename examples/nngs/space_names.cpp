// SPDX-License-Identifier: MIT
#include "space_names.hpp"

#include <algorithm>
#include <cctype>
#include <cstddef>

namespace program {
namespace {

enum class character { letter, digit, other };

/// Bytes of other alphabets are letters.
character kind_of(char c) {
  const auto byte = static_cast<unsigned char>(c);
  if (std::isdigit(byte) != 0) return character::digit;
  return std::isalpha(byte) != 0 || byte >= 0x80 ? character::letter : character::other;
}

/// Whether a name may be cut before the byte at `at`.
bool between_words(const std::string& name, std::size_t at) {
  if (at == 0 || at >= name.size()) return true;
  return kind_of(name[at - 1]) == character::other || kind_of(name[at]) != kind_of(name[at - 1]);
}

}  // namespace

short_names shortened(const std::vector<std::string>& names) {
  short_names result{names, "", ""};
  if (names.size() < 2) return result;
  const std::string& first = names.front();
  std::size_t prefix = first.size(), suffix = first.size(), shortest = first.size();
  for (const std::string& name : names) {
    const auto from_left = std::mismatch(first.begin(), first.end(), name.begin(), name.end());
    const auto from_right = std::mismatch(first.rbegin(), first.rend(), name.rbegin(), name.rend());
    prefix = std::min(prefix, static_cast<std::size_t>(from_left.first - first.begin()));
    suffix = std::min(suffix, static_cast<std::size_t>(from_right.first - first.rbegin()));
    shortest = std::min(shortest, name.size());
  }
  const auto all_between = [&](std::size_t from_left, std::size_t from_right) {
    return std::all_of(names.begin(), names.end(), [&](const std::string& name) {
      return between_words(name, from_right == 0 ? from_left : name.size() - from_right);
    });
  };
  while (prefix > 0 && (prefix >= shortest || !all_between(prefix, 0))) --prefix;
  while (suffix > 0 && (prefix + suffix >= shortest || !all_between(0, suffix))) --suffix;
  result.prefix = first.substr(0, prefix);
  result.suffix = first.substr(first.size() - suffix);
  for (std::string& name : result.names) name = name.substr(prefix, name.size() - prefix - suffix);
  return result;
}

std::size_t width_of(const std::string& name) {
  return static_cast<std::size_t>(
      std::count_if(name.begin(), name.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

std::string fitted(const std::string& name, std::size_t width) {
  if (width_of(name) <= width) return name;
  constexpr std::size_t dots = 3;
  std::size_t begin = name.size(), left = width > dots ? width - dots : 0;
  while (left > 0 && begin > 0) {
    --begin;
    if ((name[begin] & 0xC0) != 0x80) --left;
  }
  return std::string(std::min(width, dots), '.') + name.substr(begin);
}

}  // namespace program
