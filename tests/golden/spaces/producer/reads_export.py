"""Takes a network that this workspace exported into the PyTorch model of its space, by the names of its state.

usage: reads_export.py SPACE ENTRY_JSON WEIGHTS IMAGES_F32 OUT
ENTRY_JSON describes the network as an entry of ../<space>.json does. Loads WEIGHTS strictly (but for
num_batches_tracked, which nothing reads), prints the logits of IMAGES_F32 ([n, 3, 32, 32]) as JSON, and writes the
state back to OUT. Needs torch 2.13, safetensors, and for darts xautodl 1.0.0.
"""
import importlib
import json
import sys

import numpy as np
import torch
from common import logits_of
from safetensors.torch import load_file, save_file

space, entry, weights, images, out = sys.argv[1:]
e, generator = json.loads(entry), importlib.import_module(f"gen_{space}")
make = {
    "resnet": lambda: generator.ResNet(e["blocks"], e["widths"], e["shortcut"], e["kernels"]),
    "analognas": lambda: generator.Net(e["out_channel0"], e["groups"], e["variant"]),
    "darts": lambda: generator.build((e["normal"], e["reduce"]), e["C"], e["N"]),
}[space]
model = make()
missing, unexpected = model.load_state_dict(load_file(weights), strict=False)
assert not unexpected and all("num_batches_tracked" in name for name in missing), (missing, unexpected)
model.eval()
with torch.no_grad():
    x = torch.from_numpy(np.fromfile(images, dtype="<f4").reshape(-1, 3, 32, 32))
    print(json.dumps(logits_of(model(x)).flatten().tolist()))
save_file(model.state_dict(), out)
