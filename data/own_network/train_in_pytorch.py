"""Defines and trains the network of this folder in PyTorch, on CIFAR-10, and exports it to ONNX.

It stands for a user's own script: nothing of this workspace is in it, but for the images, whose file is at hand here.

usage: python train_in_pytorch.py CIFAR10_BIN OUT_ONNX [EPOCHS] [SEED]
CIFAR10_BIN is `.cache/cifar10/cifar10.bin` (60,000 labels, then the pixels), which `deno task data:cifar10` fills.
The file here: python train_in_pytorch.py ../../.cache/cifar10/cifar10.bin small_cnn.onnx
Written for torch 2.13.0 (CPU build) and onnx 1.23.2; one thread, two core-minutes. Prints loss and test accuracy of each
epoch; the run of the file here ended at a loss of 0.656 and 77.75 % of all 10,000 test images.
"""
import sys
import time

import numpy as np
import torch
from torch import nn
from torch.nn.functional import cross_entropy, pad

path, out = sys.argv[1:3]
epochs, seed = int(sys.argv[3]) if len(sys.argv) > 3 else 8, int(sys.argv[4]) if len(sys.argv) > 4 else 0
torch.set_num_threads(1)
torch.manual_seed(seed)

data = np.fromfile(path, dtype=np.uint8)
labels = torch.from_numpy(data[:60_000].astype(np.int64))
pixels = torch.from_numpy(data[60_000:].reshape(60_000, 32, 32, 3)).permute(0, 3, 1, 2).contiguous()
mean = torch.tensor([0.4914, 0.4822, 0.4465]).view(1, 3, 1, 1)
sd = torch.tensor([0.2470, 0.2435, 0.2616]).view(1, 3, 1, 1)


class SmallCnn(nn.Module):
    """Three convolutions, max pooling behind the first two, and a residual one: 40,378 parameters with the batch norms."""

    def __init__(self):
        super().__init__()
        self.conv1, self.norm1 = nn.Conv2d(3, 16, 3, padding=1, bias=False), nn.BatchNorm2d(16)
        self.conv2, self.norm2 = nn.Conv2d(16, 32, 3, padding=1, bias=False), nn.BatchNorm2d(32)
        self.conv3, self.norm3 = nn.Conv2d(32, 48, 3, padding=1, bias=False), nn.BatchNorm2d(48)
        self.conv4, self.norm4 = nn.Conv2d(48, 48, 3, padding=1, bias=False), nn.BatchNorm2d(48)
        self.pool, self.fc = nn.MaxPool2d(2), nn.Linear(48, 10)

    def forward(self, x):
        x = self.pool(torch.relu(self.norm1(self.conv1(x))))
        x = self.pool(torch.relu(self.norm2(self.conv2(x))))
        x = torch.relu(self.norm3(self.conv3(x)))
        x = torch.relu(x + self.norm4(self.conv4(x)))
        return self.fc(x.mean((2, 3)))


def normalised(x):
    return ((x.float() / 255 - mean) / sd).contiguous(memory_format=torch.channels_last)


def augmented(x):
    """Each image cropped after four zero pixels of padding, and flipped with chance 0.5."""
    padded, places = pad(x, (4, 4, 4, 4)), torch.randint(0, 9, (2, len(x), 1))
    rows, columns = places[0] + torch.arange(32), places[1] + torch.arange(32)
    flipped = torch.rand(len(x), 1) < 0.5
    columns = torch.where(flipped, columns.flip(1), columns)
    image = torch.arange(len(x)).view(-1, 1, 1)
    return padded[image, :, rows[:, :, None], columns[:, None, :]].permute(0, 3, 1, 2)


def test_accuracy(model):
    model.eval()
    with torch.no_grad():
        right = sum(
            (model(normalised(pixels[i : i + 500])).argmax(1) == labels[i : i + 500]).sum().item()
            for i in range(50_000, 60_000, 500)
        )
    return right / 100


model = SmallCnn().to(memory_format=torch.channels_last)
batch_size = 128
batches = 50_000 // batch_size
optimizer = torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.9, weight_decay=5e-4, nesterov=True)
schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 0.2, total_steps=epochs * batches)
print(sum(parameter.numel() for parameter in model.parameters()), "parameters")
for epoch in range(1, epochs + 1):
    started, total = time.process_time(), 0.0
    model.train()
    for batch in torch.randperm(50_000)[: batches * batch_size].split(batch_size):
        loss = cross_entropy(model(normalised(augmented(pixels[batch]))), labels[batch])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        schedule.step()
        total += loss.item()
    seconds = time.process_time() - started
    print(f"epoch {epoch}: loss {total / batches:.3f}, {test_accuracy(model):.2f} % of the test images, "
          f"{seconds:.0f} core-seconds", flush=True)

model.eval()
torch.onnx.export(
    model.to(memory_format=torch.contiguous_format),
    (torch.zeros(1, 3, 32, 32),),
    out,
    dynamo=False,
    opset_version=17,
    # The batch norms stay nodes of their own, so that training on crossbars can go on with them.
    training=torch.onnx.TrainingMode.PRESERVE,
    do_constant_folding=False,
    input_names=["images"],
    output_names=["logits"],
    dynamic_axes={"images": {0: "batch"}, "logits": {0: "batch"}},
)
