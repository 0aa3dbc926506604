// SPDX-License-Identifier: MIT
// The report is written in parts, and `check` sees any figure that changed.
#include "../../examples/paper/report.hpp"

#include <fstream>
#include <iterator>
#include <random>

#include "../../examples/paper/experiments.hpp"
#include "../catch.hpp"

namespace {

/// Gone with all that is in it at the end of the scope.
class temporary_folder {
 public:
  temporary_folder() {
    std::random_device random;
    path = std::filesystem::temp_directory_path() /
           ("nngs-" + std::to_string(random()) + "-" + std::to_string(random()));
  }
  temporary_folder(const temporary_folder&) = delete;
  temporary_folder& operator=(const temporary_folder&) = delete;
  ~temporary_folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path, ignored);
  }

  std::filesystem::path path;
};

const paper::experiment made_up{
    "arcs", "Made up", [](const paper::settings&) -> paper::section {
      return {
          "The score is 0.1234.\n", {{"made-up", {"name", "score"}, {{"a, b", "0.1234"}, {"c", "0.5"}}}}, {}};
    }};

void write_report(const std::filesystem::path& folder) {
  const paper::section result = made_up.run({});
  paper::write_files(folder, result, {});
  paper::write_parts(folder, {{made_up.name, paper::part_of(made_up, result)}});
}

std::string differences(const std::filesystem::path& folder) {
  return paper::differences(folder, paper::read_parts(folder), made_up, made_up.run({}));
}

void replace_in(const std::filesystem::path& name, const std::string& old_text, const std::string& new_text) {
  std::ifstream in(name);
  std::string text{std::istreambuf_iterator<char>(in), {}};
  const auto at = text.find(old_text);
  REQUIRE(at != std::string::npos);
  std::ofstream(name) << text.replace(at, old_text.size(), new_text);
}

}  // namespace

TEST_CASE("a report that was just written does not differ") {
  const temporary_folder folder;
  write_report(folder.path);
  CHECK(differences(folder.path).empty());
}

TEST_CASE("one figure changed in the text is seen, with its line") {
  const temporary_folder folder;
  write_report(folder.path);
  replace_in(folder.path / "README.md", "0.1234", "0.1235");
  CHECK_THAT(
      differences(folder.path),
      Equals("README.md: 1 lines differ\n  report: The score is 0.1235.\n  now:    The score is 0.1234.\n"));
}

TEST_CASE("one figure changed in a CSV file is seen, and a file that is not there") {
  const temporary_folder folder;
  write_report(folder.path);
  const auto file = folder.path / "csv" / "made-up.csv";
  replace_in(file, "c,0.5", "c,0.6");
  CHECK_THAT(differences(folder.path),
             Equals("csv/made-up.csv: 1 lines differ\n  report: c,0.6\n  now:    c,0.5\n"));
  replace_in(file, "c,0.6", "c,0.5");
  CHECK(differences(folder.path).empty());
  std::filesystem::remove(file);
  CHECK_FALSE(differences(folder.path).empty());
}

TEST_CASE("an end of line lost at the end of a CSV file is seen") {
  const temporary_folder folder;
  write_report(folder.path);
  replace_in(folder.path / "csv" / "made-up.csv", "c,0.5\n", "c,0.5");
  CHECK_THAT(differences(folder.path),
             Equals("csv/made-up.csv: 1 lines differ\n  report: (no such line)\n  now:    \n"));
}

TEST_CASE("a part that is not in the report is seen") {
  const temporary_folder folder;
  CHECK_THAT(differences(folder.path), Equals("README.md: there is no part arcs\n"));
}

TEST_CASE("parts come back as they were written, in the order of the experiments") {
  const temporary_folder folder;
  const std::map<std::string, std::string> parts{{"arcs", "## Arcs\n\ntext\n"},
                                                 {"white-noise", "## Noise\n\n1\n"}};
  paper::write_parts(folder.path, parts);
  CHECK(paper::read_parts(folder.path) == parts);
  std::ifstream in(folder.path / "README.md");
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  CHECK(text.find("## Noise") < text.find("## Arcs"));
}
