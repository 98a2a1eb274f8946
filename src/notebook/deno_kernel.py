"""A Jupyter kernel that stands in front of `deno jupyter` and passes its messages on.

Three things that the Deno kernel does not do are done here:

* It may publish a cell's `idle` status before the cell's last output, and clients stop listening at
  `idle`, so outputs get lost. Each `idle` is held back until the cell has been silent for HOLD_S,
  and cells are given to Deno one at a time.
* After a cell has failed, the cells that wait behind it are answered as aborted, as the Jupyter
  protocol asks, so that "Run All" stops at the first error.
* An interrupt ends a computation and keeps the kernel's state, but not an `await`: a cell that has
  not answered PATIENCE_S after it takes the kernel along, and Jupyter starts a new one.

Usage: python deno_kernel.py CONNECTION_FILE DENO_EXECUTABLE
"""

from collections import deque
from datetime import datetime, timezone
import hashlib
import hmac
import json
import os
import random
import signal
import socket
import subprocess
import sys
import tempfile
import time
import uuid

import zmq

HOLD_S = 0.04
PATIENCE_S = 5
DELIMITER = b"<IDS|MSG>"
FRONT = {"shell": zmq.ROUTER, "control": zmq.ROUTER, "stdin": zmq.ROUTER,
         "iopub": zmq.PUB, "hb": zmq.REP}
BACK = {"shell": zmq.DEALER, "control": zmq.DEALER, "stdin": zmq.DEALER, "iopub": zmq.SUB}


class Message:
    """A message on the wire: identities of the asker, delimiter, signature and four JSON parts."""

    def __init__(self, frames):
        at = frames.index(DELIMITER)
        self.asker, self.signed = frames[:at], frames[at:]
        self.header, self.parent = json.loads(frames[at + 2]), json.loads(frames[at + 3])
        self.raw_content = frames[at + 5]

    @property
    def content(self):
        return json.loads(self.raw_content)

    @property
    def parent_id(self):
        return self.parent.get("msg_id")

    def is_idle(self):
        return self.header["msg_type"] == "status" and self.content["execution_state"] == "idle"


class Proxy:
    """Passes messages between a client (`front`) and the Deno kernel (`back`)."""

    def __init__(self, front, back, key):
        self.front, self.back, self.key = front, back, key.encode()
        self.askers = {}  # id of a request -> identities of the client that sent it
        self.held = {}  # id of a request -> [when to let go, its idle message]
        self.waiting = deque()  # execute requests that Deno has not seen yet
        self.running = None  # id of the execute request that Deno works on
        self.overdue = None  # when an interrupted cell has failed to answer

    def from_front(self, name, frames):
        if name == "hb":
            self.front["hb"].send_multipart(frames)
            return
        message = Message(frames)
        self.askers[message.header["msg_id"]] = message.asker
        if message.header["msg_type"] == "execute_request":
            self.waiting.append(message)
        else:
            self.back[name].send_multipart(message.signed)
        if message.header["msg_type"] == "interrupt_request" and self.running is not None:
            self.overdue = time.monotonic() + PATIENCE_S

    def from_back(self, name, frames):
        message = Message(frames)
        asker = self.askers.get(message.parent_id)
        if name != "iopub":
            self.front[name].send_multipart((asker or []) + message.signed)
            if message.parent_id == self.running:
                self.overdue = None
            failed = message.header["msg_type"] == "execute_reply" and (
                message.content.get("status") == "error")
            if failed:
                self.abort_waiting()
        elif message.is_idle():
            self.held[message.parent_id] = [time.monotonic() + HOLD_S, frames]
        else:
            self.front["iopub"].send_multipart(frames)
            if message.parent_id in self.held:
                self.held[message.parent_id][0] = time.monotonic() + HOLD_S

    def abort_waiting(self):
        while self.waiting:
            request = self.waiting.popleft()
            self.send("iopub", request, "status", {"execution_state": "busy"})
            self.send("shell", request, "execute_reply", {"status": "aborted"})
            self.send("iopub", request, "status", {"execution_state": "idle"})

    def send(self, name, request, msg_type, content):
        """Answers `request` in the kernel's name."""
        header = {"msg_id": str(uuid.uuid4()), "msg_type": msg_type, "username": "kernel",
                  "session": request.header["session"], "version": "5.3",
                  "date": datetime.now(timezone.utc).isoformat()}
        parts = [json.dumps(p).encode() for p in (header, request.header, {}, content)]
        digest = hmac.new(self.key, b"".join(parts), hashlib.sha256).hexdigest().encode()
        identities = request.asker if name == "shell" else [msg_type.encode()]
        self.front[name].send_multipart([*identities, DELIMITER, digest, *parts])

    def step(self):
        """Lets go each idle message whose cell has gone silent, then starts the next cell."""
        now = time.monotonic()
        for parent in [p for p, (due, _) in self.held.items() if due <= now]:
            self.front["iopub"].send_multipart(self.held.pop(parent)[1])
            if parent == self.running:
                self.running = None
        if self.waiting and self.running is None:
            request = self.waiting.popleft()
            self.running = request.header["msg_id"]
            self.back["shell"].send_multipart(request.signed)

    def is_stuck(self):
        return self.overdue is not None and time.monotonic() > self.overdue

    def patience_ms(self):
        """How long there is nothing to do unless a message comes."""
        now = time.monotonic()
        due = min((due for due, _ in self.held.values()), default=now + 0.2)
        return max(0.0, due - now) * 1000


def free_ports(number):
    """Ports for Deno, below those that systems give to outgoing connections: what connects before
    Deno listens can reach neither itself nor a stranger. The probes never listen: a ZeroMQ socket
    that once shook hands with a wrong partner does not try again."""
    ports = set()
    while len(ports) < number:
        port = random.randrange(10_000, 32_000)
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
        ports.add(port)
    return list(ports)


def start_deno(deno, connection):
    """Starts the Deno kernel; returns its process and the path of its connection file."""
    handle, path = tempfile.mkstemp(suffix=".json")
    with os.fdopen(handle, "w") as file:
        json.dump(connection, file)
    # Interrupts come as messages; a signal to the process group is for neither of the two.
    return subprocess.Popen([deno, "jupyter", "--kernel", "--conn", path]), path


def main(connection_file, deno):
    with open(connection_file) as file:
        outer = json.load(file)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    context = zmq.Context()
    poller = zmq.Poller()
    origin = {}  # socket -> (side, channel)

    front = {}
    for name, kind in FRONT.items():
        front[name] = context.socket(kind)
        front[name].linger = 1000
        front[name].bind(f"{outer['transport']}://{outer['ip']}:{outer[name + '_port']}")
        if name != "iopub":
            poller.register(front[name], zmq.POLLIN)
            origin[front[name]] = ("front", name)

    ports = dict(zip((f"{name}_port" for name in FRONT), free_ports(len(FRONT))))
    child, path = start_deno(deno, {**outer, "transport": "tcp", "ip": "127.0.0.1", **ports})
    back = {}
    for name, kind in BACK.items():
        back[name] = context.socket(kind)
        back[name].reconnect_ivl = 20
        back[name].linger = 0
        if name == "iopub":
            back[name].subscribe(b"")
        back[name].connect(f"tcp://127.0.0.1:{ports[name + '_port']}")
        poller.register(back[name], zmq.POLLIN)
        origin[back[name]] = ("back", name)

    proxy = Proxy(front, back, outer["key"])
    try:
        while child.poll() is None and not proxy.is_stuck():
            for ready, _ in poller.poll(proxy.patience_ms()):
                side, name = origin[ready]
                frames = ready.recv_multipart()
                if side == "front":
                    proxy.from_front(name, frames)
                else:
                    proxy.from_back(name, frames)
            proxy.step()
    finally:
        child.kill()
        os.unlink(path)
    return child.wait()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2]))
