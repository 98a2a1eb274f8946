"""Reference values for whole steps of quantization-aware training, from torch (its version is recorded).

usage: gen_qat.py OUT_DIR
Writes qat.json: a small network through steps of QAT with Adam, weight decay and a clipped gradient norm.
Fake quantization is torch's own: weights per output channel, symmetric, -127..127; activations per tensor,
0..255, in ranges of torch.ao's MovingAverageMinMaxObserver with its averaging constant of 0.01. Batch norms
are in training mode and not folded. Quantized are the images, each convolution behind its batch norm, each
ReLU, and what the classifier reads. The second case has a bound of the norm that is never reached.
"""
import json
import os
import sys

import torch
import torch.nn.functional as F
from torch.ao.quantization import MovingAverageMinMaxObserver

torch.manual_seed(7)
torch.set_num_threads(1)
CONSTANT, BATCH = 0.01, 8
LEARNING_RATES = [2e-3, 2e-3, 2e-4]


def batch(step):
    index = torch.arange(BATCH * 3 * 32 * 32, dtype=torch.int64)
    drawn = (31 * index * index + 17 * index + 1009 * step) % 8191
    images = ((drawn.double() / 4095.5 - 1) * (1 + 0.4 * step)).float()
    return images.reshape(BATCH, 32, 32, 3).permute(0, 3, 1, 2), (torch.arange(BATCH) * 3 + step) % 10


def numbers(tensor):
    """Nine digits, which give a float32 back."""
    return [float(f"{v:.9g}") for v in tensor.flatten().tolist()]


class StraightThrough(torch.autograd.Function):
    """torch's fake quantization; the gradient is one within the grid's own range and zero outside (Jacob et
    al. 2018). torch's own backward pass lets half a step more through on either side."""

    @staticmethod
    def forward(ctx, x, scale, zero):
        ctx.save_for_backward((x >= -zero * scale) & (x <= (255 - zero) * scale))
        return torch.fake_quantize_per_tensor_affine(x, scale, zero, 0, 255)

    @staticmethod
    def backward(ctx, gradient):
        (inside,) = ctx.saved_tensors
        return gradient * inside, None, None


class Network(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.a = torch.nn.Sequential(torch.nn.Conv2d(3, 4, 3, 2, 1, bias=False), torch.nn.BatchNorm2d(4))
        self.b = torch.nn.Sequential(torch.nn.Conv2d(4, 6, 3, 2, 1, bias=False), torch.nn.BatchNorm2d(6))
        self.classifier = torch.nn.Linear(6, 10)
        self.observers = {}

    def activation(self, name, x):
        observer = self.observers.setdefault(
            name, MovingAverageMinMaxObserver(averaging_constant=CONSTANT, dtype=torch.quint8)
        )
        observer(x.detach())
        scale, zero = observer.calculate_qparams()
        return StraightThrough.apply(x, scale.item(), int(zero.item()))

    @staticmethod
    def weight(w):
        scale = w.detach().abs().flatten(1).amax(1) / 127
        zero = torch.zeros(w.shape[0], dtype=torch.int32)
        return torch.fake_quantize_per_channel_affine(w, scale, zero, 0, -127, 127)

    def forward(self, x):
        x = self.activation("a.0.input", x)
        for name, layer in (("a", self.a), ("b", self.b)):
            y = F.conv2d(x, self.weight(layer[0].weight), None, 2, 1)
            y = self.activation(f"{name}.1", layer[1](y))
            x = self.activation(f"{name}.relu", torch.relu(y))
        x = self.activation("classifier.input", x.mean((2, 3)))
        return F.linear(x, self.weight(self.classifier.weight), self.classifier.bias)


def state_of(model):
    return {
        name: {"shape": list(t.shape), "values": numbers(t)}
        for name, t in model.state_dict().items()
        if not name.endswith("num_batches_tracked")
    }


def case(weight_decay, clip_norm):
    model = Network()
    with torch.no_grad():
        for layer in (model.a, model.b):
            layer[1].weight.add_(torch.rand_like(layer[1].weight))
            layer[1].bias.add_(0.3 * torch.randn_like(layer[1].bias))
    initial = state_of(model)
    optimizer = torch.optim.Adam(model.parameters(), lr=LEARNING_RATES[0], weight_decay=weight_decay)
    model.train()
    steps = []
    for step, rate in enumerate(LEARNING_RATES):
        images, labels = batch(step)
        optimizer.param_groups[0]["lr"] = rate
        optimizer.zero_grad()
        loss = F.cross_entropy(model(images), labels)
        loss.backward()
        norm = torch.nn.utils.clip_grad_norm_(model.parameters(), clip_norm)
        optimizer.step()
        names = {p: name for name, p in model.named_parameters()}
        moment = lambda key: {names[p]: numbers(s[key]) for p, s in optimizer.state.items()}
        steps.append({
            "learning_rate": rate,
            "loss": loss.item(),
            "gradient_norm": norm.item(),
            "ranges": {n: [min(o.min_val.item(), 0), max(o.max_val.item(), 0)] for n, o in model.observers.items()},
            "first_moment": moment("exp_avg"),
            "second_moment": moment("exp_avg_sq"),
            "state": {name: entry["values"] for name, entry in state_of(model).items()},
        })
    return {"weight_decay": weight_decay, "clip_norm": clip_norm, "initial": initial, "steps": steps}


document = {
    "producer": f"tests/golden/quantize/producer/gen_qat.py, torch {torch.__version__}",
    "batch": {
        "count": BATCH,
        "images": "(((31 i i + 17 i + 1009 step) mod 8191) / 4095.5 - 1) (1 + 0.4 step), i the flat index of [count, 32, 32, 3], step from 0",
        "labels": "(3 n + step) mod 10, n the image",
    },
    "cases": [case(0.05, 0.25), case(1e-4, 100.0)],
}
with open(os.path.join(sys.argv[1], "qat.json"), "w") as file:
    json.dump(document, file)
