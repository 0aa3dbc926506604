// SPDX-License-Identifier: MIT
#ifndef NNGS_TESTS_TEMPORARY_FILE_HPP
#define NNGS_TESTS_TEMPORARY_FILE_HPP

#include <filesystem>
#include <fstream>
#include <ios>
#include <random>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>

/// A file with the given bytes and a name that no other has, gone at the end of the scope.
class temporary_file {
 public:
  explicit temporary_file(std::string_view bytes, const std::string& extension = "") {
    std::random_device random;
    const std::string name = "nngs-" + std::to_string(random()) + "-" + std::to_string(random());
    path_ = std::filesystem::temp_directory_path() / (name + extension);
    write(bytes);
  }
  temporary_file(const temporary_file&) = delete;
  temporary_file& operator=(const temporary_file&) = delete;
  ~temporary_file() {
    std::error_code ignored;
    std::filesystem::remove(path_, ignored);
  }

  /// Puts other bytes in place of those there.
  void write(std::string_view bytes) const {
    std::ofstream file(path_, std::ios::binary | std::ios::trunc);
    file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    file.close();
    if (!file) throw std::runtime_error("cannot write " + path());
  }

  std::string path() const { return path_.string(); }

 private:
  std::filesystem::path path_;
};

#endif
