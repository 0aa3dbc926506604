// SPDX-License-Identifier: MIT
#include "data_files.hpp"
#include "words_and_images.hpp"

namespace paper {
namespace {

constexpr const char* about =
    R"(The 14 categories of `questions-words.txt`, with GloVe 6B vectors of 100 dimensions (Euclidean, k =
floor(0.2 n)). A category is its word pairs (a, b), each word counted where it first comes; X holds the
vectors of the first words, Y those of the second. *Accuracy* is counted as the paper's code counts it:
for each two pairs (a, b) and (c, d), is d the second word with the greatest cosine to a - b + c?
Analogies are mostly asked the other way, with b - a + c and the words of the question no answers (Mikolov
et al. 2013): *usual accuracy*.
)";

constexpr const char* conclusion = R"(
The paper's own numbers are of 300 dimensions, whose vectors are not at hand; its Pearson correlation lies
within the interval of ours. To reproduce them get `glove.6B.300d.txt` (glove.6B.zip, 862 MB,
nlp.stanford.edu/projects/glove) and run

    nngs_paper analogies-of glove.6B.300d.txt --questions questions-words.txt

**What chance, z and debiasing change.** The adjusted score ranks the categories as NNGS does, since
chance is nearly the same in all of them at k = 0.2 n; it changes what a number means: half of the lowest
NNGS is chance. z grows with the number of pairs, so the largest category leads by far: it measures the
evidence for any likeness, which is ample everywhere, not the likeness, and has the lowest Pearson
correlation with accuracy. CKA needs the correction most: with fewer pairs than dimensions unrelated data
would score far above 0 (its column of chance), and less so for the largest category. Debiased CKA goes
with accuracy a little better than the published CKA does.

**How much 14 categories tell.** Little: the intervals overlap, so these data do not say whether NNGS or
CKA goes better with accuracy, and the order depends on how analogies are asked. By the paper's question
NNGS has the greater Pearson and CKA the greater Spearman correlation; by the usual question CKA has the
greater of both.
)";

}  // namespace

section analogies(const settings& chosen) {
  const auto needed = [&](const char* name) {
    return data_file(chosen.data, name,
                     "examples/paper/get_data.py FOLDER gets it, and --data FOLDER names it");
  };
  const auto questions = read_analogy_questions(needed("questions-words.txt"));
  const auto vectors =
      read_vectors_and_words(needed("analogy_glove100.npy"), needed("analogy_glove100_words.txt"));
  section result = analogy_section(analogies_of(vectors, questions));
  result.text = about + result.text + conclusion;
  return result;
}

}  // namespace paper
