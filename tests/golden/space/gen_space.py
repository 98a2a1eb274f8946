"""Reference values for src/space, from a second implementation. Needs Python 3.11 alone.

usage: gen_space.py > space.json

Isomorphism is decided by NATS-Bench's rule over explicit graphs read from the NAS-Bench-201 string;
shape comes from breadth-first walks over live edges, not from a table of paths.
"""
import hashlib, itertools, json, sys

OPS = ["skip_connect", "none", "nor_conv_3x3", "nor_conv_1x1", "avg_pool_3x3"]


def arch_str(t):
    e = [OPS[i] for i in t]
    return f"|{e[0]}~0|+|{e[1]}~0|{e[3]}~1|+|{e[2]}~0|{e[4]}~1|{e[5]}~2|"


def graph(s):
    """[(source, target, operation)] from the string."""
    return [
        (int(part.split("~")[1]), target + 1, part.split("~")[0])
        for target, group in enumerate(s.split("+"))
        for part in group.strip("|").split("|")
    ]


def canonical(edges, none_collapses):
    memo = {0: "0"}

    def text(node):
        if node not in memo:
            terms = []
            for source, target, op in edges:
                if target == node:
                    inner = text(source)
                    if none_collapses and (op == "none" or inner == "#"):
                        terms.append("#")
                    else:
                        terms.append(inner if op == "skip_connect" else f"({inner})@{op}")
            memo[node] = "+".join(sorted(terms))
        return memo[node]

    return text(3)


def reach(edges, start):
    seen, todo = {start}, [start]
    while todo:
        node = todo.pop()
        for a, b in edges:
            if a == node and b not in seen:
                seen.add(b)
                todo.append(b)
    return seen


def shape(edges):
    present = [(s, t, op) for s, t, op in edges if op != "none"]
    forward = reach([(s, t) for s, t, _ in present], 0)
    backward = reach([(t, s) for s, t, _ in present], 3)
    live = [(s, t, op) for s, t, op in present if s in forward and t in backward]
    if 3 not in forward:
        live = []
    longest, ways = {0: 0}, {0: 1}
    for node in (1, 2, 3):
        into = [(s, op) for s, t, op in live if t == node]
        if into:
            longest[node] = max(longest[s] + (op != "skip_connect") for s, op in into)
            ways[node] = sum(ways[s] for s, _ in into)
    cuts = [sum(s in left and t not in left for s, t, _ in live) for left in ({0}, {0, 1}, {0, 1, 2})]
    return {
        "connected": bool(live),
        "depth": longest.get(3, 0),
        "width": max(cuts),
        "paths": ways.get(3, 0),
        "in": [sum(t == n for _, t, _ in live) for n in range(4)],
        "out": [sum(s == n for s, _, _ in live) for n in range(4)],
    }


def class_digest(strings):
    numbers = {}
    ids = [numbers.setdefault(s, len(numbers)) for s in strings]
    return len(numbers), hashlib.sha256(",".join(map(str, ids)).encode()).hexdigest()


def split(size, limit=512):
    pieces = -(-size // limit)
    return [size // pieces + (i < size % pieces) for i in range(pieces)]


def tiles(t, C, N):
    """Crossbars by walking every layer of the network, one by one."""
    layers, width = [(27, C)], C
    for stage in range(3):
        if stage:
            layers += [(9 * width, 2 * width), (9 * 2 * width, 2 * width), (width, 2 * width)]
            width *= 2
        for _ in range(N):
            for op in t:
                if op == 2:
                    layers.append((9 * width, width))
                if op == 3:
                    layers.append((width, width))
    layers.append((width, 10))
    return sum(len(split(i)) * len(split(o)) for i, o in layers)


cells = list(itertools.product(range(5), repeat=6))
graphs = [graph(arch_str(t)) for t in cells]
shapes = [shape(g) for g in graphs]
with_none = class_digest([canonical(g, True) for g in graphs])
skip_only = class_digest([canonical(g, False) for g in graphs])


def histogram(key):
    values = [s[key] for s in shapes]
    return {str(v): values.count(v) for v in sorted(set(values))}


picked = [0, 1, 62, 781, 1234, 3906, 7812, 8846, 9843, 11111, 12345, 15000, 15624]
json.dump(
    {
        "producer": "tests/golden/space/gen_space.py, Python " + sys.version.split()[0],
        "note": "class digests are SHA-256 of the class numbers by cell_index, joined by commas",
        "classes": {"skip_and_none": with_none[0], "skip": skip_only[0]},
        "class_digest": {"skip_and_none": with_none[1], "skip": skip_only[1]},
        "arch_str_digest": hashlib.sha256("\n".join(map(arch_str, cells)).encode()).hexdigest(),
        "shape_digest": hashlib.sha256(
            "\n".join(
                f"{s['depth']} {s['width']} {s['paths']} {s['in']} {s['out']}".replace(", ", ",")
                for s in shapes
            ).encode()
        ).hexdigest(),
        "disconnected": sum(not s["connected"] for s in shapes),
        "histogram": {key: histogram(key) for key in ("depth", "width", "paths")},
        "cells": [
            {"cell_index": i, "tuple": cells[i], "arch_str": arch_str(cells[i]), **shapes[i],
             "tiles": {f"C{C}N{N}": tiles(cells[i], C, N) for C, N in ((4, 1), (16, 5), (64, 3), (200, 2))}}
            for i in picked
        ],
    },
    sys.stdout, indent=1,
)
print()
