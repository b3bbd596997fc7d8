"""Runs programs of others, pandoc and LibreOffice, on a private copy: with limits, without the caller's settings."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

if sys.platform == "linux":
    import resource

MEGABYTE = 2**20
# Writable memory, and the largest file, that a program may have.
MOST_MEMORY = 3000 * MEGABYTE
LARGEST_FILE = 256 * MEGABYTE
KEPT = frozenset(["PATH", "SYSTEMROOT", "TMPDIR", "TEMP", "TMP"])


@dataclass(frozen=True)
class Outcome:
    """How a program ended: its exit code, what it wrote to its output file and its complaints; or out of time."""

    code: int
    output: bytes
    complaints: str
    timed_out: bool = False


def find_program(*names: str) -> str:
    """The path of the first program of these names that is installed; empty if none is."""
    return next((found for name in names if (found := shutil.which(name))), "")


def run_program(command: Sequence[str], folder: Path, data: bytes, seconds: float) -> Outcome:
    """Run a program in a folder of its own, with ``data`` as its input, and end it and its children after a while."""
    output, complaints = folder / ".output", folder / ".complaints"
    environment = {name: value for name, value in os.environ.items() if name in KEPT}
    environment |= {
        "HOME": str(folder),
        "LANG": "C.UTF-8",
        "XDG_CONFIG_HOME": str(folder),
        "XDG_DATA_HOME": str(folder),
    }
    (folder / ".input").write_bytes(data)
    with output.open("wb") as out, complaints.open("wb") as err, (folder / ".input").open("rb") as given:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=environment,
            stdin=given,
            stdout=out,
            stderr=err,
            start_new_session=True,
        )
        _limit(process.pid)
        timed_out = False
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            timed_out = True
        finally:
            _end(process)
    return Outcome(process.returncode, output.read_bytes(), complaints.read_text("utf-8", "replace"), timed_out)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a program with all that it started."""
    if sys.platform != "win32":
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    process.kill()
    process.wait()


def _limit(pid: int) -> None:
    """Keep a program from using up memory and disk, where the system can (Linux)."""
    if sys.platform == "linux":
        for what, most in (
            (resource.RLIMIT_DATA, MOST_MEMORY),
            (resource.RLIMIT_FSIZE, LARGEST_FILE),
            (resource.RLIMIT_CORE, 0),
        ):
            with suppress(OSError):
                resource.prlimit(pid, what, (most, most))
