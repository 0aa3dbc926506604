// SPDX-License-Identifier: MIT
// What has no size before its end: pipes, those of Unix. (tests/program/same_bytes.sh reads one everywhere.)
#include "../catch.hpp"

#ifndef _WIN32
#include <sys/stat.h>

#include <cstddef>
#include <filesystem>
#include <fstream>
#include <string>
#include <thread>

#include "../../examples/nngs/file_bytes.hpp"
#include "../../examples/nngs/file_error.hpp"
#include "message_of.hpp"
#include "temporary_file.hpp"

TEST_CASE("pipes: are read to their end, whatever their length", "[files]") {
  for (const std::size_t size : {0U, 1U, 65535U, 65536U, 65537U, 300000U}) {
    const temporary_file pipe("");
    std::filesystem::remove(pipe.path());
    REQUIRE(::mkfifo(pipe.path().c_str(), 0600) == 0);
    std::string written(size, 'a');
    for (std::size_t i = 0; i < size; i += 7) written[i] = static_cast<char>('0' + i % 10);
    std::thread writer([&] { std::ofstream(pipe.path(), std::ios::binary) << written; });
    std::string read;
    const std::string complaint = message_of([&] { read = program::file_bytes(pipe.path()).text(); });
    writer.join();
    CHECK(read == written);
    CHECK(complaint == (size == 0 ? pipe.path() + ": is empty" : "(no file_error)"));
  }
}
#endif
