// SPDX-License-Identifier: MIT
// safetensors: the length of a header in 8 bytes, lowest first, the header in JSON, and the tensors.
#include <bit>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <nlohmann/json.hpp>
#include <optional>
#include <span>
#include <string_view>

#include "file_error.hpp"
#include "named_arrays.hpp"
#include "printable.hpp"
#include "stored_number.hpp"

namespace program {
namespace {

using nlohmann::json;

constexpr std::uint64_t header_limit = 100'000'000;  // that of the format

struct name_of_type {
  std::string_view dtype;
  element_type type;
};

constexpr name_of_type types[] = {
    {"F16", element_type::float16}, {"BF16", element_type::bfloat16}, {"F32", element_type::float32},
    {"F64", element_type::float64}, {"BOOL", element_type::boolean},  {"I8", element_type::int8},
    {"I16", element_type::int16},   {"I32", element_type::int32},     {"I64", element_type::int64},
    {"U8", element_type::uint8},    {"U16", element_type::uint16},    {"U32", element_type::uint32},
    {"U64", element_type::uint64}};

std::optional<element_type> type_of(std::string_view dtype) {
  for (const name_of_type& one : types)
    if (dtype == one.dtype) return one.type;
  return std::nullopt;
}

[[noreturn]] void refuse_header(const std::string& path, const std::string& what) {
  throw file_error(path, "damaged safetensors header: " + what);
}

/// Whole numbers in a list.
std::optional<std::vector<std::uint64_t>> numbers(const json& entry, const char* key) {
  const auto found = entry.find(key);
  if (found == entry.end() || !found->is_array()) return std::nullopt;
  std::vector<std::uint64_t> list;
  for (const json& number : *found) {
    if (!number.is_number_unsigned()) return std::nullopt;
    list.push_back(number.get<std::uint64_t>());
  }
  return list;
}

/// Where a tensor lies that the header tells of like this; `data` is where the first begins.
stored_matrix matrix_of(const std::string& path, const json& entry, std::uint64_t data, std::uint64_t size,
                        matrix_shape shape) {
  const std::string dtype = entry.value("dtype", json()).is_string() ? entry["dtype"].get<std::string>() : "";
  const auto type = type_of(dtype);
  if (!type)
    throw file_error(path,
                     "elements of type " + in_quotes(dtype) + ": save tensor.to(torch.float16) instead");
  const auto lengths = numbers(entry, "shape"), offsets = numbers(entry, "data_offsets");
  if (!lengths || !offsets || offsets->size() != 2) refuse_header(path, "no shape or no data_offsets");
  if ((*offsets)[0] > (*offsets)[1] || (*offsets)[1] > size - data)
    throw file_error(path, "shorter than its header says: it was cut short, or is damaged");
  std::vector<std::size_t> small_lengths;
  for (const std::uint64_t length : *lengths) {
    if (length > static_cast<std::uint64_t>(std::numeric_limits<std::ptrdiff_t>::max()))
      refuse_header(path, "a shape that is too large");
    small_lengths.push_back(static_cast<std::size_t>(length));
  }
  const stored_matrix matrix = checked(path,
                                       {.type = *type,
                                        .byte_order = std::endian::little,
                                        .fortran_order = false,
                                        .shape = small_lengths,
                                        .begin = data + (*offsets)[0],
                                        .available = (*offsets)[1] - (*offsets)[0]},
                                       shape);
  if (matrix.bytes_behind > 0) refuse_header(path, "a tensor of other bytes than its shape takes");
  return matrix;
}

}  // namespace

bool is_safetensors(std::string_view first) {
  if (first.size() < 11 || first[8] != '{') return false;
  const std::size_t text = first.find_first_not_of(" \n\r\t", 9);
  const auto length = load<std::uint64_t>(std::as_bytes(std::span(first)).data(), std::endian::little);
  return length <= header_limit && text != first.npos && (first[text] == '"' || first[text] == '}');
}

std::vector<named_array> tensors_of(const std::shared_ptr<byte_source>& file, matrix_shape shape) {
  const std::string& path = file->name();
  const std::uint64_t length = file->size() < 8
                                   ? header_limit + 1
                                   : load<std::uint64_t>(first_bytes(*file, 8).data(), std::endian::little);
  if (length > header_limit || length > file->size() - 8)
    refuse_header(path, "its length is not that of a header in the file");
  std::string text(static_cast<std::size_t>(length), '\0');
  file->read(8, std::as_writable_bytes(std::span(text)));
  const auto header = std::make_shared<const json>(json::parse(text, nullptr, false));
  if (!header->is_object()) refuse_header(path, "no JSON");
  std::vector<named_array> arrays;
  for (const auto& [name, entry] : header->items()) {
    if (name == "__metadata__") continue;
    if (!entry.is_object()) refuse_header(path, in_quotes(name) + " is no tensor");
    arrays.push_back(
        {name, [file, header, tensor = &entry, length, shape] {
           return stored_array{file, matrix_of(file->name(), *tensor, 8 + length, file->size(), shape)};
         }});
  }
  if (arrays.empty()) throw file_error(path, "holds no tensors");
  return arrays;
}

}  // namespace program
