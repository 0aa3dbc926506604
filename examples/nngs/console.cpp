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

console::console(int, const char* const*) {
  _setmode(_fileno(stdin), _O_BINARY);
  _setmode(_fileno(stdout), _O_BINARY);
  SetConsoleOutputCP(CP_UTF8);
  obey_escapes(STD_ERROR_HANDLE);

  // What main is given has lost the characters that the code page lacks.
  int count = 0;
  wchar_t** const words = CommandLineToArgvW(GetCommandLineW(), &count);
  for (int i = 0; i < count; ++i) words_.push_back(file_name(words[i]));
  LocalFree(words);
  for (const std::string& word : words_) pointers_.push_back(word.c_str());
}

}  // namespace program

#else

namespace program {

console::console(int count, const char* const* words) : pointers_(words, words + count) {}

}  // namespace program

#endif
