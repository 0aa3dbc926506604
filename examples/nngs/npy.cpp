// SPDX-License-Identifier: MIT
#include "npy.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <limits>
#include <optional>
#include <string_view>
#include <system_error>
#include <vector>

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

struct element_kind {
  std::string_view descr;  // without the byte order before it
  element_type type;
  const char* name;
  std::size_t size;
};

constexpr element_kind element_kinds[] = {
    {"f2", element_type::float16, "float16", 2}, {"V2", element_type::bfloat16, "bfloat16", 2},
    {"f4", element_type::float32, "float32", 4}, {"f8", element_type::float64, "float64", 8},
    {"b1", element_type::boolean, "bool", 1},    {"i1", element_type::int8, "int8", 1},
    {"i2", element_type::int16, "int16", 2},     {"i4", element_type::int32, "int32", 4},
    {"i8", element_type::int64, "int64", 8},     {"u1", element_type::uint8, "uint8", 1},
    {"u2", element_type::uint16, "uint16", 2},   {"u4", element_type::uint32, "uint32", 4},
    {"u8", element_type::uint64, "uint64", 8}};

[[noreturn]] void refuse_type(const std::string& path, std::string_view descr) {
  const std::string type = "elements of type " + in_quotes(descr);
  if (descr.find('O') != descr.npos)
    throw file_error(path,
                     type + ", Python objects: save numpy.stack(list(array)).astype(\"float32\") instead");
  const bool real_numbers = descr.find_first_of("biufV") != descr.npos;
  throw file_error(path, type + (real_numbers ? ": save array.astype(\"float32\") instead"
                                              : ": only real numbers and booleans are read"));
}

[[noreturn]] void refuse_rank(const std::string& path, std::size_t rank) {
  const std::string name = rank == 1 ? "one" : std::to_string(rank);
  throw file_error(path, name + "-dimensional: reshape to (n, d)");
}

[[noreturn]] void refuse_version(const std::string& path, std::size_t major, std::size_t minor) {
  throw file_error(path, "npy format " + std::to_string(major) + "." + std::to_string(minor) +
                             ": only 1.0, 2.0 and 3.0 are known");
}

/// Where it is not given, that of this machine, as for NumPy.
std::endian byte_order(std::string_view descr) {
  if (descr.starts_with('<')) return std::endian::little;
  if (descr.starts_with('>')) return std::endian::big;
  return std::endian::native;
}

const element_kind& kind_of_element(const std::string& path, std::string_view descr) {
  const std::string_view type =
      descr.substr(std::string_view("<>=|").find(descr.substr(0, 1)) < 4 && !descr.empty() ? 1 : 0);
  for (const element_kind& kind : element_kinds)
    if (type == kind.descr) return kind;
  refuse_type(path, descr);
}

constexpr std::uint64_t too_many = std::numeric_limits<std::uint64_t>::max();

std::uint64_t product(std::uint64_t a, std::uint64_t b) {
  return b != 0 && a > too_many / b ? too_many : a * b;
}

[[noreturn]] void refuse_size(const std::string& path, const npy_array& array, std::uint64_t expected) {
  const std::string layers = array.layers == 1 ? "" : std::to_string(array.layers) + ", ";
  throw file_error(path, "shorter than its header says: shape (" + layers + std::to_string(array.rows) +
                             ", " + std::to_string(array.columns) + ") of " + array.type_name + " takes " +
                             (expected == too_many ? "more than 2^64" : std::to_string(expected)) +
                             " bytes, the file has " + std::to_string(array.data.size()));
}

npy_array checked(const std::string& path, const header& found, std::span<const std::byte> data,
                  npy_shape shape) {
  if (!found.descr) throw file_error(path, "damaged npy header: no descr");
  if (!found.fortran_order) throw file_error(path, "damaged npy header: no fortran_order");
  if (!found.shape) throw file_error(path, "damaged npy header: no shape");

  const element_kind& kind = kind_of_element(path, *found.descr);
  const bool layers = shape == npy_shape::layers_too && found.shape->size() == 3;
  if (found.shape->size() != 2 && !layers) refuse_rank(path, found.shape->size());
  npy_array array{.type = kind.type,
                  .type_name = kind.name,
                  .byte_order = byte_order(*found.descr),
                  .fortran_order = *found.fortran_order,
                  .layers = layers ? found.shape->front() : 1,
                  .rows = (*found.shape)[found.shape->size() - 2],
                  .columns = found.shape->back(),
                  .element_size = kind.size,
                  .to_next_row = 0,
                  .to_next_column = 0,
                  .data = data,
                  .bytes_behind = 0};
  array.to_next_row = array.fortran_order ? array.layers : array.columns;
  array.to_next_column = array.fortran_order ? array.layers * array.rows : 1;
  const std::uint64_t expected =
      product(product(product(array.layers, array.rows), array.columns), kind.size);
  if (expected > data.size()) refuse_size(path, array, expected);
  array.data = data.first(static_cast<std::size_t>(expected));
  array.bytes_behind = data.size() - array.data.size();
  return array;
}

std::string_view as_text(std::span<const std::byte> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

std::size_t little_endian(std::span<const std::byte> bytes) {
  std::size_t value = 0;
  for (std::size_t i = bytes.size(); i-- > 0;) value = value << 8 | std::to_integer<std::size_t>(bytes[i]);
  return value;
}

}  // namespace

bool is_npy(std::span<const std::byte> bytes) { return as_text(bytes).starts_with(magic); }

npy_array parse_npy(const std::string& path, std::span<const std::byte> bytes, npy_shape shape) {
  if (!is_npy(bytes)) throw file_error(path, "not a .npy file");
  std::span<const std::byte> rest = bytes.subspan(magic.size());
  const auto take = [&](std::size_t count) {
    if (count > rest.size()) throw file_error(path, "ends within its npy header");
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
  return checked(path, found, rest, shape);
}

npy_array layer_of(const npy_array& array, std::size_t layer) {
  npy_array one = array;
  one.layers = 1;
  const std::size_t elements = array.fortran_order ? 1 : array.rows * array.columns;
  if (array.layers > 1 && !array.data.empty())
    one.data = array.data.subspan(layer * elements * array.element_size);
  return one;
}

}  // namespace program
