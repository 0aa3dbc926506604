// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <fstream>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "../../examples/nngs/file_bytes.hpp"
#include "../../examples/nngs/matrix_file.hpp"
#include "../../examples/nngs/npy.hpp"
#include "../../examples/nngs/text.hpp"
#include "../catch.hpp"
#include "message_of.hpp"
#include "npy_bytes.hpp"
#include "temporary_file.hpp"

namespace {

using program::file_error;

std::string opening(const std::string& path) {
  return message_of([&] { program::open_matrix(path); });
}

/// Parses a copy on the heap, of exactly that size, so that the address sanitizer sees a read beyond the end.
/// Returns whether there was a value; anything but a file_error ends the test.
bool parses(const std::string& path, std::string_view bytes) {
  const std::unique_ptr<char[]> copy(new char[bytes.size()]);
  std::copy(bytes.begin(), bytes.end(), copy.get());
  const std::span<const char> exact(copy.get(), bytes.size());
  try {
    if (program::is_npy(std::as_bytes(exact))) {
      program::parse_npy(path, std::as_bytes(exact), exact.size());
    } else {
      program::parse_text(path, {exact.data(), exact.size()});
    }
    return true;
  } catch (const file_error&) {
    return false;
  }
}

/// Whether the file opens, having looked at every value in it.
bool opens(const temporary_file& file) {
  try {
    const program::matrix_file matrix = program::open_matrix(file.path());
    [[maybe_unused]] const volatile double sum =
        std::visit([](const auto& values) { return static_cast<double>(values.sum()); }, matrix.values);
    return true;
  } catch (const file_error&) {
    return false;
  }
}

std::vector<std::string> npy_files() {
  std::vector<std::string> files;
  for (const std::string type : {"<f2", "<f4", "<f8", ">f2", ">f4", ">f8"}) {
    const std::string data(6 * static_cast<std::size_t>(type.back() - '0'), '\x3A');
    files.push_back(npy_header(type, false, "(3, 2)") + data);
    files.push_back(npy_header(type, true, "(3, 2)") + data);
  }
  files.push_back(npy_header("<f4", false, "(3, 2)", 2) + std::string(24, '\x3A'));
  files.push_back(npy_header("<f4", false, "(3, 2)", 3) + std::string(24, '\x3A'));
  return files;
}

const std::vector<std::pair<std::string, std::string>> text_files = {
    {".txt", "\xEF\xBB\xBFking 1.5 -2e3\r\n. . . +3 nan\r\nthe 5 6\r\n"},
    {".txt", "2 3\n</s> 1 2 3 \nking 4 5 6 \n"},
    {".csv", "word,\"x\",y\n\"New York, \"\"NY\"\"\",1,\"2\"\n\"\n1984,+3,1e999\n"},
    {".csv", ",0,1\n0,0.5,0.6\n1,0.7,0.8\n"},
    {".csv", "x;y\n1;2\n"},
    {".tsv", "a b\t1\t2\n\"\t3\t4\n"},
};

}  // namespace

TEST_CASE("damaged: every prefix of a .npy file but the whole is refused", "[files][slow]") {
  for (const std::string& whole : npy_files()) {
    const temporary_file file(whole);
    CHECK(opens(file));
    std::size_t opened = 0;
    for (std::size_t size = 1; size < whole.size(); ++size) {
      opened += parses("prefix", std::string_view(whole).substr(0, size));
      file.write(std::string_view(whole).substr(0, size));
      opened += opens(file);
    }
    CHECK(opened == 0);
  }
}

TEST_CASE("damaged: every change of one byte in a .npy header gives a matrix or a file_error",
          "[files][slow]") {
  for (const std::string& whole : npy_files()) {
    const std::size_t header_size = whole.rfind('\n') + 1;
    std::string changed = whole;
    for (std::size_t at = 0; at < header_size; ++at) {
      for (int byte = 0; byte < 256; ++byte) {
        changed[at] = static_cast<char>(byte);
        parses("changed", changed);
      }
      changed[at] = whole[at];
    }
  }
}

TEST_CASE("damaged: a .npy header with a changed byte that still opens converts without a crash",
          "[files][slow]") {
  for (const std::string& whole : npy_files()) {
    const std::size_t header_size = whole.rfind('\n') + 1;
    std::string changed = whole;
    for (std::size_t at = 0; at < header_size; ++at) {
      for (const char byte : std::string_view("<>=0123489( ,)'}TF\n\xFF")) {
        changed[at] = byte;
        if (!parses("changed", changed)) continue;
        CHECK(opens(temporary_file(changed)));
      }
      changed[at] = whole[at];
    }
  }
}

TEST_CASE("damaged: every prefix and every changed byte of text gives a matrix or a file_error", "[files]") {
  for (const auto& [extension, whole] : text_files) {
    const std::string path = "words" + extension;
    for (std::size_t size = 0; size < whole.size(); ++size)
      parses(path, std::string_view(whole).substr(0, size));
    std::string changed = whole;
    for (std::size_t at = 0; at < whole.size(); ++at) {
      for (int byte = 0; byte < 256; ++byte) {
        changed[at] = static_cast<char>(byte);
        parses(path, changed);
      }
      changed[at] = whole[at];
    }
  }
}

TEST_CASE("damaged: shapes that no memory holds are refused like any other that does not fit", "[files]") {
  for (const bool fortran : {false, true}) {
    for (const char* const type : {"<f2", "<f4", ">f8"}) {
      for (const char* const shape :
           {"(4000000000, 4000000000)", "(1000000000000, 1)", "(1, 9223372036854775807)"}) {
        const temporary_file file(npy_header(type, fortran, shape) + "12345678");
        CHECK(opening(file.path()).find("shorter than its header says") != std::string::npos);
      }
    }
  }
  const temporary_file words("4000000000 2\nking 1 2\n");
  CHECK(program::open_matrix(words.path()).labels == std::vector<std::string>{"king"});
}

TEST_CASE("damaged: a header longer than the file", "[files]") {
  std::string bytes = npy_header("<f4", false, "(1, 1)", 2);
  for (std::size_t i = 8; i < 12; ++i) bytes[i] = '\xFF';
  const temporary_file file(bytes);
  CHECK(opening(file.path()) == file.path() + ": ends within its npy header");
}

TEST_CASE("damaged: files given by mistake", "[files]") {
  const auto complaint = [](std::string_view bytes) {
    const temporary_file file(bytes);
    const std::string both = opening(file.path()) + message_of([&] { program::read_labels(file.path()); });
    const std::string path = file.path() + ": ";
    const std::string once = both.substr(0, both.size() / 2);
    return both == once + once ? once.substr(std::min(path.size(), once.size())) : both;
  };
  CHECK(complaint("version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 5\n") ==
        "a Git LFS pointer, not the data. Run: git lfs pull");
  CHECK(complaint("PK\3\4 and so on").find("a zip archive. Run: unzip ") == 0);
  CHECK(complaint("\x1F\x8B\x08").find("compressed by gzip. Run: gunzip ") == 0);
  CHECK(complaint("") == "is empty");
  const temporary_file word("PK 1 2\n");
  CHECK(program::open_matrix(word.path()).labels == std::vector<std::string>{"PK"});
}

TEST_CASE("damaged: what is no file", "[files]") {
  const std::string folder = std::filesystem::temp_directory_path().string();
  CHECK(opening(folder) == folder + ": is a directory, not a file");
  CHECK(opening("/no/such/file.npy") == "/no/such/file.npy: cannot be opened: No such file or directory");
#ifndef _WIN32
  CHECK(opening("/dev/zero") == "/dev/zero: is a device, neither a file nor a pipe");
#endif
}

TEST_CASE("damaged: a file that may not be read", "[files]") {
  const temporary_file file("1 2\n");
  std::filesystem::permissions(file.path(), std::filesystem::perms::none);
  if (std::ifstream(file.path())) return;  // root may read all, and some systems know no such permission
  CHECK(opening(file.path()) == file.path() + ": cannot be opened: Permission denied");
}
