// SPDX-License-Identifier: MIT
#include "npy.hpp"

#include <algorithm>
#include <bit>
#include <charconv>
#include <cstddef>
#include <optional>
#include <string_view>
#include <system_error>
#include <vector>

#include "byte_source.hpp"
#include "file_error.hpp"
#include "printable.hpp"

namespace program {
namespace {

constexpr std::string_view magic = "\x93NUMPY";

/// What the header says, before anything is checked. A key that comes twice counts the last time, as in
/// Python.
struct header {
  std::optional<std::string_view> descr;
  std::optional<bool> fortran_order;
  std::optional<std::vector<std::size_t>> shape;
};

/// Reads the one kind of Python literal that headers are:
/// {'descr': '<f4', 'fortran_order': False, 'shape': (3, 4), }
class header_parser {
 public:
  header_parser(const std::string& path, std::string_view text) : path_(path), rest_(text) {}

  header parse() {
    header result;
    parse_list('{', '}', [&] { parse_item(result); });
    skip_white_space();
    if (!rest_.empty()) fail("nothing more");
    return result;
  }

 private:
  void parse_item(header& result) {
    const std::string_view key = parse_string();
    expect(':');
    if (key == "descr") {
      if (next_is('[')) throw file_error(path_, "holds records: save its numbers as one plain (n, d) array");
      result.descr = parse_string();
    } else if (key == "fortran_order") {
      result.fortran_order = parse_bool();
    } else if (key == "shape") {
      result.shape.emplace();
      parse_list('(', ')', [&] { result.shape->push_back(parse_length()); });
    } else {
      throw file_error(path_, "damaged npy header: unknown key " + in_quotes(key));
    }
  }

  /// Items between two brackets with commas between them; a comma after the last one is allowed.
  template <class ParseItem>
  void parse_list(char open, char close, ParseItem parse_one) {
    expect(open);
    while (!accept(close)) {
      parse_one();
      if (!accept(',')) return expect(close);
    }
  }

  std::string_view parse_string() {
    const char quote = next_is('"') ? '"' : '\'';
    expect(quote);
    const std::size_t length = rest_.find(quote);
    if (length == std::string_view::npos) fail("the end of a string");
    const std::string_view result = rest_.substr(0, length);
    rest_.remove_prefix(length + 1);
    return result;
  }

  bool parse_bool() {
    skip_white_space();
    for (const bool value : {false, true}) {
      const std::string_view name = value ? "True" : "False";
      if (!rest_.starts_with(name)) continue;
      rest_.remove_prefix(name.size());
      return value;
    }
    fail("True or False");
  }

  // Lengths must also do as Eigen::Index, hence the signed type.
  std::size_t parse_length() {
    skip_white_space();
    std::ptrdiff_t length = -1;
    const auto [end, error] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), length);
    if (error == std::errc::result_out_of_range)
      throw file_error(path_, "the shape in its header is too large");
    if (length < 0) fail("a length");
    rest_.remove_prefix(static_cast<std::size_t>(end - rest_.data()));
    if (rest_.starts_with('L')) rest_.remove_prefix(1);  // as Python 2 writes long integers
    return static_cast<std::size_t>(length);
  }

  void skip_white_space() { rest_.remove_prefix(std::min(rest_.find_first_not_of(" \t\r\n"), rest_.size())); }

  bool next_is(char c) {
    skip_white_space();
    return rest_.starts_with(c);
  }

  bool accept(char c) {
    if (!next_is(c)) return false;
    rest_.remove_prefix(1);
    return true;
  }

  void expect(char c) {
    if (!accept(c)) fail(in_quotes({&c, 1}));
  }

  [[noreturn]] void fail(const std::string& expected) const {
    throw file_error(path_, "damaged npy header: expected " + expected + " before " + in_quotes(rest_));
  }

  const std::string& path_;
  std::string_view rest_;
};

struct descr_of_type {
  std::string_view descr;  // without the byte order before it
  element_type type;
};

constexpr descr_of_type descrs[] = {
    {"f2", element_type::float16}, {"V2", element_type::bfloat16}, {"f4", element_type::float32},
    {"f8", element_type::float64}, {"b1", element_type::boolean},  {"i1", element_type::int8},
    {"i2", element_type::int16},   {"i4", element_type::int32},    {"i8", element_type::int64},
    {"u1", element_type::uint8},   {"u2", element_type::uint16},   {"u4", element_type::uint32},
    {"u8", element_type::uint64}};

[[noreturn]] void refuse_type(const std::string& path, std::string_view descr) {
  const std::string type = "elements of type " + in_quotes(descr);
  if (descr.find('O') != descr.npos)
    throw file_error(path,
                     type + ", Python objects: save numpy.stack(list(array)).astype(\"float32\") instead");
  const bool real_numbers = descr.find_first_of("biufV") != descr.npos;
  throw file_error(path, type + (real_numbers ? ": save array.astype(\"float32\") instead"
                                              : ": only real numbers and booleans are read"));
}

[[noreturn]] void refuse_version(const std::string& path, std::size_t major, std::size_t minor) {
  throw file_error(path, "npy format " + std::to_string(major) + "." + std::to_string(minor) +
                             ": only 1.0, 2.0 and 3.0 are known");
}

/// That of this machine behind =, as for NumPy. Where it is not given, that of nearly all machines that write
/// files, so that a file holds the same numbers wherever it is read.
std::endian byte_order(std::string_view descr) {
  if (descr.starts_with('=')) return std::endian::native;
  return descr.starts_with('>') ? std::endian::big : std::endian::little;
}

element_type type_of(const std::string& path, std::string_view descr) {
  const std::string_view type =
      descr.substr(std::string_view("<>=|").find(descr.substr(0, 1)) < 4 && !descr.empty() ? 1 : 0);
  for (const descr_of_type& one : descrs)
    if (type == one.descr) return one.type;
  refuse_type(path, descr);
}

std::size_t little_endian(std::span<const std::byte> bytes) {
  std::size_t value = 0;
  for (std::size_t i = bytes.size(); i-- > 0;) value = value << 8 | std::to_integer<std::size_t>(bytes[i]);
  return value;
}

}  // namespace

bool is_npy(std::span<const std::byte> bytes) { return as_text(bytes).starts_with(magic); }

stored_matrix parse_npy(const std::string& path, std::span<const std::byte> first, std::uint64_t size,
                        matrix_shape shape) {
  if (!is_npy(first)) throw file_error(path, "not a .npy file");
  std::span<const std::byte> rest = first.subspan(magic.size());
  const auto take = [&](std::size_t count) {
    if (count > rest.size())
      throw file_error(path, first.size() == size
                                 ? "ends within its npy header"
                                 : "has a npy header of more than 128 KiB: no matrix needs that");
    const auto taken = rest.first(count);
    rest = rest.subspan(count);
    return taken;
  };

  const std::size_t major = little_endian(take(1));
  const std::size_t minor = little_endian(take(1));
  if (major < 1 || major > 3 || minor != 0) refuse_version(path, major, minor);
  // Version 2.0 only widened the length, version 3.0 only allowed UTF-8 in the names of records.
  const std::size_t header_length = little_endian(take(major == 1 ? 2 : 4));
  const header found = header_parser(path, as_text(take(header_length))).parse();
  if (!found.descr) throw file_error(path, "damaged npy header: no descr");
  if (!found.fortran_order) throw file_error(path, "damaged npy header: no fortran_order");
  if (!found.shape) throw file_error(path, "damaged npy header: no shape");
  const std::uint64_t begin = first.size() - rest.size();
  return checked(path,
                 {.type = type_of(path, *found.descr),
                  .byte_order = byte_order(*found.descr),
                  .fortran_order = *found.fortran_order,
                  .shape = *found.shape,
                  .begin = begin,
                  .available = size - begin},
                 shape);
}

}  // namespace program
