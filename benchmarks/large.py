"""Validates 10,000 documents: how long it takes, whether memory stays flat, how large reports are, how soon it can be stopped.

    python benchmarks/large.py [NUMBER]

The documents are those of this repository, varied in length (10 to 60 kB, one in a hundred some 500 kB), and one in ten is
a mutant. They are looked at as an edition with its registers, and as files of somebody who has none. Memory is
that of the first process and of its largest worker, at each quarter of the time (Linux only).
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path

from lxml import etree
from mutants import mutated
from suites import ROOT

from editio import tei

NUMBER = 10_000
SEED = 1860
EVERY = 0.25
FORMATS = ("text", "json", "sarif", "html", "junit", "github", "gitlab", "checkstyle")
SCHEMA = ROOT / "schema/editio.rng"


@dataclass(frozen=True)
class Memory:
    """Megabytes of the first process and of its largest worker, after so many seconds."""

    seconds: float
    first: float
    worker: float


def write_edition(folder: Path, number: int) -> int:
    """Write an edition of so many documents; their bytes."""
    (folder / "tei").mkdir()
    shutil.copy(ROOT / "edition.toml", folder)
    shutil.copytree(ROOT / "tei/registers", folder / "tei/registers")
    originals = [path.read_bytes() for path in sorted((ROOT / "tei").glob("*.xml"))]
    size = 0
    for at in range(number):
        data = document(originals[at % len(originals)], f"letter-{at:05}", random.Random(f"{SEED} {at}"))
        (folder / f"tei/letter-{at:05}.xml").write_bytes(data)
        size += len(data)
    return size


def document(original: bytes, id: str, chance: random.Random) -> bytes:
    """A document under another id, with some paragraphs again and again; one in ten is a mutant."""
    root = tei.parse(original)
    root.set(tei.XML_ID, id)
    body = next(root.iter(f"{tei.TEI}body"))
    plain = [one for one in body.iter(f"{tei.TEI}p") if not any(tei.XML_ID in inner.attrib for inner in one.iter())]
    for _ in range(chance.choice((0, 10, 20, 60)) if chance.random() < 0.99 else 800):
        one = chance.choice(plain)
        one.addnext(deepcopy(one))
    data = etree.tostring(root.getroottree(), encoding="utf-8", xml_declaration=True)
    return mutated(data, chance) if chance.random() < 0.1 else data


def watched(command: Sequence[str | Path], folder: Path) -> tuple[float, list[Memory], str]:
    """How long a command takes, its memory from time to time, and the last line that it prints."""
    with tempfile.TemporaryFile() as printed:
        began = time.perf_counter()
        process = subprocess.Popen(command, cwd=folder, stdout=printed)
        seen: list[Memory] = []
        while process.poll() is None:
            seen.append(Memory(time.perf_counter() - began, _resident(process.pid), _largest_child(process.pid)))
            time.sleep(EVERY)
        taken = time.perf_counter() - began
        printed.seek(0)
        return taken, seen, (printed.read().decode().splitlines() or [""])[-1]


def _resident(pid: int) -> float:
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) / 1024
    return 0.0


def _largest_child(pid: int) -> float:
    with suppress(OSError):
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        return max((_resident(int(child)) for child in children), default=0.0)
    return 0.0


def interrupted(command: Sequence[str | Path], folder: Path, after: float) -> str:
    """What comes of Ctrl-C after so many seconds, which a terminal sends to every process."""
    process = subprocess.Popen(command, cwd=folder, stdout=-1, stderr=-1, text=True, start_new_session=True)
    time.sleep(after)
    began = time.perf_counter()
    os.killpg(process.pid, signal.SIGINT)
    said, errors = process.communicate(timeout=60)
    words = "a traceback" if "Traceback" in errors else repr(errors.strip())
    return f"ended {time.perf_counter() - began:.1f} s after, with code {process.returncode}, {len(said)} characters and {words}"


def show(name: str, taken: float, seen: Sequence[Memory], said: str) -> None:
    """Print how long a run took and its memory at each quarter, and the most."""
    quarters = [seen[len(seen) * part // 4] for part in (1, 2, 3)] + seen[-1:] if seen else []
    first = " ".join(f"{one.first:.0f}" for one in quarters)
    worker = " ".join(f"{one.worker:.0f}" for one in quarters[:3])
    most = (max(one.first for one in seen), max(one.worker for one in seen)) if seen else (0.0, 0.0)
    print(f"{name}: {taken:.1f} s; {said}")
    print(
        f"    first process {first} MB, at most {most[0]:.0f}; largest worker {worker} MB, at most {most[1]:.0f}",
        flush=True,
    )


def main() -> None:
    """Write the edition, validate it in several ways, and print a few lines for each."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else NUMBER
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()
        size = write_edition(folder, number)
        print(f"{number} documents, {size / 1e6:.0f} MB")
        editio = [sys.executable, "-m", "editio", "validate"]
        show("files", *watched([*editio, "tei", "--schema", SCHEMA, "-C", folder.parent], folder))
        reports = [f"--report={one}={folder / 'reports' / one}" for one in FORMATS]
        show("edition, all reports", *watched([*editio, *reports], folder))
        for one in FORMATS:
            print(f"    {one}: {(folder / 'reports' / one).stat().st_size / 1e6:.1f} MB")
        print("interrupted:", interrupted([*editio, "tei", "--schema", SCHEMA], folder, 10))


if __name__ == "__main__":
    main()
