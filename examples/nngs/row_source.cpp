// SPDX-License-Identifier: MIT
#include "row_source.hpp"

#include <Eigen/Core>
#include <algorithm>
#include <bit>
#include <concepts>
#include <cstdint>
#include <string>
#include <type_traits>
#include <utility>

#include "file_error.hpp"
#include "stored_number.hpp"

namespace program {
namespace {

/// The upper half of a float.
struct bfloat16 {
  std::uint16_t bits;
  explicit operator float() const { return std::bit_cast<float>(static_cast<std::uint32_t>(bits) << 16); }
  explicit operator double() const { return static_cast<double>(static_cast<float>(*this)); }
};

struct boolean {
  std::uint8_t byte;
  explicit operator float() const { return byte == 0 ? 0.0F : 1.0F; }
  explicit operator double() const { return byte == 0 ? 0.0 : 1.0; }
};

/// Some rows of a matrix, and some of its columns, as bytes.
struct block {
  const std::string& path;
  const stored_matrix& matrix;
  std::span<const std::byte> bytes;  // from the first of these rows on, and from the first of the columns
  std::size_t first_row, rows;
  std::span<const std::size_t> columns;
};

/// Integers beyond 2^53 that are no double, which would make other items of them.
template <class Stored>
void check_exact(const block& from, Stored value, std::size_t row, std::size_t column) {
  if constexpr (std::is_integral_v<Stored> && sizeof(Stored) == 8) {
    constexpr Stored largest = Stored{1} << 53;
    bool beyond = value > largest;
    if constexpr (std::is_signed_v<Stored>) beyond = beyond || value < -largest;
    if (beyond)
      throw file_error(from.path,
                       "row " + std::to_string(row) + ", column " + std::to_string(column) + " is " +
                           std::to_string(value) +
                           ": integers beyond 2^53 are no coordinates; --skip leaves out a column of ids "
                           "(counted from 1 there)");
  }
}

void check_length(const block& from, std::size_t row, const std::byte* at) {
  const auto length = load<std::int32_t>(at, std::endian::little);
  if (static_cast<std::int64_t>(length) != static_cast<std::int64_t>(from.matrix.columns))
    throw file_error(from.path, "row " + std::to_string(row) + " (counted from 0) says that it has " +
                                    std::to_string(length) + " numbers, and the first has " +
                                    std::to_string(from.matrix.columns));
}

/// To rows that are `width` numbers apart. In order of columns a block has a single one.
template <class Stored, class Scalar>
void convert(const block& from, Scalar* to, std::size_t width) {
  const stored_matrix& matrix = from.matrix;
  const bool row_after_row = matrix.row_after_row();
  for (std::size_t row = 0; row < from.rows; ++row) {
    const std::byte* at = from.bytes.data() + row * matrix.to_next_row;
    if (matrix.before_row > 0) check_length(from, from.first_row + row, at);
    at += matrix.before_row;
    for (std::size_t j = 0; j < from.columns.size(); ++j) {
      const std::size_t column = row_after_row ? from.columns[j] : 0;
      const auto value = load<Stored>(at + column * sizeof(Stored), matrix.byte_order);
      check_exact(from, value, from.first_row + row, from.columns[j]);
      to[row * width + j] = static_cast<Scalar>(value);
    }
  }
}

template <class Scalar>
void convert_any(const block& from, Scalar* to, std::size_t width) {
  switch (from.matrix.type) {
    case element_type::float16:
      return convert<Eigen::half>(from, to, width);
    case element_type::bfloat16:
      return convert<bfloat16>(from, to, width);
    case element_type::float32:
      return convert<float>(from, to, width);
    case element_type::boolean:
      return convert<boolean>(from, to, width);
    case element_type::int8:
      return convert<std::int8_t>(from, to, width);
    case element_type::uint8:
      return convert<std::uint8_t>(from, to, width);
    case element_type::int16:
      return convert<std::int16_t>(from, to, width);
    case element_type::uint16:
      return convert<std::uint16_t>(from, to, width);
    case element_type::int32:
      return convert<std::int32_t>(from, to, width);
    case element_type::uint32:
      return convert<std::uint32_t>(from, to, width);
    case element_type::int64:
      return convert<std::int64_t>(from, to, width);
    case element_type::uint64:
      return convert<std::uint64_t>(from, to, width);
    case element_type::float64:
      break;
  }
  return convert<double>(from, to, width);
}

template <class Scalar>
constexpr element_type scalar_type =
    std::same_as<Scalar, float> ? element_type::float32 : element_type::float64;

/// Bytes that are read at once and then converted.
constexpr std::uint64_t buffer_size = std::uint64_t{1} << 20;

/// How many rows of so many bytes a buffer holds.
std::size_t rows_at_once(std::uint64_t bytes, std::size_t rows) {
  return static_cast<std::size_t>(std::clamp<std::uint64_t>(buffer_size / bytes, 1, rows));
}

}  // namespace

row_source::row_source(stored_array array, std::vector<std::size_t> columns)
    : rows_(array.matrix.rows), columns_(array.matrix.empty() ? array.matrix.columns : columns.size()) {
  parts_.push_back({std::move(array), std::move(columns)});
}

row_source::row_source(const std::vector<row_source>& sources)
    : rows_(0), columns_(sources.front().columns_) {
  for (const row_source& source : sources) {
    rows_ += source.rows_;
    parts_.insert(parts_.end(), source.parts_.begin(), source.parts_.end());
  }
}

bool row_source::fits_float() const {
  return std::all_of(parts_.begin(), parts_.end(),
                     [](const part& one) { return program::fits_float(one.array.matrix.type); });
}

bool row_source::reads_on() const {
  return std::all_of(parts_.begin(), parts_.end(), [](const part& one) {
    return one.array.matrix.row_after_row() || one.array.bytes->goes_back();
  });
}

/// Whether its bytes are the numbers as they are read.
template <class Scalar>
bool row_source::is_stored_as(const part& one) {
  const stored_matrix& matrix = one.array.matrix;
  return matrix.type == scalar_type<Scalar> && matrix.byte_order == std::endian::native &&
         matrix.row_after_row() && matrix.before_row == 0 && one.all_columns();
}

template <class Scalar>
const Scalar* row_source::in_memory() const {
  if (parts_.size() != 1 || !is_stored_as<Scalar>(parts_.front())) return nullptr;
  const stored_array& array = parts_.front().array;
  if (array.bytes->in_memory() == nullptr) return nullptr;
  const std::byte* const first = array.bytes->in_memory() + array.matrix.begin;
  if (reinterpret_cast<std::uintptr_t>(first) % alignof(Scalar) != 0) return nullptr;
  return reinterpret_cast<const Scalar*>(first);
}
template const float* row_source::in_memory<float>() const;
template const double* row_source::in_memory<double>() const;

template <class Scalar>
void row_source::read_part(const part& from, std::size_t first, std::size_t count, Scalar* to) {
  const stored_matrix& matrix = from.array.matrix;
  byte_source& bytes = *from.array.bytes;
  const std::uint64_t begin = matrix.begin + first * matrix.to_next_row;
  if (is_stored_as<Scalar>(from))
    return bytes.read(begin,
                      {reinterpret_cast<std::byte*>(to), count * from.columns.size() * sizeof(Scalar)});

  const std::size_t at_once = rows_at_once(matrix.to_next_row, count);
  const std::size_t width = from.columns.size();
  std::vector<std::byte> buffer(static_cast<std::size_t>(at_once * matrix.to_next_row));
  for (std::size_t done = 0; done < count; done += at_once) {
    const std::size_t some = std::min(at_once, count - done);
    const auto take = [&](std::uint64_t at, std::uint64_t size, std::span<const std::size_t> columns,
                          Scalar* place) {
      const auto read = std::span(buffer).first(static_cast<std::size_t>(size));
      bytes.read(at, read);
      convert_any(block{bytes.name(), matrix, read, first + done, some, columns}, place, width);
    };
    const std::uint64_t at = begin + done * matrix.to_next_row;
    Scalar* const place = to + done * width;
    if (matrix.row_after_row()) {
      take(at, some * matrix.to_next_row, from.columns, place);
    } else {
      const std::uint64_t size = (some - 1) * matrix.to_next_row + size_of(matrix.type);
      for (std::size_t j = 0; j < width; ++j)
        take(at + from.columns[j] * matrix.to_next_column, size, {&from.columns[j], 1}, place + j);
    }
  }
}

template <class Scalar>
void row_source::read_parts(std::size_t first, std::size_t count, Scalar* to) const {
  for (const part& one : parts_) {
    const std::size_t rows = one.array.matrix.rows;
    const std::size_t some = first < rows ? std::min(count, rows - first) : 0;
    if (some > 0 && columns_ > 0) {
      read_part(one, first, some, to);
      to += some * columns_;
    }
    count -= some;
    if (count == 0) return;
    first = first < rows ? 0 : first - rows;
    one.array.bytes->rest();  // there may be more files than the system allows to be open
  }
}

void row_source::read(std::size_t first, std::size_t count, float* to) const { read_parts(first, count, to); }
void row_source::read(std::size_t first, std::size_t count, double* to) const {
  read_parts(first, count, to);
}

}  // namespace program
