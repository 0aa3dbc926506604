// SPDX-License-Identifier: MIT
// A member of an .npz archive holds the numbers that its bytes say, stored or deflated.
#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "../../examples/nngs/matrix_file.hpp"
#include "../catch.hpp"
#include "files_of_arrays.hpp"
#include "message_of.hpp"
#include "npy_bytes.hpp"
#include "temporary_file.hpp"

namespace {

const std::string small = npy_header("<f4", false, "(1, 2)") + data_bytes<float>({1, 2});

/// numpy.savez_compressed of a = [[1, -2, .5], [3, 65504, .25]] as float32, and n = [0, 1].
const std::string deflated = from_hex(
    "504b03042d000000080000002100b6c0fca9ffffffffffffffff05001400612e6e70790100100098000000000000005a"
    "000000000000009bec17ea1b10c9c850c650ad9e925a9c5ca46ea5a06e9366a2aea3a09e965f54529498179f5f94920a"
    "12774bcc294e058a17672416a402f91a463a0ac69a3a0ab50a64032e0686067b06068603400ca41d1c181ed4bb03c5ec"
    "00504b03042d0000000800000021007e6afbc9ffffffffffffffff050014006e2e6e7079010010009000000000000000"
    "49000000000000009bec17ea1b10c9c850c650ad9e925a9c5ca46ea5a06e9369a1aea3a09e965f54529498179f5f9492"
    "0a12774bcc294e058a17672416a402f91a463a9a3a0ab50a14002e06286084d200504b01022d032d0000000800000021"
    "00b6c0fca95a00000098000000050000000000000000000000800100000000612e6e7079504b01022d032d0000000800"
    "000021007e6afbc949000000900000000500000000000000000000008001910000006e2e6e7079504b05060000000002"
    "00020066000000110100000000");

/// numpy.savez of the same a, big-endian float16 in order of columns.
const std::string stored = from_hex(
    "504b03042d000000000000002100178f15b2ffffffffffffffff05001400612e6e7079010010008c000000000000008c"
    "00000000000000934e554d5059010076007b276465736372273a20273e6632272c2027666f727472616e5f6f72646572"
    "273a20547275652c20277368617065273a2028322c2033292c207d202020202020202020202020202020202020202020"
    "20202020202020202020202020202020202020202020202020202020202020202020202020200a3c004200c0007bff38"
    "003400504b01022d032d000000000000002100178f15b28c0000008c0000000500000000000000000000008001000000"
    "00612e6e7079504b0506000000000100010033000000c30000000000");

const rows_of_numbers expected_of_npz{{1, -2, 0.5}, {3, 65504, 0.25}};

std::string npz_complaint(const std::string& bytes, const std::string& name = "") {
  const temporary_file file(bytes, ".npz");
  return message_of([&] { program::open_matrix(file.path() + name); });
}

bool has(const std::string& text, const std::string& what) { return text.find(what) != text.npos; }

}  // namespace

TEST_CASE("npz: what NumPy stores is read in place", "[files]") {
  const temporary_file file(stored);
  CHECK(numbers_of(program::open_matrix(file.path())) == expected_of_npz);
  CHECK(numbers_of(program::open_matrix(file.path() + ":a")) == expected_of_npz);
}

TEST_CASE("npz: what NumPy compresses is read where there is zlib, and otherwise refused with the way out",
          "[files]") {
  const temporary_file file(deflated);
  const std::string refused = message_of([&] { program::open_matrix(file.path() + ":a"); });
  if (refused != "(no file_error)") {
    CHECK(has(refused, "numpy.savez"));
    return;
  }
  CHECK(numbers_of(program::open_matrix(file.path())) == expected_of_npz);  // n is no matrix
  std::string damaged = deflated;
  damaged[70] = static_cast<char>(damaged[70] ^ 0x55);
  CHECK(npz_complaint(damaged, ":a") != "(no file_error)");
}

TEST_CASE("npz: several matrices are told, and chosen by name", "[files]") {
  const temporary_file file(zip_bytes({{"x.npy", small}, {"y/z.npy", small}, {"notes.txt", "text"}}));
  CHECK(has(message_of([&] { program::open_matrix(file.path()); }), "holds 2 matrices, 'x', 'y/z'"));
  CHECK(numbers_of(program::open_matrix(file.path() + ":y/z")) == rows_of_numbers{{1, 2}});
  CHECK(has(message_of([&] { program::open_matrix(file.path() + ":w"); }), "no array 'w', but 'x', 'y/z'"));
}

TEST_CASE("npz: archives beyond 4 GiB tell their sizes in 64 bits", "[files]") {
  const temporary_file file(zip_bytes({{"x.npy", small}, {"y.npy", small}}, true));
  CHECK(numbers_of(program::open_matrix(file.path() + ":y")) == rows_of_numbers{{1, 2}});
}

TEST_CASE("npz: an archive without its end is told to be cut short", "[files]") {
  for (const std::size_t left_out : {std::size_t{1}, std::size_t{22}, std::size_t{60}, std::size_t{150}})
    CHECK(has(npz_complaint(stored.substr(0, stored.size() - left_out)),
              "its directory is not there: the archive was cut short"));
}

TEST_CASE("npz: an archive without arrays is told to hold none", "[files]") {
  CHECK(has(npz_complaint(zip_bytes({})), "holds no .npy"));
  CHECK(has(npz_complaint(zip_bytes({{"a.txt", "1 2"}})), "a zip archive of 'a.txt'"));
}

TEST_CASE("npz: every prefix and every changed byte gives a matrix or a file_error", "[files]") {
  for (const std::string& whole : {deflated, stored, zip_bytes({{"a.npy", small}, {"b.npy", small}}, true)}) {
    for (std::size_t size = 1; size < whole.size(); ++size)
      CHECK(npz_complaint(whole.substr(0, size), ":a") != "(no file_error)");
    const temporary_file file("");
    std::string changed = whole;
    for (std::size_t at = 0; at < whole.size(); ++at) {
      for (const char byte : {'\0', '\1', '\x80', '\xFF'}) {
        changed[at] = byte;
        file.write(changed);
        message_of([&] { numbers_of(program::open_matrix(file.path())); });
      }
      changed[at] = whole[at];
    }
  }
}
