// SPDX-License-Identifier: MIT
// A tensor of a safetensors file holds the numbers that its bytes say.
#include <cstdint>
#include <string>
#include <vector>

#include "../../examples/nngs/matrix_file.hpp"
#include "../catch.hpp"
#include "files_of_arrays.hpp"
#include "message_of.hpp"
#include "temporary_file.hpp"

namespace {

std::string tensor(const std::string& type, const std::string& shape, std::size_t begin, std::size_t end) {
  return R"({"dtype":")" + type + R"(","shape":)" + shape + R"(,"data_offsets":[)" + std::to_string(begin) +
         "," + std::to_string(end) + "]}";
}

std::string tensors_complaint(const std::string& bytes, const std::string& name = "") {
  const temporary_file file(bytes, ".safetensors");
  return message_of([&] { program::open_matrix(file.path() + name); });
}

bool tells(const std::string& text, const std::string& what) { return text.find(what) != text.npos; }

const std::string four_floats = data_bytes<float>({1, -2, 0.5F, 65504});

}  // namespace

TEST_CASE("safetensors: every type of number", "[files]") {
  const rows_of_numbers expected{{1, -2}, {0.5, 3}};
  const auto numbers = [](const std::string& type, const std::string& data) {
    const temporary_file file(
        safetensors_bytes("{\"x\":" + tensor(type, "[2,2]", 0, data.size()) + "}", data));
    return numbers_of(program::open_matrix(file.path()));
  };
  CHECK(numbers("F16", data_bytes<std::uint16_t>({0x3C00, 0xC000, 0x3800, 0x4200})) == expected);
  CHECK(numbers("BF16", data_bytes<std::uint16_t>({0x3F80, 0xC000, 0x3F00, 0x4040})) == expected);
  CHECK(numbers("F32", data_bytes<float>({1, -2, 0.5F, 3})) == expected);
  CHECK(numbers("F64", data_bytes<double>({1, -2, 0.5, 3})) == expected);
  CHECK(numbers("I8", "\x01\x7F\x80\xFF") == rows_of_numbers{{1, 127}, {-128, -1}});
}

TEST_CASE("safetensors: bytes of the library of that name", "[files]") {
  const std::string bytes = from_hex(
      "78000000000000007b2278223a7b226474797065223a22463332222c227368617065223a5b322c335d2c22646174615f"
      "6f666673657473223a5b302c32345d7d2c2262223a7b226474797065223a2242463136222c227368617065223a5b322c"
      "315d2c22646174615f6f666673657473223a5b32342c32385d7d7d20202020200000803f000000c00000003f00004040"
      "00e07f470000803e803f4040");
  const temporary_file file(bytes);
  CHECK(numbers_of(program::open_matrix(file.path() + ":x")) ==
        rows_of_numbers{{1, -2, 0.5}, {3, 65504, 0.25}});
  CHECK(numbers_of(program::open_matrix(file.path() + ":b")) == rows_of_numbers{{1}, {3}});
  CHECK(program::open_matrix(file.path() + ":b").element_type == "bfloat16");
}

TEST_CASE("safetensors: the only matrix needs no name, several are told", "[files]") {
  const std::string one = "{\"__metadata__\":{\"a\":\"b\"},\"bias\":" + tensor("F32", "[4]", 0, 16) +
                          ",\"weight:0\":" + tensor("F32", "[2,2]", 0, 16) + "}";
  const temporary_file file(safetensors_bytes(one, four_floats));
  CHECK(numbers_of(program::open_matrix(file.path())) == rows_of_numbers{{1, -2}, {0.5, 65504}});
  CHECK(numbers_of(program::open_matrix(file.path() + ":weight:0")) ==
        rows_of_numbers{{1, -2}, {0.5, 65504}});
  const std::string bytes = safetensors_bytes(one, four_floats);
  CHECK(tells(tensors_complaint(bytes, ":bias"), "one-dimensional"));
  CHECK(tells(tensors_complaint(bytes, ":weight"), "holds no array 'weight', but 'bias', 'weight:0'"));
  const std::string two =
      "{\"a\":" + tensor("F32", "[2,2]", 0, 16) + ",\"b\":" + tensor("F32", "[1,4]", 0, 16) + "}";
  CHECK(tells(tensors_complaint(safetensors_bytes(two, four_floats)), "holds 2 matrices, 'a', 'b'"));
}

TEST_CASE("safetensors: a file without tensors is told to hold none", "[files]") {
  CHECK(tells(tensors_complaint(safetensors_bytes("{}      ", "")), "holds no tensors"));
  CHECK(tells(tensors_complaint(safetensors_bytes("{\"__metadata__\":{\"a\":\"b\"}}", "")),
              "holds no tensors"));
}

TEST_CASE("safetensors: damaged headers are told", "[files]") {
  const auto complaint = [](const std::string& entry) {
    return tensors_complaint(safetensors_bytes("{\"x\":" + entry + "}", four_floats));
  };
  CHECK(complaint(tensor("F32", "[2,2]", 0, 16)) == "(no file_error)");
  CHECK(tells(complaint(tensor("F32", "[2,2]", 0, 17)), "cut short"));
  CHECK(tells(complaint(tensor("F32", "[2,2]", 16, 0)), "cut short"));
  CHECK(tells(complaint(tensor("F32", "[2,3]", 0, 16)), "takes 24 bytes, the file has 16"));
  CHECK(tells(complaint(tensor("F32", "[1,2]", 0, 16)), "other bytes than its shape takes"));
  CHECK(tells(complaint(tensor("F32", "[18446744073709551615,2]", 0, 16)), "too large"));
  CHECK(tells(complaint(tensor("F32", "[4611686018427387904,4]", 0, 16)), "more than 2^64"));
  CHECK(tells(complaint(tensor("F32", "[-2,-2]", 0, 16)), "no shape"));
  CHECK(tells(complaint(tensor("F8_E4M3", "[4,4]", 0, 16)), "elements of type 'F8_E4M3'"));
  CHECK(tells(complaint("{\"dtype\":7}"), "elements of type ''"));
  CHECK(tells(complaint("7"), "'x' is no tensor"));
  CHECK(tells(tensors_complaint(safetensors_bytes("{\"x\":", "")), "no JSON"));
  CHECK(tells(tensors_complaint(number_bytes(1000, 8) + "{\"x\":{}}"), "its length"));
}
