// SPDX-License-Identifier: MIT
#include "console.hpp"

#ifdef _WIN32

#include <fcntl.h>
#include <io.h>
#include <windows.h>

#include <cstdio>

#include "file_path.hpp"

namespace program {
namespace {

void obey_escapes(DWORD stream) {
  const HANDLE handle = GetStdHandle(stream);
  DWORD mode = 0;
  if (GetConsoleMode(handle, &mode) != 0) SetConsoleMode(handle, mode | ENABLE_VIRTUAL_TERMINAL_PROCESSING);
}

}  // namespace

std::vector<std::string> open_console(int, const char* const*) {
  _setmode(_fileno(stdin), _O_BINARY);
  _setmode(_fileno(stdout), _O_BINARY);
  SetConsoleOutputCP(CP_UTF8);
  obey_escapes(STD_ERROR_HANDLE);

  // What main is given has lost the characters that the code page lacks.
  int count = 0;
  wchar_t** const words = CommandLineToArgvW(GetCommandLineW(), &count);
  std::vector<std::string> typed;
  for (int i = 1; i < count; ++i) typed.push_back(file_name(words[i]));
  LocalFree(words);
  return typed;
}

}  // namespace program

#else

namespace program {

std::vector<std::string> open_console(int count, const char* const* words) {
  return {words + (count > 0 ? 1 : 0), words + count};
}

}  // namespace program

#endif
