#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Holds the direction of the library's includes: base <- ground <- search and cka, which do not know each other, <- the
public headers. Counting knows no matrix and no metric. usage: include_direction.py FOLDER_OF_HEADERS"""
import pathlib
import re
import sys

# Headers that are a room of their own or belong to another than their folder.
ROOMS = {
    "version.hpp": "foundation",
    "error.hpp": "foundation",
    "metric.hpp": "ground",
    "points.hpp": "ground",
    "tie_order.hpp": "ground",
    "executor.hpp": "executor",
    "detail/search/neighbor_lists.hpp": "lists",  # what a search hands over: numbers alone
    "tally.hpp": "counting",
    "detail/overlap_counter.hpp": "counting",
    "cka_result.hpp": "cka",
    "cka.hpp": "cka.hpp",
    "cka_matrix.hpp": "cka.hpp",
    "nngs.hpp": "nngs.hpp",
}

# What a room may include, itself aside. Everybody may include the foundation.
MAY_INCLUDE = {
    "foundation": set(),
    "base": set(),
    "executor": {"base"},
    "ground": {"base", "executor"},
    "lists": {"base"},
    "search": {"base", "executor", "ground", "lists"},
    "cka": {"base", "executor", "ground"},
    "cka.hpp": {"base", "executor", "ground", "cka"},
    "public": {"base", "executor", "ground", "lists", "search", "public", "counting"},
    "counting": {"base", "executor", "lists", "public"},
    "nngs.hpp": {"executor", "ground", "public", "counting", "cka", "cka.hpp"},
}

# What must not be reached by any number of steps.
NEVER_REACHES = {
    "cka.hpp": {"lists", "search", "public", "counting"},
    "counting": {"ground", "search", "cka", "cka.hpp"},
}


def room(header):
    if header in ROOMS:
        return ROOMS[header]
    folder = re.match(r"detail/(base|search|cka)/", header)
    return folder.group(1) if folder else "public"  # what else is in detail/ belongs to the public headers


def read_includes(folder):
    return {
        str(path.relative_to(folder)): re.findall(r'^\s*#\s*include\s*["<]nngs/([^">]+)[">]', path.read_text(), re.M)
        for path in sorted(folder.rglob("*.hpp"))
    }


def reached(includes, header):
    seen, left = set(), [header]
    while left:
        for one in includes[left.pop()]:
            if one not in seen:
                seen.add(one)
                left.append(one)
    return seen


def complaints(includes):
    for header, included in includes.items():
        here = room(header)
        for other in included:
            if other not in includes:
                yield f"{header} includes {other}, which is not there"
            elif other == header or room(other) not in MAY_INCLUDE[here] | {here, "foundation"}:
                yield f"{header} ({here}) includes {other} ({room(other)})"
    if all(other in includes for included in includes.values() for other in included):
        for header in includes:
            for other in sorted(reached(includes, header)):
                if room(other) in NEVER_REACHES.get(room(header), ()):
                    yield f"{header} reaches {other} ({room(other)})"


def main():
    includes = read_includes(pathlib.Path(sys.argv[1]) / "nngs")
    found = list(complaints(includes))
    for complaint in found:
        print(complaint)
    # Each of these would be wrong, and has to be noticed.
    for header, other in [
        ("version.hpp", "detail/base/check.hpp"),
        ("detail/base/check.hpp", "metric.hpp"),
        ("metric.hpp", "detail/search/input.hpp"),
        ("points.hpp", "neighbor_graph.hpp"),
        ("detail/search/input.hpp", "detail/cka/panels.hpp"),
        ("detail/search/input.hpp", "neighbor_graph.hpp"),
        ("detail/cka/panels.hpp", "detail/search/input.hpp"),
        ("cka.hpp", "neighbor_graph.hpp"),
        ("similarity.hpp", "cka.hpp"),
        ("similarity.hpp", "nngs.hpp"),
        ("tally.hpp", "metric.hpp"),
        ("neighbor_graph.hpp", "metric.hpp"),  # which tally.hpp would reach
        ("tally.hpp", "not_there.hpp"),
    ]:
        broken = dict(includes)
        broken[header] = includes[header] + [other]
        if not any(complaints(broken)):
            found.append(other)
            print(f"not noticed: {header} includes {other}")
    print(f"{len(includes)} headers, {len(found)} complaints")
    return 1 if found or not includes else 0


if __name__ == "__main__":
    sys.exit(main())
