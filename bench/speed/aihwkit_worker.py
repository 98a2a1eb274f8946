"""One turn of AIHWKit 1.1.0 for each line on stdin; prints seconds, CPU seconds and peak memory in GiB.

usage: aihwkit_worker.py analog_inference|hwt_step|program|drift THREADS BATCH
"""
import os, resource, sys, time

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../pytorch"))
sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../../tests/golden/aimc/producer"))
import torch
from aihwkit.nn.conversion import convert_to_analog
from aihwkit.optim import AnalogSGD
from gen_common import make_config
from nas_bench_201 import TinyNetwork

mode, threads, batch = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
torch.set_num_threads(threads)
torch.manual_seed(0)
net = convert_to_analog(TinyNetwork((2,) * 6, 16, 5), make_config()[0])
net.train(mode == "hwt_step")
x, y = torch.randn(batch, 3, 32, 32), torch.randint(0, 10, (batch,))
optimizer = AnalogSGD(net.parameters(), lr=0.01, momentum=0.9, weight_decay=5e-4, nesterov=True)
if mode == "drift":
    net.program_analog_weights()


def hwt_step():
    optimizer.zero_grad()
    torch.nn.functional.cross_entropy(net(x), y).backward()
    optimizer.step()


def analog_inference():
    with torch.no_grad():
        net(x)


turn = {
    "hwt_step": hwt_step,
    "analog_inference": analog_inference,
    "program": lambda: net.program_analog_weights(),
    "drift": lambda: net.drift_analog_weights(3600.0),
}[mode]
for _ in sys.stdin:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    start, cpu = time.perf_counter(), usage.ru_utime + usage.ru_stime
    turn()
    seconds = time.perf_counter() - start
    usage = resource.getrusage(resource.RUSAGE_SELF)
    print(seconds, usage.ru_utime + usage.ru_stime - cpu, usage.ru_maxrss / 2**20, flush=True)
