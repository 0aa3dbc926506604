// SPDX-License-Identifier: MIT
#include "zip_members.hpp"

#include <algorithm>
#include <cstddef>
#include <limits>
#include <string_view>

namespace program {
namespace {

using namespace std::string_view_literals;

/// A little-endian number; 0 beyond the end.
std::uint64_t number_at(std::string_view bytes, std::uint64_t at, std::size_t width) {
  if (at > bytes.size() || bytes.size() - at < width) return 0;
  std::uint64_t value = 0;
  for (std::size_t i = width; i-- > 0;)
    value = value << 8 | static_cast<unsigned char>(bytes[static_cast<std::size_t>(at) + i]);
  return value;
}

/// At most so many bytes of it.
std::string text_at(byte_source& archive, std::uint64_t at, std::uint64_t count) {
  if (at >= archive.size()) return "";
  std::string text(static_cast<std::size_t>(std::min(count, archive.size() - at)), '\0');
  archive.read(at, std::as_writable_bytes(std::span(text)));
  return text;
}

/// More is no directory of arrays, and a damaged archive may say anything.
constexpr std::uint64_t directory_limit = std::uint64_t{1} << 24;

/// The directory of all files.
std::string directory(byte_source& archive) {
  constexpr std::uint64_t longest_end = 22 + 0xFFFF;  // a comment may follow it
  const std::uint64_t tail_size = std::min(archive.size(), longest_end + 20);
  const std::string tail = text_at(archive, archive.size() - tail_size, tail_size);
  const std::size_t end = tail.rfind("PK\5\6"sv);
  if (end == tail.npos || tail.size() - end < 22) return "";
  std::uint64_t size = number_at(tail, end + 12, 4), begin = number_at(tail, end + 16, 4);
  // An archive beyond 4 GiB has a further end in front of this one, and in front of this its place.
  if (end >= 20 && std::string_view(tail).substr(end - 20).starts_with("PK\6\7"sv)) {
    const std::string further = text_at(archive, number_at(tail, end - 12, 8), 56);
    if (further.starts_with("PK\6\6"sv)) {
      size = number_at(further, 40, 8);
      begin = number_at(further, 48, 8);
    }
  }
  return text_at(archive, begin, std::min(size, directory_limit));
}

/// Numbers that do not fit 32 bits stand in a field of their own, in this order.
void take_large_numbers(zip_member& member, std::string_view fields) {
  constexpr std::uint64_t elsewhere = std::numeric_limits<std::uint32_t>::max();
  while (fields.size() >= 4) {
    const std::uint64_t kind = number_at(fields, 0, 2), length = number_at(fields, 2, 2);
    std::string_view field = fields.substr(4, static_cast<std::size_t>(length));
    fields.remove_prefix(std::min<std::size_t>(fields.size(), 4 + static_cast<std::size_t>(length)));
    if (kind != 1) continue;
    for (std::uint64_t* const number : {&member.size, &member.packed_size, &member.header}) {
      if (*number != elsewhere || field.size() < 8) continue;
      *number = number_at(field, 0, 8);
      field.remove_prefix(8);
    }
  }
}

}  // namespace

std::vector<zip_member> zip_members(byte_source& archive) {
  std::vector<zip_member> members;
  const std::string all = directory(archive);
  std::string_view rest = all;
  while (rest.starts_with("PK\1\2"sv) && rest.size() >= 46) {
    const auto name = static_cast<std::size_t>(number_at(rest, 28, 2));
    const auto fields = static_cast<std::size_t>(number_at(rest, 30, 2));
    const auto comment = static_cast<std::size_t>(number_at(rest, 32, 2));
    if (rest.size() - 46 < name + fields + comment) break;
    zip_member member{.name = std::string(rest.substr(46, name)),
                      .encrypted = (number_at(rest, 8, 2) & 1) != 0,
                      .method = static_cast<unsigned>(number_at(rest, 10, 2)),
                      .packed_size = number_at(rest, 20, 4),
                      .size = number_at(rest, 24, 4),
                      .header = number_at(rest, 42, 4)};
    take_large_numbers(member, rest.substr(46 + name, fields));
    members.push_back(std::move(member));
    rest.remove_prefix(46 + name + fields + comment);
  }
  return members;
}

std::string first_zip_name(byte_source& archive) {
  const std::string head = text_at(archive, 0, 30 + 0xFFFF);
  if (!head.starts_with("PK\3\4"sv) || head.size() <= 30) return "";
  return head.substr(30, static_cast<std::size_t>(number_at(head, 26, 2)));
}

}  // namespace program
