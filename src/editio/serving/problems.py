"""The page of problems in the preview, made by “editio validate” in a process of its own when somebody asks for it."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from editio.serving.rebuilding import COMMAND, Snapshot


@dataclass
class Problems:
    """The page of an edition, made anew only when its files have changed."""

    root: Path
    snapshot: Callable[[], Snapshot]
    seen: Snapshot | None = None
    page: bytes = b""
    lock: threading.Lock = field(default_factory=threading.Lock)

    def current(self) -> bytes:
        """The page as the files are now; nothing if it could not be made."""
        with self.lock:
            now = self.snapshot()
            if now != self.seen:
                # Saxon and threads do not go together, hence another process
                line = [sys.executable, "-c", COMMAND, "validate", "--format", "html", "-C", str(self.root)]
                done = subprocess.run(line, capture_output=True, check=False, stdin=subprocess.DEVNULL)
                self.page = done.stdout if done.stdout.startswith(b"<!DOCTYPE html>") else b""
                self.seen = now if self.page else None
            return self.page
