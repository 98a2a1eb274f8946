"""One training step or one inference batch of PyTorch for each line on stdin; prints seconds and CPU seconds.

usage: worker.py train|inference THREADS CHANNELS CELLS_PER_STAGE BATCH nchw|channels_last
"""
import os, resource, sys, time

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../pytorch"))
import torch
from nas_bench_201 import TinyNetwork

mode, threads, channels, cells, batch, layout = sys.argv[1], *map(int, sys.argv[2:6]), sys.argv[6]
torch.set_num_threads(threads)
torch.manual_seed(0)
net = TinyNetwork((2,) * 6, channels, cells)
x, y = torch.randn(batch, 3, 32, 32), torch.randint(0, 10, (batch,))
if layout == "channels_last":
    net, x = net.to(memory_format=torch.channels_last), x.to(memory_format=torch.channels_last)
optimizer = torch.optim.SGD(net.parameters(), 0.05, momentum=0.9, nesterov=True, weight_decay=5e-4)


def train():
    optimizer.zero_grad()
    loss = torch.nn.functional.cross_entropy(net(x), y)
    loss.backward()
    optimizer.step()
    loss.item()


def inference():
    with torch.inference_mode():
        net(x)


net.train(mode == "train")
step = {"train": train, "inference": inference}[mode]
for _ in sys.stdin:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    start, cpu = time.perf_counter(), usage.ru_utime + usage.ru_stime
    step()
    seconds = time.perf_counter() - start
    usage = resource.getrusage(resource.RUSAGE_SELF)
    print(seconds, usage.ru_utime + usage.ru_stime - cpu, usage.ru_maxrss / 2**20, flush=True)
