"""Accuracy by number of linear paths, and the contrast at equal live operation counts, from the published wheel.

Shares no code with the workspace: reads the pickle itself and searches each cell's graph. Standard library only.

    pip download analog-nasbench==0.1.3 --no-deps && unzip analog_nasbench-0.1.3-py3-none-any.whl
    python gen_linear_paths.py analognasbench/data.anb > ../linear_paths.json

"collapsed": noisy accuracy of at most 15 %. Contrast: two or more linear paths less one or none, within
strata of equal numbers of live 3x3, 1x1, skip and pooling edges that hold both kinds; strata weigh as their
smaller side. Connected cells only.
"""
import io, json, pickle, sys
from collections import Counter, defaultdict
from statistics import mean, median

EDGES = [(0, 1), (0, 2), (0, 3), (1, 2), (1, 3), (2, 3)]
NONE, LINEAR = 1, {0, 4}


class Record:
    def __setstate__(self, state):
        self.__dict__.update(state)


class Reader(pickle.Unpickler):
    def find_class(self, module, name):
        if module.split(".")[0] in ("analognasbench", "__main__", "data"):
            return Record
        raise pickle.UnpicklingError(f"{module}.{name}")


def walk(cell, node=0, edges=()):
    if node == 3:
        yield edges
    for e, (source, target) in enumerate(EDGES):
        if source == node and cell[e] != NONE:
            yield from walk(cell, target, edges + (e,))


def outcomes(record):
    r = record.__dict__
    drift = lambda t: r[f"analog_drift_{t}"].__dict__["value"]
    return {"baseline": r["baseline_accuracy"], "noisy": r["noisy_accuracy"], "hwt": r["analog_accuracy"],
            "hwt@1d": drift(86400), "hwt@30d": drift(2592000), "drift_drop.hwt": drift(60) - drift(2592000)}


with open(sys.argv[1], "rb") as f:
    table = Reader(io.BytesIO(f.read())).load()
groups, strata = defaultdict(list), defaultdict(lambda: ([], []))
for cell, record in table.items():
    paths = list(walk(cell))
    if not paths:
        continue
    linear = sum(all(cell[e] in LINEAR for e in p) for p in paths)
    live = {e for p in paths for e in p}
    counts = Counter(cell[e] for e in live)
    y = outcomes(record)
    groups[linear].append(y)
    strata[tuple(counts[o] for o in (2, 3, 0, 4))][linear >= 2].append(y)

both = [(few, many) for few, many in strata.values() if few and many]
weights = [min(len(few), len(many)) for few, many in both]


def contrast(outcome):
    differences = [mean(y[outcome] for y in many) - mean(y[outcome] for y in few) for few, many in both]
    return sum(w * d for w, d in zip(weights, differences)) / sum(weights)


names = list(next(iter(groups.values()))[0])
able = {n: [y for y in ys if y["baseline"] > 88] for n, ys in sorted(groups.items())}
json.dump({
    "producer": "tests/golden/analyse/producer/gen_linear_paths.py, Python " + sys.version.split()[0],
    "above_88": {str(n): {"cells": len(ys), "collapsed": mean(y["noisy"] <= 15 for y in ys),
                          "median": {o: median(y[o] for y in ys) for o in names}}
                 for n, ys in able.items() if ys},
    "contrast": {"strata": len(both), "cells_many": sum(len(many) for _, many in both),
                 "mean": {o: contrast(o) for o in names}},
}, sys.stdout, indent=1)
print()
