// SPDX-License-Identifier: MIT
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string>

#include "space_report.hpp"

namespace program {

std::string to_npy(const Eigen::MatrixXd& values) {
  std::string header = "{'descr': '<f8', 'fortran_order': True, 'shape': (" + std::to_string(values.rows()) +
                       ", " + std::to_string(values.cols()) + "), }";
  constexpr std::size_t before = 10;  // magic, version and the header's length
  header.append(63 - (before + header.size()) % 64, ' ');
  header += '\n';
  std::string bytes = "\x93NUMPY";
  bytes += {'\x01', '\x00', static_cast<char>(header.size() & 0xFF), static_cast<char>(header.size() >> 8)};
  bytes += header;
  for (Eigen::Index i = 0; i < values.size(); ++i) {  // the lowest byte first, on every machine
    const auto number = std::bit_cast<std::uint64_t>(values.data()[i]);
    for (int shift = 0; shift < 64; shift += 8) bytes += static_cast<char>(number >> shift & 0xFF);
  }
  return bytes;
}

}  // namespace program
