// SPDX-License-Identifier: MIT
#ifndef NNGS_TESTS_NPY_BYTES_HPP
#define NNGS_TESTS_NPY_BYTES_HPP

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

/// The bytes of one element in the byte order that the dtype begins with.
template <class Element>
std::string element_bytes(Element element, char byte_order) {
  std::string bytes(sizeof element, '\0');
  std::memcpy(bytes.data(), &element, sizeof element);
  const auto wanted = byte_order == '>' ? std::endian::big : std::endian::little;
  if (wanted != std::endian::native) std::reverse(bytes.begin(), bytes.end());
  return bytes;
}

template <class Element>
std::string data_bytes(const std::vector<Element>& elements, char byte_order = '<') {
  std::string bytes;
  for (const Element element : elements) bytes += element_bytes(element, byte_order);
  return bytes;
}

/// The start of a .npy file with the given dictionary, padded like NumPy's so that data are aligned to 64
/// bytes.
inline std::string npy_header(std::string_view dictionary, int version = 1) {
  const std::size_t width = version == 1 ? 2 : 4;
  const std::size_t before = 8 + width;
  const std::size_t length = (before + dictionary.size() + 1 + 63) / 64 * 64 - before;
  std::string bytes = "\x93NUMPY";
  bytes += static_cast<char>(version);
  bytes += '\0';
  for (std::size_t i = 0; i < width; ++i) bytes += static_cast<char>(length >> (8 * i) & 0xFF);
  bytes += dictionary;
  bytes.append(length - dictionary.size() - 1, ' ');
  return bytes + '\n';
}

inline std::string npy_header(const std::string& descr, bool fortran_order, const std::string& shape,
                              int version = 1) {
  const std::string order = fortran_order ? "True" : "False";
  return npy_header("{'descr': '" + descr + "', 'fortran_order': " + order + ", 'shape': " + shape + ", }",
                    version);
}

#endif
