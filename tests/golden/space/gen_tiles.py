"""Crossbar tiles counted by AIHWKit itself: the layers of a cell's network, converted. Needs aihwkit.

usage: gen_tiles.py > tiles.json
"""
import json, sys
import aihwkit
from aihwkit.nn.conversion import convert_to_analog
from aihwkit.simulator.configs import InferenceRPUConfig
from torch import nn


def network(cell, C, N):
    """The weight layers of the macro skeleton; what stands between them needs no tile."""
    conv = lambda i, o, k: nn.Conv2d(i, o, k, bias=False)
    layers, width = [conv(3, C, 3)], C
    for stage in range(3):
        if stage:
            layers += [conv(width, 2 * width, 3), conv(2 * width, 2 * width, 3), conv(width, 2 * width, 1)]
            width *= 2
        for op in cell * N:
            if op in (2, 3):
                layers.append(conv(width, width, 3 if op == 2 else 1))
    return nn.Sequential(*layers, nn.Linear(width, 10))


rows = []
for cell, C, N in [
    ((2,) * 6, 16, 5), ((2, 2, 0, 4, 2, 1), 16, 5), ((3,) * 6, 16, 5), ((0,) * 6, 16, 5),
    ((2, 3, 2, 0, 1, 2), 64, 1), ((2, 3, 2, 0, 1, 2), 200, 1), ((3, 3, 1, 1, 2, 4), 8, 2),
]:
    analog = convert_to_analog(network(cell, C, N), InferenceRPUConfig())
    rows.append({"cell": f"({','.join(map(str, cell))})", "channels": C, "cellsPerStage": N,
                 "tiles": len(list(analog.analog_tiles()))})
json.dump({"producer": f"tests/golden/space/gen_tiles.py, aihwkit {aihwkit.__version__}", "rows": rows}, sys.stdout, indent=1)
print()
