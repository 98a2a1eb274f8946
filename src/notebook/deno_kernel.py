"""A Jupyter kernel that stands in front of `deno jupyter` and passes its messages on.

What the Deno kernel does not do is done here:

* It may publish a cell's `idle` status before the cell's last output, and clients stop listening at
  `idle`, so outputs get lost. Each `idle` is held back until the cell has been silent for HOLD_S,
  and cells are given to Deno one at a time.
* After a cell has failed, the cells that wait behind it are answered as aborted, as the Jupyter
  protocol asks, so that "Run All" stops at the first error.
* An interrupt ends a computation and keeps the kernel's state, but not an `await`: a cell that has
  not answered PATIENCE_S after it takes the kernel along, after saying so, and Jupyter starts a new one.
* A cell that cannot be parsed or linked fails without a word, and a name that a module lacks is
  `undefined` in silence. Both become errors with the line and a caret, from Deno's language server.
* The language server also answers Shift+Tab (signature and docstring) and Tab (names inside strings
  too), and `%check` as a cell's first line: its types are checked and it is not run.
* Packages that cells import are not left in the workspace's committed deno.lock.

Usage: python deno_kernel.py CONNECTION_FILE DENO_EXECUTABLE
"""

from collections import deque
from contextlib import contextmanager
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

from answers import Answers
from cell_faults import IMPORTED, error_content, framed, import_probe, serious
from kept_lock import KeptLock, lock_of

HOLD_S = 0.04
PATIENCE_S = 5
DELIMITER = b"<IDS|MSG>"
FRONT = {"shell": zmq.ROUTER, "control": zmq.ROUTER, "stdin": zmq.ROUTER,
         "iopub": zmq.PUB, "hb": zmq.REP}
STOPPED = {"ename": "Interrupted", "evalue": "the cell was stopped; variables are as it left them",
           "traceback": ["Interrupted: the cell was stopped; variables are as it left them."]}
# TypeScript's words for a name that a module does not export.
NO_EXPORT = {2305, 2614, 2724}
BACK = {"shell": zmq.DEALER, "control": zmq.DEALER, "stdin": zmq.DEALER, "iopub": zmq.SUB}


class Message:
    """A message on the wire: identities of the asker, delimiter, signature and four JSON parts."""

    def __init__(self, frames):
        at = frames.index(DELIMITER)
        self.asker, self.signed = frames[:at], frames[at:]
        self.header, self.parent = json.loads(frames[at + 2]), json.loads(frames[at + 3])
        self.raw_metadata, self.raw_content = frames[at + 4], frames[at + 5]

    @property
    def content(self):
        return json.loads(self.raw_content)

    @property
    def metadata(self):
        return json.loads(self.raw_metadata)

    @property
    def parent_id(self):
        return self.parent.get("msg_id")

    def is_idle(self):
        return self.header["msg_type"] == "status" and self.content["execution_state"] == "idle"


class Proxy:
    """Passes messages between a client (`front`) and the Deno kernel (`back`)."""

    def __init__(self, front, back, key, answers, lock):
        self.front, self.back, self.key, self.answers = front, back, key.encode(), answers
        self.lock = lock
        self.askers = {}  # id of a request -> identities of the client that sent it
        self.held = {}  # id of a request -> [when to let go, its idle message]
        self.waiting = deque()  # execute requests that Deno has not seen yet
        self.running = None  # the execute request that Deno works on
        self.probe = None  # id of the silent request that goes before it
        self.explained = True  # the running cell's failure has been published, or it has not failed
        self.overdue = None  # when an interrupted cell has failed to answer
        self.interrupted = None  # id of the cell that was last asked to stop
        self.cells = {}  # id of a cell in its notebook -> its code, of those that ran

    def running_id(self):
        return self.running and self.running.header["msg_id"]

    def from_front(self, name, frames):
        if name == "hb":
            self.front["hb"].send_multipart(frames)
            return
        message = Message(frames)
        kind = message.header["msg_type"]
        self.askers[message.header["msg_id"]] = message.asker
        if kind == "execute_request":
            self.waiting.append(message)
        elif kind == "inspect_request":
            self.inspect(message)
        elif kind == "complete_request":
            self.complete(message)
        else:
            self.back[name].send_multipart(message.signed)
        if kind == "interrupt_request" and self.running is not None:
            self.overdue = time.monotonic() + PATIENCE_S
            self.interrupted = self.running_id()

    def from_back(self, name, frames):
        message = Message(frames)
        if message.parent_id == self.probe:
            if name == "shell":
                self.probed(message.content)
            return
        own = message.parent_id == self.running_id()
        if name != "iopub":
            if own:
                self.overdue = None
                if self.failed_silently(message):
                    self.explain(message)
                    return
                self.finished(message)
            self.front[name].send_multipart(
                self.askers.get(message.parent_id, []) + message.signed)
        elif message.is_idle():
            self.held[message.parent_id] = [time.monotonic() + HOLD_S, frames]
        else:
            if own and message.header["msg_type"] == "error":
                self.explained = True
            self.front["iopub"].send_multipart(frames)
            if message.parent_id in self.held:
                self.held[message.parent_id][0] = time.monotonic() + HOLD_S

    def finished(self, reply):
        """Deno has answered the running cell: what ran is remembered, what waits behind a failure ends."""
        if reply.header["msg_type"] != "execute_reply":
            return
        if reply.content.get("status") == "error":
            self.abort_waiting()
        else:
            self.remember(self.running)

    def remember(self, request):
        cell = request.metadata.get("cellId") or request.header["msg_id"]
        self.cells.pop(cell, None)
        self.cells[cell] = request.content["code"]

    def failed_silently(self, reply):
        content = reply.content
        return reply.header["msg_type"] == "execute_reply" and (
            content.get("status") == "error" and not content.get("traceback"))

    def explain(self, reply):
        """Publishes why the running cell could not run, then lets its reply go."""
        request, code, before = self.running, self.running.content["code"], list(self.cells.values())
        if self.interrupted == reply.parent_id:
            self.fail(request, STOPPED, reply.content.get("execution_count"))
            return
        self.explained = False

        def publish(faults):
            content = error_content(
                code, serious(faults or []),
                f"{reply.content.get('evalue')}: the cell cannot be parsed, or a module that it imports "
                "cannot be loaded. Look for an unclosed bracket or quote, or a misspelt import.")
            self.fail(request, content, reply.content.get("execution_count"))
            self.explained = True

        self.answers.ask(lambda server: server.faults(before, code), publish)

    def fail(self, request, content, execution_count=None):
        """Tells the client that the cell `request` failed with an error; what waits behind it ends."""
        self.send("iopub", request, "error", content)
        self.send("shell", request, "execute_reply",
                  {"status": "error", "execution_count": execution_count, **content})
        self.abort_waiting()

    def abort_waiting(self):
        while self.waiting:
            request = self.waiting.popleft()
            with self.busy(request):
                self.send("shell", request, "execute_reply", {"status": "aborted"})

    @contextmanager
    def busy(self, request):
        """What is answered without Deno, between the two statuses that clients wait for."""
        self.send("iopub", request, "status", {"execution_state": "busy"})
        yield
        self.send("iopub", request, "status", {"execution_state": "idle"})

    def inspect(self, request):
        content, before = request.content, list(self.cells.values())

        def reply(text):
            data = {"text/markdown": text, "text/plain": text} if text else {}
            with self.busy(request):
                self.send("shell", request, "inspect_reply",
                          {"status": "ok", "found": bool(text), "data": data, "metadata": {}})

        code, cursor = content["code"], content["cursor_pos"]
        self.answers.ask(lambda server: server.hover(before, code, cursor), reply)

    def complete(self, request):
        content, before = request.content, list(self.cells.values())
        code, cursor = content["code"], content["cursor_pos"]

        def reply(names):
            written = code[:cursor].split("\n")[-1]
            start = next((k for k in range(len(written)) if any(
                n.lower().startswith(written[k:].lower()) for n in names or [])), len(written))
            typed = written[start:].lower()
            matches = [name for name in names or [] if name.lower().startswith(typed)]
            if not matches:
                self.back["shell"].send_multipart(request.signed)  # Deno knows what lives at run time
                return
            with self.busy(request):
                self.send("shell", request, "complete_reply", {
                    "status": "ok", "matches": matches, "cursor_start": cursor - len(typed),
                    "cursor_end": cursor, "metadata": {}})

        self.answers.ask(lambda server: server.completions(before, code, cursor), reply)

    def check(self, request):
        """`%check`: the types of the cell, which is not run."""
        code, before = request.content["code"].split("\n", 1)[-1], list(self.cells.values())

        def publish(faults):
            found = serious(faults or [])
            text = "\n\n".join(framed(code, fault) for fault in found) or (
                "No fault found." if faults is not None else
                "The types could not be checked: Deno's language server did not answer.")
            with self.busy(request):
                self.send("iopub", request, "stream", {"name": "stdout", "text": text + "\n"})
                self.send("shell", request, "execute_reply",
                          {"status": "ok", "payload": [], "user_expressions": {}})

        self.answers.ask(lambda server: server.faults(before, code), publish)

    def send(self, name, request, msg_type, content):
        """Answers `request` in the kernel's name."""
        identities = request.asker if name == "shell" else [msg_type.encode()]
        self.front[name].send_multipart(
            [*identities, *self.signed(request, msg_type, content)])

    def signed(self, parent, msg_type, content):
        header = {"msg_id": str(uuid.uuid4()), "msg_type": msg_type, "username": "kernel",
                  "session": parent.header["session"], "version": "5.3",
                  "date": datetime.now(timezone.utc).isoformat()}
        parts = [json.dumps(p).encode() for p in (header, parent.header, {}, content)]
        digest = hmac.new(self.key, b"".join(parts), hashlib.sha256).hexdigest().encode()
        return [DELIMITER, digest, *parts]

    def step(self):
        """Lets go each idle message whose cell has gone silent, then starts the next cell."""
        for call in self.answers.ready():
            call()
        now = time.monotonic()
        for parent in [p for p, (due, _) in self.held.items() if due <= now]:
            if parent == self.running_id() and not self.explained:
                continue
            if parent == self.running_id():
                self.lock.keep()
                self.running = None
            self.front["iopub"].send_multipart(self.held.pop(parent)[1])
        if self.waiting and self.running is None:
            self.start(self.waiting.popleft())

    def start(self, request):
        """Gives a cell to Deno, after a look at the names that it imports."""
        code = request.content["code"]
        if code.lstrip().startswith("%check"):
            self.check(request)
            return
        self.running, self.explained = request, True
        probe = import_probe(code)
        if probe is None:
            self.back["shell"].send_multipart(request.signed)
            return
        frames = self.signed(request, "execute_request", {
            "code": probe, "silent": True, "store_history": False, "user_expressions": {},
            "allow_stdin": False, "stop_on_error": False})
        self.probe = json.loads(frames[2])["msg_id"]
        self.back["shell"].send_multipart(frames)

    def probed(self, reply):
        """The look at the imports is over: the cell goes to Deno unless a module lacks a name."""
        self.probe, request = None, self.running
        said = reply.get("evalue", "")
        if not said.startswith(IMPORTED):
            self.back["shell"].send_multipart(request.signed)
            return
        code, before = request.content["code"], list(self.cells.values())

        def decide(faults):
            vain = [fault for fault in serious(faults or []) if fault["code"] in NO_EXPORT]
            if faults is not None and not vain:  # a type, which is no value: nothing is wrong
                self.back["shell"].send_multipart(request.signed)
                return
            self.lock.keep()
            self.running = None
            with self.busy(request):
                self.fail(request, error_content(code, vain, said))

        self.answers.ask(lambda server: server.faults(before, code), decide)

    def is_stuck(self):
        return self.overdue is not None and time.monotonic() > self.overdue

    def give_up(self):
        """Says that the kernel ends, and why, in the cell that would not stop."""
        self.fail(self.running, {
            "ename": "Interrupted",
            "evalue": "the cell was waiting (await) and could not be stopped alone",
            "traceback": [
                "Interrupted: the cell was waiting (await) and Deno cannot stop such a cell alone. The "
                "kernel has been ended and starts again: its variables are gone. Run the cells above again. "
                "Long work is safer in a command (deno task ...), which goes on where it stopped."]})
        self.send("iopub", self.running, "status", {"execution_state": "idle"})

    def patience_ms(self):
        """How long there is nothing to do unless a message comes."""
        now = time.monotonic()
        quiet = 0.02 if self.answers.open else 0.2
        due = min((due for due, _ in self.held.values()), default=now + quiet)
        return max(1.0, min(due - now, quiet) * 1000)


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
    for ending in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(ending, lambda *_: sys.exit(0))  # by way of `finally`
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
    lock = KeptLock(lock_of(os.getcwd()))
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

    answers = Answers(deno, os.getcwd())
    proxy = Proxy(front, back, outer["key"], answers, lock)
    if "ANALOGNAS_WARM_UP" in os.environ:  # somebody will ask soon: the first answer takes seconds
        answers.ask(lambda server: server.completions([], 'import * as lab from "@/mod.ts";\nlab.', 37),
                    lambda names: None)
    parent = os.getppid()  # another one: who started the kernel is gone, and nobody will end it
    try:
        while child.poll() is None and not proxy.is_stuck() and os.getppid() == parent:
            for ready, _ in poller.poll(proxy.patience_ms()):
                side, name = origin[ready]
                frames = ready.recv_multipart()
                if side == "front":
                    proxy.from_front(name, frames)
                else:
                    proxy.from_back(name, frames)
            proxy.step()
        if proxy.is_stuck():
            proxy.give_up()
    finally:
        answers.stop()
        child.kill()
        child.wait()
        lock.keep()
        os.unlink(path)
    return child.wait()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2]))
