"""usage: pytorch_reads.py WEIGHTS IMAGES_F32 CELL CHANNELS CELLS_PER_STAGE OUT (bench/pytorch on PYTHONPATH)

Loads WEIGHTS strictly into the network and prints its logits of IMAGES_F32 ([n, 3, 32, 32]) as JSON; then writes
the state back to OUT with safetensors.torch.
"""
import json
import sys

import numpy as np
import torch
from safetensors.torch import load_file, save_file

from nas_bench_201 import TinyNetwork

weights, images, cell, channels, cells_per_stage, out = sys.argv[1:]
model = TinyNetwork([int(digit) for digit in cell], int(channels), int(cells_per_stage))
model.load_state_dict(load_file(weights), strict=True)
model.eval()
x = torch.from_numpy(np.fromfile(images, dtype="<f4").reshape(-1, 3, 32, 32))
with torch.no_grad():
    print(json.dumps(model(x).flatten().tolist()))
save_file(model.state_dict(), out)
