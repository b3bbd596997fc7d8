"""Races ``editio validate --jobs 2`` against one process of jing over 1,000 documents, by the clock and by the processor.

    python benchmarks/race.py [ROUNDS [NUMBER]]

The documents are TEI's samples and mutants of them, from ../shared; the schema is tei_all. Jing holds them against the
schema only. Editio parses them, holds them against the schema and makes all its checks; there are no rules in Schematron,
for none are named. Each round has both one after the other, ours with and without a compiled schema in its cache. Of
several rounds the best counts, for other programs run on the same machine. Exit code 1 if we lose by the clock.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import jing
from mutants import documents_below, mutants
from suites import SHARED

NUMBER = 1000
ROUNDS = 3
SCHEMA = SHARED / "schema/tei_all.rng"


@dataclass(frozen=True, order=True)
class Taken:
    """Seconds by the clock, and of all processors."""

    clock: float
    processor: float


def documents(number: int) -> dict[str, bytes]:
    """TEI's samples, and so many mutants of them that they are the number wanted."""
    samples = documents_below(SHARED / "samples/tei")
    return {**samples, **{one.name: one.data for one in mutants(samples, number - len(samples))}}


def taken(command: Sequence[str | Path], folder: Path, cache: Path) -> Taken:
    """How long a command takes that runs in a folder, with its children."""
    environment = {**os.environ, "XDG_CACHE_HOME": str(cache)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    before, began = _childrens_seconds(), time.perf_counter()
    with (cache / "printed").open("wb") as printed:
        subprocess.run(command, cwd=folder, env=environment, stdout=printed, check=False)
    return Taken(time.perf_counter() - began, _childrens_seconds() - before)


def _childrens_seconds() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def race(paths: Sequence[str], folder: Path, rounds: int) -> dict[str, Taken]:
    """The best of some rounds: ours cold and warm, and jing's."""
    ours = [sys.executable, "-m", "editio", "validate", "--jobs", "2", "--schema", SCHEMA, *paths]
    found: dict[str, list[Taken]] = {"editio, cold cache": [], "editio, warm cache": [], "jing": []}
    for _ in range(rounds):
        with tempfile.TemporaryDirectory() as name:
            cache = Path(name)
            found["editio, cold cache"].append(taken(ours, folder, cache))
            found["editio, warm cache"].append(taken(ours, folder, cache))
            found["jing"].append(taken(jing.command(SCHEMA, paths), folder, cache))
    return {name: min(all_taken) for name, all_taken in found.items()}


def main() -> None:
    """Race, and print a row for each."""
    rounds, number = (*map(int, sys.argv[1:]), *(ROUNDS, NUMBER)[len(sys.argv) - 1 :])
    if not jing.is_installed() or not SCHEMA.is_file():
        sys.exit("a race needs Java, jing and ../shared")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()
        paths = list(jing.laid(documents(number), folder))
        megabytes = sum(Path(path).stat().st_size for path in paths) / 1e6
        print(
            f"{len(paths)} documents, {megabytes:.1f} MB, {os.cpu_count()} processors; ours: parse, schema, all checks"
        )
        found = race(paths, folder, rounds)
    theirs = found["jing"]
    for one, best in found.items():
        print(
            f"{one:20}{best.clock:7.2f} s by the clock{best.processor:8.2f} s of processors"
            f"{theirs.clock / best.clock:7.2f} × as fast as jing"
        )
    sys.exit(found["editio, cold cache"].clock > theirs.clock)


if __name__ == "__main__":
    main()
