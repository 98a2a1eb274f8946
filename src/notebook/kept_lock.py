"""Keeps a workspace's deno.lock as it is while its kernel imports packages that deno.json does not name.

`deno jupyter` takes no --no-lock: Deno writes each package that a cell imports into the committed
file. What a kernel added is taken out again after each cell; what others changed meanwhile stays.
"""

import json
import os
from pathlib import Path

SECTIONS = ("specifiers", "npm", "jsr", "redirects", "remote")


def lock_of(folder):
    """The lock file of the workspace that `folder` lies in; None where there is no workspace."""
    for above in (Path(folder).resolve(), *Path(folder).resolve().parents):
        if any((above / name).exists() for name in ("deno.json", "deno.jsonc")):
            return above / "deno.lock"
    return None


def has_only_grown(old, new):
    """True where `new` holds all that `old` does and the workspace asks for the same: Deno's additions."""
    old, new = json.loads(old), json.loads(new)
    return old.get("workspace") == new.get("workspace") and all(
        old.get(section, {}).keys() <= new.get(section, {}).keys() for section in SECTIONS)


class KeptLock:
    """The bytes of one lock file, or of none."""

    def __init__(self, path):
        self.path = path
        self.bytes = self.read()

    def read(self):
        try:
            return self.path and self.path.read_bytes()
        except FileNotFoundError:
            return None

    def keep(self):
        """Writes the bytes back where a cell's imports were added to them, or else takes the new ones."""
        now = self.read()
        if now == self.bytes:
            return
        try:
            grown = self.bytes is not None and now is not None and has_only_grown(self.bytes, now)
        except (ValueError, AttributeError):  # a file in the middle of somebody's merge
            grown = False
        if not grown:
            self.bytes = now
            return
        beside = self.path.with_name(f"deno.{os.getpid()}.lock")
        beside.write_bytes(self.bytes)
        beside.chmod(self.path.stat().st_mode)
        beside.replace(self.path)
