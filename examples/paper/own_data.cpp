// SPDX-License-Identifier: MIT
#include "own_data.hpp"

#include <cstddef>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "../nngs/file_error.hpp"
#include "../nngs/matrix_file.hpp"
#include "words_and_images.hpp"

namespace paper {
namespace {

struct analogy_files {
  std::string vectors, words, questions;
  double fraction = 0.2;
};

section analogies_of_files(const analogy_files& files) {
  const auto questions = read_analogy_questions(files.questions);
  const word_vectors vectors = files.words.empty() ? read_glove(files.vectors, words_of(questions))
                                                   : read_vectors_and_words(files.vectors, files.words);
  return analogy_section(analogies_of(vectors, questions, files.fraction));
}

void add_analogies(CLI::App& program, const std::function<void(own_experiment)>& use) {
  const auto files = std::make_shared<analogy_files>();
  CLI::App* const command =
      program.add_subcommand("analogies-of", "NNGS against analogy accuracy, on your own word vectors");
  command
      ->add_option("vectors", files->vectors,
                   "text as GloVe writes it; with --words any matrix, such as .npy")
      ->required();
  command->add_option("--words", files->words, "the words of the matrix, one a line");
  command->add_option("--questions", files->questions, "questions-words.txt of word2vec, or the like")
      ->required();
  command->add_option("--fraction", files->fraction, "k as a share of the pairs of a category")
      ->capture_default_str();
  command->callback([files, use] { use([files](const settings&) { return analogies_of_files(*files); }); });
}

struct zero_shot_files {
  std::string images, labels, names;
  std::vector<std::string> prompts;
  Eigen::Index k = 3;
};

std::vector<std::string> names_of(const zero_shot_files& files) {
  if (!files.names.empty()) {
    std::vector<std::string> names = program::read_labels(files.names);
    if (names.size() != files.prompts.size())
      throw program::file_error(files.names, "has " + std::to_string(names.size()) + " names for " +
                                                 std::to_string(files.prompts.size()) + " files of prompts");
    return names;
  }
  std::vector<std::string> names;
  for (const std::string& file : files.prompts) names.push_back(std::filesystem::path(file).stem().string());
  return names;
}

section zero_shot_of_files(const zero_shot_files& files, program::progress_line* progress) {
  const embeddings images = read_embeddings(files.images);
  const std::vector<std::string> names = names_of(files);
  std::vector<prompt_set> templates;
  for (std::size_t i = 0; i < names.size(); ++i)
    templates.push_back({names[i], read_embeddings(files.prompts[i])});
  return zero_shot_section(
      zero_shot_of(images, read_class_labels(files.labels), templates, files.k, progress));
}

void add_zero_shot(CLI::App& program, const std::function<void(own_experiment)>& use) {
  const auto files = std::make_shared<zero_shot_files>();
  CLI::App* const command = program.add_subcommand(
      "zero-shot-of", "NNGS against zero-shot accuracy, on your own images and prompts");
  command->add_option("images", files->images, "a row each, such as .npy")->required();
  command->add_option("--labels", files->labels, "the class of each image, one a line, counted from 0")
      ->required();
  command->add_option("--prompts", files->prompts, "one file a template, a row for each class")->required();
  command->add_option("--names", files->names, "the templates, one a line; else the names of the files");
  command->add_option("-k,--k", files->k, "neighbours")->capture_default_str();
  command->callback([files, use] {
    use([files](const settings& chosen) { return zero_shot_of_files(*files, chosen.progress); });
  });
}

}  // namespace

void add_own_data_commands(CLI::App& program, const std::function<void(own_experiment)>& use) {
  add_analogies(program, use);
  add_zero_shot(program, use);
}

}  // namespace paper
