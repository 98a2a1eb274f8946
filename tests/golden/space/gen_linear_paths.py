"""Linear paths by depth-first search on the cell's string, which lists edges by target node; needs nothing.

usage: gen_linear_paths.py > linear_paths.json
The feature values of the 150 listed cells, and how many connected cells have how many linear paths.
"""
import json, math, sys
from collections import Counter

NAMES = ["skip_connect", "none", "nor_conv_3x3", "nor_conv_1x1", "avg_pool_3x3"]
CELLS = [110 + 103 * k for k in range(150)]


def graph(index):
    """Source node -> list of (target, operation), from the cell's number in base 5."""
    digits = [index // 5 ** (5 - k) % 5 for k in range(6)]
    into = {1: [], 2: [], 3: []}
    for (source, target), digit in zip([(0, 1), (0, 2), (0, 3), (1, 2), (1, 3), (2, 3)], digits):
        into[target].append((source, NAMES[digit]))
    out = {0: [], 1: [], 2: [], 3: []}
    for target, inputs in into.items():
        for source, name in inputs:
            out[source].append((target, name))
    return digits, out


def walk(out, node, names):
    """Every path from `node` to the output as the list of its operations."""
    if node == 3:
        yield names
    for target, name in out[node]:
        if name != "none":
            yield from walk(out, target, names + [name])


def row(index):
    digits, out = graph(index)
    every = list(walk(out, 0, []))
    linear = [p for p in every if set(p) <= {"skip_connect", "avg_pool_3x3"}]
    return {
        "cell_index": index, "tuple": digits, "connected": len(every) > 0,
        "linear_paths": len(linear),
        "skip_paths": sum(set(p) == {"skip_connect"} for p in linear),
        "input_gain": sum(math.sqrt(0.5) ** p.count("avg_pool_3x3") for p in linear),
    }


rows = [row(i) for i in range(5 ** 6)]
counts = Counter(r["linear_paths"] for r in rows if r["connected"])
json.dump({"producer": "tests/golden/space/gen_linear_paths.py, Python " + sys.version.split()[0],
           "connected_cells_by_linear_paths": {str(k): counts[k] for k in sorted(counts)},
           "rows": [rows[i] for i in CELLS]}, sys.stdout, indent=1)
print()
