// SPDX-License-Identifier: MIT
// Files that are neither .npy nor text are named, with the line that converts them.
#include <string>
#include <string_view>
#include <vector>

#include "../../examples/nngs/file_kinds.hpp"
#include "../../examples/nngs/matrix_file.hpp"
#include "../../examples/nngs/text.hpp"
#include "../catch.hpp"
#include "message_of.hpp"
#include "temporary_file.hpp"

namespace {

using namespace std::string_literals;

std::string number(std::size_t value, std::size_t width) {
  std::string bytes;
  for (std::size_t i = 0; i < width; ++i) bytes += static_cast<char>(value >> (8 * i) & 0xFF);
  return bytes;
}

/// A zip archive of empty members.
std::string zip(const std::vector<std::string>& names) {
  std::string files, directory;
  for (const std::string& name : names) {
    directory += "PK\1\2" + std::string(24, '\0') + number(name.size(), 2) + std::string(12, '\0') +
                 number(files.size(), 4) + name;
    files += "PK\3\4" + std::string(22, '\0') + number(name.size(), 2) + std::string(2, '\0') + name;
  }
  return files + directory + "PK\5\6" + std::string(4, '\0') + number(names.size(), 2) +
         number(names.size(), 2) + number(directory.size(), 4) + number(files.size(), 4) + number(0, 2);
}

/// Whether the file is refused in these words, for the conversion by this one.
void check(const std::string& path, const std::string& bytes, const std::string& kind,
           const std::string& by) {
  const std::string what = program::other_kind(path, bytes);
  CAPTURE(path, what);
  CHECK(what.find(kind) != std::string::npos);
  CHECK(what.find(by) != std::string::npos);
  const temporary_file file(bytes);
  CHECK(message_of([&] { program::open_matrix(file.path()); }).find(file.path() + ": ") == 0);
  CHECK(message_of([&] { program::read_labels(file.path()); }).find(file.path() + ": ") == 0);
}

}  // namespace

TEST_CASE("other files: by their first bytes", "[files]") {
  const std::string some(60, '\0');
  check("x.pkl", "\x80\x04\x95" + some, "pickle", "pickle.load(open(\"x.pkl\"");
  check("x.pth", "\x80\x02\x8A\x0A\x6C\xFC\x9C\x46\xF9\x20\x6A\xA8\x50\x19" + some, "PyTorch", "torch.load");
  check("x.h5", "\x89HDF\r\n\x1A\n" + some, "HDF5", "h5py.File(\"x.h5\")");
  check("x.h5ad", "\x89HDF\r\n\x1A\n" + some, "AnnData", "obsm");
  check("x.mat", "MATLAB 5.0 MAT-file" + some, "MATLAB", "scipy.io.loadmat");
  check("x.mat", "MATLAB 7.3 MAT-file" + some, "MATLAB", "h5py");
  check("x.parquet", "PAR1" + some, "Parquet", "read_parquet");
  check("x.feather", "ARROW1\0\0"s + some, "Arrow", "open_file");
  check("x.arrow", "\xFF\xFF\xFF\xFF" + some, "Arrow", "open_stream");
  check("x.csv.gz", "\x1F\x8B\x08" + some, "gzip", "gunzip x.csv.gz");
  check("x.rds", "\x1F\x8B\x08" + some, "R object", "readRDS");
  check("x.bz2", "BZh91AY&SY" + some, "bzip2", "bunzip2");
  check("x.xz",
        "\xFD"
        "7zXZ\0"s +
            some,
        "xz", "unxz");
  check("x.zst", "\x28\xB5\x2F\xFD" + some, "zstd", "unzstd");
  check("x.bin", "\xBA\x16\x4F\x2F" + some, "fastText", "load_facebook_vectors");
  check("x.bin", "2 4\na " + std::string(16, '\x01') + "\n", "word2vec",
        "load_word2vec_format(\"x.bin\", binary=True)");
  check("x.safetensors", number(16, 8) + "{\"a\": 1}        " + some, "safetensors", "load_file");
  check("x.csv",
        "\xFF\xFE"
        "1\0,\0"s +
            some,
        "UTF-16", "iconv -f UTF-16 -t UTF-8");
  check("x.csv", "1\0,\0002\0\n\0003\0,\0004\0"s, "UTF-16", "iconv -f UTF-16LE");
  check("x.npy", "<!DOCTYPE html><html>", "web page", "download");
  check("x.json", "[[1, 2], [3, 4]]", "JSON", "json.load");
  check("x.json", "[{\"a\": 1}]", "JSON", "read_json");
  check("x.html", "<table border=1>", "web page", "download");
  CHECK(program::other_kind("x.pkl", "cnumpy.core.multiarray\n").find("pickle") !=
        std::string::npos);  // as text
  check("x.dat", "\1\2\3\4" + some, "not known", "numpy.save");
}

TEST_CASE("other files: zip archives are told apart by their members", "[files]") {
  check("x.bin", zip({"model/data.pkl", "model/data/0"}), "PyTorch", "torch.load(\"x.bin\"");
  check("x.zip", zip({"words.npy", "images.npy"}), "'words', 'images'", "numpy.load(\"x.zip\")");
  check("x.zip", zip({"[Content_Types].xml", "xl/workbook.xml"}), "Excel", "read_excel");
  check("x.zip", zip({"vectors.txt"}), "'vectors.txt'", "unzip x.zip");
  // Cut off, the first member or the extension still tell.
  check("x", zip({"words.npy", "images.npy"}).substr(0, 45), "npz", "numpy.load");
  check("x.pt", "PK\3\4" + std::string(60, '\0'), "PyTorch", "torch.load");
  check("x.npz", "PK\3\4", "npz", "numpy.load");
}

TEST_CASE("other files: text is none of them", "[files]") {
  for (const std::string text :
       {"PAR 1 2\n", "BZh 1 2\n", "2 4\na 1 2 3 4\n", "[ 1 2\n", "{ 1 2\n", "MATLAB, 1\n",
        "\xEF\xBB\xBF"
        "1 2\n",
        "\x1B 1 2\n"})
    CHECK(program::other_kind("words.txt", text).empty());
}

TEST_CASE("other files: line ends and line breaks", "[files]") {
  const auto values = [](const std::string& bytes) { return program::parse_text("table.csv", bytes).values; };
  const std::vector<double> expected{0.5, 2, 3, 4};
  CHECK(values("0.5,2\r\r\n3,4\r\r\n") == expected);
  CHECK(values("0.5,2\r3,4\r") == expected);
  CHECK(values("0.5,2\r3,4") == expected);
  const std::string broken = message_of([&] { values("name,x,y\na,1,2\n\"b\nc\",3,4\nd,5,6\n"); });
  CHECK(broken.find("line 3") != std::string::npos);
  CHECK(broken.find("line breaks") != std::string::npos);
}
