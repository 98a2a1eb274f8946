"""Writes the ONNX file of this folder with PyTorch: a network of NAS-Bench-201, trained in this workspace.

usage: PYTHONPATH=bench/pytorch python export_from_pytorch.py WEIGHTS CELL CHANNELS CELLS_PER_STAGE OUT_ONNX
The file here: data/measured/scale/units/200212-s0-longer/baseline.safetensors 200212 8 1 cell_200212.onnx
Written for torch 2.13.0 (CPU build), onnx 1.23.2, safetensors.

The weights were trained here (12 epochs, seed 0: the unit's unit.json says how); what PyTorch does is to build the
network, to take them in by name, and to write the graph. The batch norms are kept as nodes of their own, so that
hardware-aware training can go on with them.
"""
import sys

import torch
from nas_bench_201 import TinyNetwork
from safetensors.torch import load_file

weights, cell, channels, cells_per_stage, out = sys.argv[1:]
model = TinyNetwork([int(digit) for digit in cell], int(channels), int(cells_per_stage))
model.load_state_dict(load_file(weights), strict=False)
missing = set(model.state_dict()) - set(load_file(weights))
assert all(name.endswith("num_batches_tracked") for name in missing), missing
model.eval()
torch.onnx.export(
    model,
    (torch.zeros(1, 3, 32, 32),),
    out,
    dynamo=False,
    opset_version=17,
    training=torch.onnx.TrainingMode.PRESERVE,
    do_constant_folding=False,
    input_names=["images"],
    output_names=["logits"],
    dynamic_axes={"images": {0: "batch"}, "logits": {0: "batch"}},
)
