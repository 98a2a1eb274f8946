"""Interrupts a busy computation, looks whether the state is still there, then interrupts an `await`
that never ends; prints what came of each, and what the last cell was told, as one line of JSON."""

import json
import queue
import time

from jupyter_client.manager import start_new_kernel

manager, client = start_new_kernel(kernel_name="deno")


def run(code, interrupt=False):
    """Status of a cell's reply; "kernel ended" where the kernel is gone first."""
    request = client.execute(code)
    if interrupt:
        time.sleep(1)
        manager.interrupt_kernel()
    for _ in range(60):
        try:
            message = client.get_shell_msg(timeout=0.5)
        except queue.Empty:
            if not manager.is_alive():
                return "kernel ended"
            continue
        if message["parent_header"]["msg_id"] == request:
            return message["content"]["status"]
    return "no answer"


def told():
    """Names of the errors that cells were shown."""
    names = []
    while True:
        try:
            message = client.get_iopub_msg(timeout=0.5)
        except queue.Empty:
            return names
        if message["msg_type"] == "error":
            names.append(message["content"]["ename"])


def ends():
    """True where the kernel's process ends within ten seconds."""
    for _ in range(100):
        if not manager.is_alive():
            return True
        time.sleep(0.1)
    return False


try:
    print(json.dumps([
        run("let x = 41;"),
        run("while (true);", interrupt=True),
        run("if (x !== 41) throw new Error('lost');"),
        run("await new Promise((resolve) => setTimeout(resolve, 1e6));", interrupt=True),
        ends(),
        told(),
    ]))
finally:
    client.stop_channels()
    manager.shutdown_kernel(now=True)
