"""Builds an edition anew when its files change, in a process of its own, and tells who waits for it."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

SECONDS = 0.5
LEFT_OUT = frozenset({"__pycache__", "node_modules"})
COMMAND = "from editio.cli import main; main()"

Snapshot = dict[str, tuple[int, int]]
Tell = Callable[[str], None]


@dataclass
class Changes:
    """The builds so far, for those who wait for the next one."""

    number: int = 0
    succeeded: bool = True
    ended: bool = False
    condition: threading.Condition = field(default_factory=threading.Condition)

    def announce(self, succeeded: bool) -> None:
        """A build has ended."""
        with self.condition:
            self.number += 1
            self.succeeded = succeeded
            self.condition.notify_all()

    def end(self) -> None:
        """No further build will come."""
        with self.condition:
            self.ended = True
            self.condition.notify_all()

    def after(self, number: int, seconds: float) -> int:
        """Wait for a build later than that number; the number of the last one."""
        with self.condition:
            self.condition.wait_for(lambda: self.ended or self.number > number, seconds)
            return self.number


@dataclass(frozen=True)
class Builder:
    """An edition that is built again and again: its folder, its output folder, its folder of TEI, where output goes."""

    root: Path
    output: Path
    tei: str
    tell: Tell

    def build(self) -> bool:
        """Build the pages; what the build says is told, success is returned."""
        line = [sys.executable, "-c", COMMAND, "build", "html", "-C", str(self.root), "-o", str(self.output)]
        done = subprocess.run(line, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)
        self.tell((done.stdout + done.stderr).rstrip())
        return done.returncode == 0

    def watch(self, changes: Changes, stop: threading.Event) -> None:
        """Build whenever a file of the project has changed, until told to stop."""
        seen = self.snapshot()
        while not stop.wait(SECONDS):
            now = self.snapshot()
            if now == seen:
                continue
            changes.announce(self.build())
            # what the build itself wrote is no reason for another one, what an editor wrote meanwhile is
            after = self.snapshot()
            own = f"{self.tei}/"
            seen = {name: after[name] if name.startswith(own) else now[name] for name in after if name in now}
            seen |= {name: after[name] for name in after if name not in now and name.startswith(own)}

    def snapshot(self) -> Snapshot:
        """Time and size of every file of the project that a build may depend on."""
        return dict(self._files())

    def _files(self) -> Iterator[tuple[str, tuple[int, int]]]:
        output = self.output.resolve()
        for folder, folders, files in os.walk(self.root):
            here = Path(folder)
            folders[:] = [one for one in folders if _counts(one) and (here / one).resolve() != output]
            for name in files:
                if _counts(name):
                    try:
                        status = (here / name).lstat()
                    except OSError:
                        continue
                    yield (here / name).relative_to(self.root).as_posix(), (status.st_mtime_ns, status.st_size)


def _counts(name: str) -> bool:
    return not name.startswith(".") and name not in LEFT_OUT
