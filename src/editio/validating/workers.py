"""Has files looked at in worker processes, each with limits of time and memory: one that ends its worker is named."""

from __future__ import annotations

import copyreg
import gc
import io
import multiprocessing
import os
import pickle
import signal
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection, wait
from pathlib import Path

from editio import codes
from editio.config import Settings
from editio.diagnostics import Code, Diagnostic, Report
from editio.model import Edition
from editio.registry import checks
from editio.validating.criteria import Criteria
from editio.validating.examination import Outcome, examine_file

SECONDS = 60
SECONDS_A_MEGABYTE = 5
STARTING = 60
MEMORY = 4 * 2**30
# The exit code of a worker that can have no more memory.
OUT_OF_MEMORY = 12
# When a worker looks for garbage: there is little that goes round in circles, and looking takes a twentieth of the time.
SELDOM = (50_000, 20, 100)
# How many files a worker has before it besides the one it looks at.
AHEAD = 2


@dataclass(frozen=True)
class Work:
    """What a worker must know: the edition, what documents are held against, and its limits (seconds, bytes)."""

    root: Path
    settings: Settings
    criteria: Criteria
    seconds: float = SECONDS
    memory: int = MEMORY


def examine_all(paths: Sequence[Path], work: Work, jobs: int) -> Iterator[Outcome]:
    """What was found in each file, in their order, whichever worker looked at it."""
    todo = deque(enumerate(paths))
    found: dict[int, Outcome] = {}
    lanes = [_Lane(work) for _ in range(max(1, min(jobs, len(paths))))]
    try:
        for number in range(len(paths)):
            while number not in found:
                found |= _advance(lanes, todo)
            yield found.pop(number)
    finally:
        for lane in lanes:
            lane.end()


def _advance(lanes: list[_Lane], todo: deque[tuple[int, Path]]) -> dict[int, Outcome]:
    """Give every worker enough to do, and wait until one of them is through with a file, or must be given up."""
    for lane in lanes:
        while todo and len(lane.files) <= AHEAD:
            lane.give(*todo.popleft())
    busy = [lane for lane in lanes if lane.files]
    wait([lane.connection for lane in busy], max(0.0, min(lane.seconds_left() for lane in busy)))
    found: dict[int, Outcome] = {}
    for lane in busy:
        found |= lane.take()
        if lane.is_over():
            number, path = lane.files.popleft()
            found[number] = Outcome((_given_up(lane, path),))
            todo.extendleft(reversed(lane.files))
            lane.begin_anew()
    return found


def _given_up(lane: _Lane, path: Path) -> Diagnostic:
    code, reason = lane.reason()
    return Diagnostic(code, Report(lane.work.root).place(path), reason, code.cure, code.severity)


class _Lane:
    """A worker process, the files it was given and not yet answered, and since when it is at the first of them."""

    def __init__(self, work: Work) -> None:
        self.work = work
        self.files: deque[tuple[int, Path]] = deque()
        self._start()

    def _start(self) -> None:
        context = multiprocessing.get_context("spawn")
        self.connection, theirs = context.Pipe()
        self.process = context.Process(target=_serve, args=(theirs, self.work), daemon=True)
        with _deaf_to_interrupts():
            self.process.start()
        theirs.close()
        self.ready, self.broken, self.since = False, False, time.monotonic()

    def give(self, number: int, path: Path) -> None:
        """One more file to look at."""
        if not self.files and self.ready:
            self.since = time.monotonic()
        self.files.append((number, path))
        try:
            self.connection.send(path)
        except OSError:  # the worker has ended; what it was given is given to the next
            self.broken = True

    def take(self) -> dict[int, Outcome]:
        """What the worker has found meanwhile."""
        found: dict[int, Outcome] = {}
        try:
            while self.connection.poll():
                outcome = self.connection.recv()
                self.since = time.monotonic()
                if self.ready:
                    found[self.files.popleft()[0]] = outcome
                self.ready = True
        except (EOFError, OSError):
            self.broken = True
        if self.broken and not self.ready:
            raise RuntimeError("a worker process could not begin; why, it says above")
        return found

    def seconds_left(self) -> float:
        """How much time the worker has for the file it is at."""
        limit = self.work.seconds + SECONDS_A_MEGABYTE * _megabytes(self.files[0][1])
        return self.since + (limit if self.ready else limit + STARTING) - time.monotonic()

    def is_over(self) -> bool:
        """Whether the worker has ended or must be ended before it was through with a file."""
        return bool(self.files) and (self.broken or self.seconds_left() <= 0)

    def reason(self) -> tuple[Code, str]:
        """Why the first file has no answer: the code for that, and words."""
        if not self.broken:
            return codes.TOO_COSTLY, f"it took more than {self.work.seconds:.0f} seconds to look at"
        self.process.join(STARTING)
        ended = self.process.exitcode or 0
        if ended == 1:  # an exception, told on standard error
            return codes.FAILED_CHECK, "the process that looked at it broke off"
        by = f" (its process was ended by signal {-ended})" if ended < 0 else ""
        return codes.TOO_COSTLY, f"to look at it took more memory than is allowed{by}"

    def begin_anew(self) -> None:
        """A new worker, with nothing to do."""
        self.end()
        self.files.clear()
        self._start()

    def end(self) -> None:
        """End the worker at once."""
        self.connection.close()
        self.process.kill()
        self.process.join()


@contextmanager
def _deaf_to_interrupts() -> Iterator[None]:
    """What is started here does not hear Ctrl-C, which a terminal sends to all: it is ended by the one that started it."""
    if sys.platform == "win32":
        yield
        return
    from multiprocessing import resource_tracker  # noqa: PLC0415 - not on Windows

    resource_tracker.ensure_running()  # which unblocks the signal when it starts
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _megabytes(path: Path) -> float:
    try:
        return path.stat().st_size / 1e6
    except OSError:
        return 0


def _as_bytes(outcome: Outcome) -> bytes:
    """An outcome for another process, which knows the codes, and so is told their names only."""
    written = io.BytesIO()
    pickler = pickle.Pickler(written, pickle.HIGHEST_PROTOCOL)
    pickler.dispatch_table = {**copyreg.dispatch_table, Code: _by_name}
    pickler.dump(outcome)
    return written.getvalue()


def _by_name(code: Code) -> tuple[Callable[[str], Code], tuple[str]]:
    return _known_code, (code.name,)


def _known_code(name: str) -> Code:
    if name not in codes.CODES:
        checks()  # which declare theirs
    return codes.CODES[name]


# --- in the worker ------------------------------------------------------------------------------


def _serve(connection: Connection, work: Work) -> None:
    """Look at file after file until there are no more, or nobody waits for the answer any longer."""
    from editio.workers import limit  # noqa: PLC0415 - in the worker only

    limit(work.memory)
    gc.set_threshold(*SELDOM)
    with suppress(EOFError, ConnectionError):
        _answer(connection, work)


def _answer(connection: Connection, work: Work) -> None:
    from editio.registers import entries, load_registers  # noqa: PLC0415 - in the worker only

    report = Report(work.root)
    registers = load_registers(work.root, work.settings.names.registers, report)
    edition = Edition(work.root, work.settings, entries(registers, report), registers)
    connection.send(Outcome())
    while True:
        path = connection.recv()
        try:
            outcome = examine_file(path, edition, work.criteria)
        except MemoryError:
            # what is left of the memory may be too little for anything else
            os._exit(OUT_OF_MEMORY)
        connection.send_bytes(_as_bytes(replace(outcome, document=None)))
