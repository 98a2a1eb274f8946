"""Reference values for optimizers and weight files, from torch and safetensors (versions are recorded).

usage: gen_train.py OUT_DIR      (with bench/pytorch on PYTHONPATH)
Writes train.json: three parameters through twelve steps of SGD (Nesterov, weight decay, a learning rate
that changes), of Adam (weight decay), and the clipping of a gradient's global norm; and pytorch_c4n1.safetensors:
the state of a small network, written by safetensors.torch with its num_batches_tracked, and its logits.
"""
import json
import os
import sys

import safetensors
import torch
from safetensors.torch import save_file

from nas_bench_201 import TinyNetwork

out = sys.argv[1]
torch.manual_seed(0)
torch.set_num_threads(1)
SHAPES = [[3], [2, 2], [1]]


def values(tensors):
    return [t.detach().flatten().tolist() for t in tensors]


def steps(make_optimizer, rates):
    parameters = [torch.nn.Parameter(torch.randn(shape)) for shape in SHAPES]
    initial, optimizer, trace = values(parameters), make_optimizer(parameters), []
    for rate in rates:
        gradients = [torch.randn(shape) for shape in SHAPES]
        for p, g in zip(parameters, gradients):
            p.grad = g.clone()
        optimizer.param_groups[0]["lr"] = rate
        optimizer.step()
        trace.append({"learning_rate": rate, "gradients": values(gradients), "parameters": values(parameters)})
    return {"shapes": SHAPES, "initial": initial, "steps": trace}


rates = [0.1, 0.1, 0.07, 0.05, 0.01, 0.01, 0.02, 0.02, 0.001, 0.001, 0.1, 0.1]
p = [torch.nn.Parameter(torch.zeros(shape)) for shape in SHAPES]
before = [torch.randn(shape) for shape in SHAPES]
clips = []
for maximum in (1.0, 100.0):
    for q, g in zip(p, before):
        q.grad = g.clone()
    torch.nn.utils.clip_grad_norm_(p, maximum)
    clips.append({"maximum": maximum, "after": values(q.grad for q in p)})
document = {
    "producer": f"tests/golden/train/producer/gen_train.py, torch {torch.__version__}",
    "sgd": steps(lambda p: torch.optim.SGD(p, lr=0.1, momentum=0.9, weight_decay=5e-4, nesterov=True), rates),
    "adam": steps(lambda p: torch.optim.Adam(p, lr=0.1, weight_decay=1e-4), rates),
    "clip": {"shapes": SHAPES, "before": values(before), "cases": clips},
}

cell = (2, 3, 0, 4, 2, 1)
model = TinyNetwork(cell, 4, 1)
images = torch.sin(torch.arange(8 * 3 * 32 * 32, dtype=torch.float64) * 0.37).float().reshape(8, 3, 32, 32)
model.train()
model(images)  # so that running statistics and num_batches_tracked are not the initial ones
model.eval()
state = {name: tensor.contiguous() for name, tensor in model.state_dict().items()}
save_file(state, os.path.join(out, "pytorch_c4n1.safetensors"))
document["weights"] = {
    "producer": f"safetensors {safetensors.__version__}",
    "file": "pytorch_c4n1.safetensors",
    "cell": cell,
    "channels": 4,
    "cells_per_stage": 1,
    "input": "x[i] = sin(0.37 i) over the flat index of [8, 3, 32, 32]",
    "logits": model(images).flatten().tolist(),
}
with open(os.path.join(out, "train.json"), "w") as file:
    json.dump(document, file)
