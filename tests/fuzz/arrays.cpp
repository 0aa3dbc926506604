// SPDX-License-Identifier: MIT
// Any bytes as vectors, safetensors or an .npz archive: a file_error, or a matrix whose rows are the same
// read singly and read at once.
#include <cstddef>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include "../../examples/nngs/matrix_file.hpp"
#include "../../examples/nngs/named_arrays.hpp"
#include "../program/temporary_file.hpp"
#include "property.hpp"

namespace {

void check_rows(const program::row_source& rows) {
  if (rows.rows() == 0 || rows.columns() == 0) return;  // the other length may be any number
  std::vector<double> whole(rows.rows() * rows.columns()), single(rows.columns());
  rows.read(0, rows.rows(), whole.data());
  for (std::size_t row = 0; row < rows.rows(); ++row) {
    rows.read(row, 1, single.data());
    fuzz::require(
        std::memcmp(single.data(), whole.data() + row * rows.columns(), single.size() * sizeof(double)) == 0,
        "a row read singly is that of the whole");
  }
}

void open_and_check(const temporary_file& file, const std::string& name) {
  try {
    check_rows(program::opened_files(file.path() + name).find(0, {}).values);
  } catch (const program::file_error& error) {
    fuzz::require_printable(error, file.path());
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  for (const char* const extension : {".fbin", ".i8bin", ".fvecs", ".bvecs"})
    open_and_check(temporary_file(fuzz::as_text(data, size), extension), "");
  const std::string_view bytes = fuzz::as_text(data, size);
  if (!program::is_safetensors(bytes) && !bytes.starts_with("PK\3\4")) return 0;  // text: see text.cpp
  const temporary_file file(bytes);
  for (const char* const name : {"", ":a"}) open_and_check(file, name);
  return 0;
}
