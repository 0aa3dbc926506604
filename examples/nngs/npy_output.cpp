// SPDX-License-Identifier: MIT
#include <bit>
#include <cstddef>

#include "space_report.hpp"

namespace program {

std::string to_npy(const Eigen::MatrixXd& values) {
  const char* const byte_order = std::endian::native == std::endian::little ? "<" : ">";
  std::string header = std::string("{'descr': '") + byte_order + "f8', 'fortran_order': True, 'shape': (" +
                       std::to_string(values.rows()) + ", " + std::to_string(values.cols()) + "), }";
  constexpr std::size_t before = 10;  // magic, version and the header's length
  header.append(63 - (before + header.size()) % 64, ' ');
  header += '\n';
  std::string bytes = "\x93NUMPY";
  bytes += {'\x01', '\x00', static_cast<char>(header.size() & 0xFF), static_cast<char>(header.size() >> 8)};
  bytes += header;
  bytes.append(reinterpret_cast<const char*>(values.data()),
               static_cast<std::size_t>(values.size()) * sizeof(double));
  return bytes;
}

}  // namespace program
