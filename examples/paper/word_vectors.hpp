// SPDX-License-Identifier: MIT
#ifndef NNGS_EXAMPLES_PAPER_WORD_VECTORS_HPP
#define NNGS_EXAMPLES_PAPER_WORD_VECTORS_HPP

#include <Eigen/Core>
#include <nngs/points.hpp>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

namespace paper {

/// Vectors found by their words.
class word_vectors {
 public:
  /// One row a word; of a word that comes twice the first row counts.
  word_vectors(const std::vector<std::string>& words, nngs::row_major<double> values);

  bool has(const std::string& word) const { return row_of_.contains(word); }
  Eigen::Index dimensions() const { return values_.cols(); }
  Eigen::Index size() const { return static_cast<Eigen::Index>(row_of_.size()); }

  /// The vectors of these words, a row each: all must be there.
  nngs::row_major<double> of(const std::vector<std::string>& words) const;

 private:
  nngs::row_major<double> values_;
  std::unordered_map<std::string, Eigen::Index> row_of_;
};

/// Reads the vectors of the wanted words from text as GloVe and word2vec write it: a word and its numbers a
/// line. Lines of other words are passed over unread, so a file of any size costs no memory. Throws
/// program::file_error, which names the line.
word_vectors read_glove(const std::string& path, const std::set<std::string>& wanted);

/// Reads a matrix (.npy, say) and the words of its rows, one a line of the other file. Throws
/// program::file_error.
word_vectors read_vectors_and_words(const std::string& matrix_path, const std::string& words_path);

}  // namespace paper

#endif
