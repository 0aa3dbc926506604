// SPDX-License-Identifier: MIT
#ifndef NNGS_TESTS_FILES_OF_ARRAYS_HPP
#define NNGS_TESTS_FILES_OF_ARRAYS_HPP

#include <cstddef>
#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "../../examples/nngs/matrix_file.hpp"
#include "npy_bytes.hpp"

using rows_of_numbers = std::vector<std::vector<double>>;

inline rows_of_numbers numbers_of(const program::matrix_file& matrix) {
  return std::visit(
      [](const auto& values) {
        rows_of_numbers rows(static_cast<std::size_t>(values.rows()));
        for (Eigen::Index row = 0; row < values.rows(); ++row)
          for (Eigen::Index column = 0; column < values.cols(); ++column)
            rows[static_cast<std::size_t>(row)].push_back(static_cast<double>(values(row, column)));
        return rows;
      },
      matrix.values);
}

/// The bytes of a number, lowest first.
inline std::string number_bytes(std::uint64_t value, std::size_t width) {
  std::string bytes;
  for (std::size_t i = 0; i < width; ++i) bytes += static_cast<char>(value >> (8 * i) & 0xFF);
  return bytes;
}

/// Each row behind its length.
template <class Stored>
std::string vecs_bytes(const std::vector<std::vector<Stored>>& rows) {
  std::string bytes;
  for (const std::vector<Stored>& row : rows) bytes += number_bytes(row.size(), 4) + data_bytes(row);
  return bytes;
}

inline std::string safetensors_bytes(const std::string& header, const std::string& data) {
  return number_bytes(header.size(), 8) + header + data;
}

/// Bytes written as hexadecimal digits.
inline std::string from_hex(const std::string& digits) {
  std::string bytes;
  for (std::size_t i = 0; i + 1 < digits.size(); i += 2)
    bytes += static_cast<char>(std::stoi(digits.substr(i, 2), nullptr, 16));
  return bytes;
}

/// A zip archive of stored members. `large` writes their sizes and places as beyond 4 GiB, in fields of 64
/// bits.
inline std::string zip_bytes(const std::vector<std::pair<std::string, std::string>>& members,
                             bool large = false) {
  std::string files, directory;
  for (const auto& [name, data] : members) {
    const std::size_t place = files.size();
    const std::string fields = large
                                   ? number_bytes(1, 2) + number_bytes(24, 2) + number_bytes(data.size(), 8) +
                                         number_bytes(data.size(), 8) + number_bytes(place, 8)
                                   : "";
    const std::string size = large ? std::string(4, '\xFF') : number_bytes(data.size(), 4);
    files += "PK\3\4" + std::string(14, '\0') + size + size + number_bytes(name.size(), 2) +
             number_bytes(0, 2) + name + data;
    directory += "PK\1\2" + std::string(16, '\0') + size + size + number_bytes(name.size(), 2) +
                 number_bytes(fields.size(), 2) + std::string(10, '\0') +
                 (large ? std::string(4, '\xFF') : number_bytes(place, 4)) + name + fields;
  }
  std::string end;
  if (large)
    end = "PK\6\6" + number_bytes(44, 8) + std::string(12, '\0') + number_bytes(members.size(), 8) +
          number_bytes(members.size(), 8) + number_bytes(directory.size(), 8) +
          number_bytes(files.size(), 8) + "PK\6\7" + number_bytes(0, 4) +
          number_bytes(files.size() + directory.size(), 8) + number_bytes(1, 4);
  const std::string unless_large =
      large ? std::string(8, '\xFF') : number_bytes(directory.size(), 4) + number_bytes(files.size(), 4);
  return files + directory + end + "PK\5\6" + std::string(4, '\0') + number_bytes(members.size(), 2) +
         number_bytes(members.size(), 2) + unless_large + number_bytes(0, 2);
}

#endif
