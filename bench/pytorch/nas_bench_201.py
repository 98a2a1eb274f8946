"""The network of a NAS-Bench-201 cell in plain PyTorch, with the state names of xautodl's `TinyNetwork`.

Written for comparisons: what this workspace exports must load here, and the same recipe must reach the same
accuracy. The edges of a cell are numbered in the order of the NAS-Bench-201 string, by target node.
"""
import torch
from torch import nn

EDGES = [(0, 1), (0, 2), (1, 2), (0, 3), (1, 3), (2, 3)]  # order of the string
TUPLE_PLACE = [0, 1, 3, 2, 4, 5]  # place of each in the published tuple, which goes by source node


class ReLUConvBN(nn.Module):
    def __init__(self, c_in, c_out, kernel, stride=1):
        super().__init__()
        conv = nn.Conv2d(c_in, c_out, kernel, stride, padding=kernel // 2, bias=False)
        self.op = nn.Sequential(nn.ReLU(), conv, nn.BatchNorm2d(c_out))

    def forward(self, x):
        return self.op(x)


class Zero(nn.Module):
    def forward(self, x):
        return x * 0.0


def operation(number, channels):
    return [
        nn.Identity,
        Zero,
        lambda: ReLUConvBN(channels, channels, 3),
        lambda: ReLUConvBN(channels, channels, 1),
        lambda: nn.AvgPool2d(3, stride=1, padding=1, count_include_pad=False),
    ][number]()


class Cell(nn.Module):
    def __init__(self, cell, channels):
        super().__init__()
        self.layers = nn.ModuleList(operation(cell[place], channels) for place in TUPLE_PLACE)

    def forward(self, x):
        nodes = [x]
        for target in (1, 2, 3):
            incoming = [(layer, s) for layer, (s, t) in zip(self.layers, EDGES) if t == target]
            nodes.append(sum(layer(nodes[s]) for layer, s in incoming))
        return nodes[3]


class Reduction(nn.Module):
    def __init__(self, c_in, c_out):
        super().__init__()
        self.conv_a = ReLUConvBN(c_in, c_out, 3, stride=2)
        self.conv_b = ReLUConvBN(c_out, c_out, 3)
        self.downsample = nn.Sequential(nn.AvgPool2d(2), nn.Conv2d(c_in, c_out, 1, bias=False))

    def forward(self, x):
        return self.downsample(x) + self.conv_b(self.conv_a(x))


class TinyNetwork(nn.Module):
    def __init__(self, cell, channels, cells_per_stage, classes=10):
        super().__init__()
        self.stem = nn.Sequential(nn.Conv2d(3, channels, 3, padding=1, bias=False), nn.BatchNorm2d(channels))
        blocks, width = [], channels
        for stage in range(3):
            if stage > 0:
                blocks.append(Reduction(width, 2 * width))
                width *= 2
            blocks += [Cell(cell, width) for _ in range(cells_per_stage)]
        self.cells = nn.ModuleList(blocks)
        self.lastact = nn.Sequential(nn.BatchNorm2d(width), nn.ReLU())
        self.classifier = nn.Linear(width, classes)

    def forward(self, x):
        x = self.stem(x)
        for block in self.cells:
            x = block(x)
        return self.classifier(self.lastact(x).mean((2, 3)))
