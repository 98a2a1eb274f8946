"""What Deno's language server knows of a notebook: hover texts and completions.

The cells that ran and the one that is being written are shown to it as one TypeScript file, so that a
variable has the type that an earlier cell gave it. It is started on the first question and answers
in its own time; a question that takes longer than PATIENCE_S is given up.
"""

from contextlib import contextmanager
import json
import os
import queue
import re
import subprocess
import threading
import time
from pathlib import Path
from urllib.parse import quote

PATIENCE_S = 30
# Kinds of LSP completions in the order in which a researcher wants them: what belongs to the value
# at hand first, constants of the surroundings last.
METHOD, FUNCTION, FIELD, VARIABLE, PROPERTY, CONSTANT = 2, 3, 5, 6, 10, 21
RANK = {PROPERTY: 0, FIELD: 0, METHOD: 0, FUNCTION: 1, VARIABLE: 2, CONSTANT: 4}
SETTINGS = {"enable": True, "cacheOnSave": False}


class LanguageServer:
    """One `deno lsp` for a notebook in `folder`, with the configuration that Deno finds from there."""

    def __init__(self, deno, folder):
        self.uri = _uri(Path(folder).resolve() / "__cells__.ts")
        self.answers, self.number, self.version = queue.Queue(), 0, 0
        self.process = subprocess.Popen(
            [deno, "lsp", "--quiet"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, cwd=folder, env={**os.environ, "NO_COLOR": "1"})
        threading.Thread(target=self._listen, daemon=True).start()
        root = _uri(_root(folder))
        self._ask("initialize", {
            "processId": os.getpid(), "rootUri": root,
            "workspaceFolders": [{"uri": root, "name": "notebook"}],
            "capabilities": {"workspace": {"workspaceFolders": True, "configuration": True},
                             "textDocument": {"hover": {"contentFormat": ["markdown"]},
                                              "completion": {"completionItem": {}}}},
            "initializationOptions": SETTINGS,
        })
        self._tell("initialized", {})

    def hover(self, before, code, cursor):
        """Markdown on what stands at `cursor` of `code`, which follows the cells `before`; or None."""
        found = self._at("textDocument/hover", before, code, cursor)
        contents = (found or {}).get("contents", "")
        parts = contents if isinstance(contents, list) else [contents]
        texts = [_markdown(part) for part in parts]
        return "\n\n".join(text for text in texts if text.strip()) or None

    def completions(self, before, code, cursor):
        """Names that may stand at `cursor`, best first, or None where the server knows nothing."""
        found = self._at("textDocument/completion", before, code, cursor)
        items = found.get("items", []) if isinstance(found, dict) else found or []
        ranked = sorted(items, key=lambda i: (RANK.get(i.get("kind"), 3), i.get("sortText", "")))
        names = [item.get("insertText") or item["label"] for item in ranked]
        return list(dict.fromkeys(name.strip("'\"`") for name in names)) or None

    def faults(self, before, code):
        """What is wrong with `code` behind the cells `before`: {code, message, line, column, length},
        lines and columns from 0; faults of earlier cells and of style left out."""
        first = sum(cell.count("\n") + 2 for cell in before)
        with self._opened(before, code):
            found = self._await("textDocument/publishDiagnostics",
                                lambda p: p["uri"] == self.uri and p.get("version") == self.version)
        faults = []
        for entry in found["diagnostics"]:
            start, end = entry["range"]["start"], entry["range"]["end"]
            if entry.get("severity", 1) > 1 or not first <= start["line"] <= first + code.count("\n"):
                continue
            length = end["character"] - start["character"] if end["line"] == start["line"] else 1
            faults.append({"code": entry.get("code"), "message": entry["message"],
                           "line": start["line"] - first, "column": start["character"],
                           "length": max(1, length)})
        return faults

    def stop(self):
        self.process.kill()
        self.process.wait()

    def _at(self, method, before, code, cursor):
        lines = (_text(before) + code[:cursor]).split("\n")
        position = {"line": len(lines) - 1, "character": _utf16(lines[-1])}
        with self._opened(before, code):
            return self._ask(method, {"textDocument": {"uri": self.uri}, "position": position})

    @contextmanager
    def _opened(self, before, code):
        self.version += 1
        # Names of earlier cells may be declared again and nothing needs to be used: it is a notebook.
        self._tell("textDocument/didOpen", {"textDocument": {
            "uri": self.uri, "languageId": "typescript", "version": self.version,
            "text": _text(before) + code + "\nexport {};\n"}})
        try:
            yield
        finally:
            self._tell("textDocument/didClose", {"textDocument": {"uri": self.uri}})

    def _ask(self, method, params):
        self.number += 1
        number = self.number
        self._write({"id": number, "method": method, "params": params})
        return self._receive(method, lambda m: m.get("id") == number and "method" not in m).get("result")

    def _await(self, method, wanted):
        found = self._receive(method, lambda m: m.get("method") == method and wanted(m["params"]))
        return found["params"]

    def _receive(self, what, wanted):
        """The next message that is `wanted`; questions of the server are answered on the way."""
        due = time.monotonic() + PATIENCE_S
        while True:
            try:
                message = self.answers.get(timeout=max(0.01, due - time.monotonic()))
            except queue.Empty:
                raise TimeoutError(f"Deno's language server did not answer {what}") from None
            if wanted(message):
                return message
            if "method" in message and "id" in message:
                items = message.get("params", {}).get("items", [])
                self._write({"id": message["id"], "result": [SETTINGS] * len(items) or None})

    def _tell(self, method, params):
        self._write({"method": method, "params": params})

    def _write(self, message):
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self.process.stdin.flush()

    def _listen(self):
        stream = self.process.stdout
        while True:
            size = 0
            while (line := stream.readline().strip()):
                if line.lower().startswith(b"content-length:"):
                    size = int(line.split(b":")[1])
            if size == 0:
                return
            self.answers.put(json.loads(stream.read(size)))


def _uri(path):
    """`path` as Deno writes it: it leaves `&` and its like as they are, and answers to its own form only."""
    uri = path.as_uri()
    for sign in "!$&'()*+,;=:@":
        uri = uri.replace(quote(sign, safe=""), sign)
    return uri


def _text(cells):
    """Cells as the head of one file; a semicolon keeps the last statement of each from going on."""
    return "".join(f"{cell}\n;\n" for cell in cells)


def _root(folder):
    """The nearest folder above with a deno.json, else `folder` itself."""
    here = Path(folder).resolve()
    return next((p for p in (here, *here.parents) if (p / "deno.json").exists()), here)


def _markdown(part):
    if isinstance(part, str):
        return part
    if "language" in part:
        return f"```{part['language']}\n{part['value']}\n```"
    return re.sub(r"\]\(deno:[^)]*\)", "]", part.get("value", ""))


def _utf16(text):
    """Length in UTF-16 units, which LSP counts."""
    return len(text.encode("utf-16-le")) // 2
