// SPDX-License-Identifier: MIT
#include "zip_members.hpp"

#include <cstddef>

namespace program {
namespace {

using namespace std::string_view_literals;

/// A little-endian number; 0 beyond the end.
std::size_t number_at(std::string_view bytes, std::size_t at, std::size_t width) {
  if (at > bytes.size() || bytes.size() - at < width) return 0;
  std::size_t value = 0;
  for (std::size_t i = width; i-- > 0;) value = value << 8 | static_cast<unsigned char>(bytes[at + i]);
  return value;
}

}  // namespace

std::vector<std::string_view> zip_members(std::string_view bytes) {
  std::vector<std::string_view> names;
  const std::size_t end = bytes.rfind("PK\5\6"sv);
  if (end != bytes.npos) {
    std::size_t entry = number_at(bytes, end + 16, 4);
    while (names.size() < 1000 && entry < bytes.size() && bytes.substr(entry).starts_with("PK\1\2"sv)) {
      const std::size_t length = number_at(bytes, entry + 28, 2);
      if (entry + 46 + length > bytes.size()) break;
      names.push_back(bytes.substr(entry + 46, length));
      entry += 46 + length + number_at(bytes, entry + 30, 2) + number_at(bytes, entry + 32, 2);
    }
  }
  if (names.empty() && bytes.starts_with("PK\3\4"sv) && bytes.size() > 30)
    names.push_back(bytes.substr(30, number_at(bytes, 26, 2)));
  return names;
}

}  // namespace program
