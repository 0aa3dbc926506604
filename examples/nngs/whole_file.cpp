// SPDX-License-Identifier: MIT
#include "whole_file.hpp"

#include <array>
#include <cerrno>
#include <charconv>
#include <cstdint>
#include <fstream>
#include <ios>
#include <random>
#include <string>

#include "file_path.hpp"

namespace program {
namespace {

std::string random_name(const std::filesystem::path& path) {
  std::random_device random;
  std::array<char, 16> digits{};
  const std::uint64_t number = std::uint64_t{random()} << 32 | random();
  const auto [end, error] = std::to_chars(digits.data(), digits.data() + digits.size(), number, 16);
  return file_name(path) + '.' + std::string(digits.data(), end) + ".part";
}

}  // namespace

std::error_code write_whole_file(const std::filesystem::path& path,
                                 std::initializer_list<std::string_view> texts) {
  const std::filesystem::path unfinished = file_path(random_name(path));
  errno = 0;
  std::ofstream file(unfinished, std::ios::binary);
  for (const std::string_view text : texts)
    file.write(text.data(), static_cast<std::streamsize>(text.size()));
  file.close();
  std::error_code error;
  if (file)
    std::filesystem::rename(unfinished, path, error);
  else
    error = std::error_code(errno != 0 ? errno : EIO, std::generic_category());
  std::error_code ignored;
  if (error) std::filesystem::remove(unfinished, ignored);
  return error;
}

}  // namespace program
