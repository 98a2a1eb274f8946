"""The training run of `deno task train` in PyTorch: same network, recipe, images and epochs.

usage: train.py CIFAR10_BIN OUT_JSON CELL CHANNELS CELLS_PER_STAGE EPOCHS SEED [THREADS]
CIFAR10_BIN is `.cache/cifar10/cifar10.bin` (60,000 labels, then the pixels); CELL is six digits.
Trains on all 50,000 images; writes the curve, and the test accuracy with and without the published script's
augmentation of the test images.
"""
import json
import sys
import time

import numpy as np
import torch
from torch.nn.functional import cross_entropy, pad

from nas_bench_201 import TinyNetwork

path, out = sys.argv[1:3]
cell = [int(digit) for digit in sys.argv[3]]
channels, cells_per_stage, epochs, seed = map(int, sys.argv[4:8])
torch.set_num_threads(int(sys.argv[8]) if len(sys.argv) > 8 else 2)
torch.manual_seed(seed)

data = np.fromfile(path, dtype=np.uint8)
labels = torch.from_numpy(data[:60_000].astype(np.int64))
pixels = torch.from_numpy(data[60_000:].reshape(60_000, 32, 32, 3)).permute(0, 3, 1, 2).contiguous()
mean = torch.tensor([0.4914, 0.4822, 0.4465]).view(1, 3, 1, 1)
sd = torch.tensor([0.2470, 0.2435, 0.2616]).view(1, 3, 1, 1)


def normalised(x):
    return ((x.float() / 255 - mean) / sd).contiguous(memory_format=torch.channels_last)


def augmented(x):
    """Crop after four zero pixels of padding, flip with chance 0.5; each image for itself."""
    padded, out = pad(x, (4, 4, 4, 4)), torch.empty_like(x)
    places, flips = torch.randint(0, 9, (len(x), 2)), torch.rand(len(x)) < 0.5
    for i, ((dy, dx), flip) in enumerate(zip(places.tolist(), flips.tolist())):
        window = padded[i, :, dy : dy + 32, dx : dx + 32]
        out[i] = window.flip(2) if flip else window
    return out


model = TinyNetwork(cell, channels, cells_per_stage).to(memory_format=torch.channels_last)
optimizer = torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.9, weight_decay=5e-4, nesterov=True)
schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, T_max=epochs)


def test_accuracy(transform):
    model.eval()
    with torch.no_grad():
        right = sum(
            (model(normalised(transform(pixels[i : i + 250]))).argmax(1) == labels[i : i + 250]).sum().item()
            for i in range(50_000, 60_000, 250)
        )
    return right / 100


curve = []
for epoch in range(epochs):
    model.train()
    start, order, total, right = time.perf_counter(), torch.randperm(50_000), 0.0, 0
    for i in range(0, 50_000, 256):
        index = order[i : i + 256]
        logits = model(normalised(augmented(pixels[index])))
        loss = cross_entropy(logits, labels[index])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        total += loss.item() * len(index)
        right += (logits.argmax(1) == labels[index]).sum().item()
    record = {
        "epoch": epoch + 1,
        "loss": total / 50_000,
        "train_accuracy_pct": right / 500,
        "learning_rate": schedule.get_last_lr()[0],
        "seconds": time.perf_counter() - start,
    }
    schedule.step()
    curve.append(record)
    print(record, flush=True)

result = {
    "producer": f"bench/pytorch/train.py, torch {torch.__version__}",
    "cell": cell,
    "channels": channels,
    "cells_per_stage": cells_per_stage,
    "epochs": epochs,
    "seed": seed,
    "test_accuracy_pct": test_accuracy(lambda x: x),
    "augmented_test_accuracy_pct": test_accuracy(augmented),
    "seconds": sum(record["seconds"] for record in curve),
    "curve": curve,
}
with open(out, "w") as file:
    json.dump(result, file, indent=1)
print(result["test_accuracy_pct"], result["augmented_test_accuracy_pct"])
