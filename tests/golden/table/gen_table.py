"""Reference values for src/table, read from the published pickle by Python itself. Needs numpy.

usage: gen_table.py data.anb > table.json     (data.anb of the wheel analog-nasbench==0.1.3)
"""
import hashlib, json, pickle, sys
import numpy as np


class Reader(pickle.Unpickler):
    def find_class(self, module, name):
        if module != "analognasbench.data":
            raise pickle.UnpicklingError(f"{module}.{name}")
        return type(name, (), {})


path = sys.argv[1]
blob = open(path, "rb").read()
table = Reader(open(path, "rb")).load()
cells = sorted(table)
assert len(cells) == 5**6
TIMES = {"60s": 60, "1h": 3600, "1d": 86400, "30d": 2592000}
columns = {
    "baseline": ("baseline_accuracy",), "ptq": ("ptq_accuracy",), "qat": ("qat_accuracy",),
    "noisy": ("noisy_accuracy",), "hwt": ("analog_accuracy",),
}
for ours, theirs in (("noisy", "baseline"), ("hwt", "analog")):
    for label, t in TIMES.items():
        columns[f"{ours}@{label}"] = (f"{theirs}_drift_{t}",)


def values(name):
    attribute = columns[name][0]
    objects = [getattr(table[c], attribute) for c in cells]
    if "@" not in name:
        return np.array(objects, "<f8"), None
    return np.array([o.value for o in objects], "<f8"), np.array([o.uncertainty for o in objects], "<f8")


def parameters(t, C=16, N=5):
    """Trainable numbers, layer by layer."""
    total, c = 27 * C + 2 * C, C
    for stage in range(3):
        if stage:
            total += 9 * c * 2 * c + 4 * c + 9 * 4 * c * c + 4 * c + c * 2 * c
            c *= 2
        for op in t * N:
            total += {2: 9 * c * c + 2 * c, 3: c * c + 2 * c}.get(op, 0)
    return total + 2 * c + 10 * c + 10


data = {name: values(name) for name in columns}
index = {c: i for i, c in enumerate(cells)}
size = np.array([parameters(c) for c in cells])


def best(name, top, allowed):
    accuracy = data[name][0]
    order = sorted((i for i in range(len(cells)) if allowed[i]), key=lambda i: (-accuracy[i], i))
    return [[i, accuracy[i]] for i in order[:top]]


digest = lambda a: hashlib.sha256(a.astype("<f8").tobytes()).hexdigest()
picked = [(0,) * 6, (0, 0, 0, 4, 3, 2), (2, 2, 0, 4, 2, 1), (1,) * 6, (3, 0, 3, 3, 3, 3), (4,) * 6]
json.dump(
    {
        "producer": f"tests/golden/table/gen_table.py, numpy {np.__version__}",
        "data_anb_sha256": hashlib.sha256(blob).hexdigest(),
        "note": "digests: SHA-256 over 15,625 little-endian doubles by cell_index",
        "metrics": {
            n: {"accuracy_digest": digest(a), "sd_digest": None if s is None else digest(s)}
            for n, (a, s) in data.items()
        },
        "cells": [
            {"cell_index": index[c], "tuple": c,
             "accuracy_pct": {n: a[index[c]] for n, (a, _) in data.items()},
             "accuracy_sd_pct": {n: s[index[c]] for n, (_, s) in data.items() if s is not None}}
            for c in picked
        ],
        "best": {
            "hwt@1d": best("hwt@1d", 10, size > 0),
            "hwt@1d, at most 500000 parameters": best("hwt@1d", 10, size <= 500000),
            "noisy@30d, baseline at least 92": best("noisy@30d", 5, data["baseline"][0] >= 92),
        },
    },
    sys.stdout, indent=1,
)
print()
