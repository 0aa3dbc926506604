// SPDX-License-Identifier: MIT
#define CATCH_CONFIG_RUNNER
#include <catch2/catch.hpp>

#ifdef _WIN32
#include <fcntl.h>
#include <io.h>
#endif

int main(int count, char** words) {
#ifdef _WIN32
  _setmode(_fileno(stdout), _O_BINARY);  // a carriage return would become part of the names that CTest reads
#endif
  return Catch::Session().run(count, words);
}
