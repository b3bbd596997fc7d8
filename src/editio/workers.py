"""Runs transformations in worker processes, each with compiled stylesheets and limits of time and memory.

Saxon can neither be interrupted nor survive want of memory, so a document that needs too much of
either ends its worker; it is named, and the others go on.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType

SECONDS = 60
MEMORY = 6 * 2**30


@dataclass(frozen=True)
class Task:
    """One transformation: an entry on a source document, or (``source`` empty) a named template of it.

    ``documents`` are parameters given as paths of XML files, ``strings`` as they are.
    """

    entry: str
    about: str
    source: str = ""
    template: str = ""
    documents: Mapping[str, Path] = field(default_factory=dict)
    strings: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Outcome:
    """The files and messages of a task as (code, path, text), or why there are none."""

    files: Mapping[str, str] = field(default_factory=dict)
    messages: tuple[tuple[str, str, str], ...] = ()
    failure: str = ""
    refused: tuple[str, int, str] | None = None


class Workers:
    """A pool of worker processes for one set of stylesheets; a context manager."""

    def __init__(self, layers: tuple[Path, ...], jobs: int, seconds: int = SECONDS, memory: int = MEMORY) -> None:
        self._layers, self._jobs = layers, max(1, jobs)
        self._seconds, self._memory = seconds, memory
        self._pool = self._new_pool(self._jobs)

    def __enter__(self) -> Workers:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._pool.shutdown(wait=True, cancel_futures=True)

    def run(self, tasks: Sequence[Task]) -> list[Outcome]:
        """The outcomes of tasks, in their order."""
        futures = [self._submit(self._pool, task) for task in tasks]
        outcomes = [_outcome(future) for future in futures]
        if any(outcome is None for outcome in outcomes):
            self._pool.shutdown(wait=False, cancel_futures=True)
            self._pool = self._new_pool(self._jobs)
        return [outcome or self._alone(task) for task, outcome in zip(tasks, outcomes, strict=True)]

    def _alone(self, task: Task) -> Outcome:
        """A task whose worker (or a neighbour's) ended, in a process of its own: if that ends too, it is the task."""
        with self._new_pool(1) as pool:
            outcome = _outcome(self._submit(pool, task))
        return outcome or Outcome(failure=f"used more than {self._seconds} seconds or more memory than allowed")

    def _new_pool(self, jobs: int) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(
            jobs,
            multiprocessing.get_context("spawn"),
            initializer=_begin,
            initargs=(self._layers, self._seconds, self._memory),
        )

    @staticmethod
    def _submit(pool: ProcessPoolExecutor, task: Task) -> Future[Outcome] | None:
        try:
            return pool.submit(_work, task)
        except BrokenProcessPool:
            return None


def default_jobs(documents: int) -> int:
    """As many workers as processors, but no more than there are documents."""
    return max(1, min(os.cpu_count() or 1, documents))


def _outcome(future: Future[Outcome] | None) -> Outcome | None:
    try:
        return future.result() if future else None
    except BrokenProcessPool:
        return None


# --- in the worker ------------------------------------------------------------------------------

_state: dict[str, object] = {}


def _begin(layers: tuple[Path, ...], seconds: int, memory: int) -> None:
    _state["layers"], _state["seconds"] = layers, seconds
    limit(memory)


def limit(memory: int, seconds: int = 0) -> None:
    """Bound this process's memory (bytes) and, if given, its time; Ctrl-C is left to its parent."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(signal, "SIGALRM"):
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.alarm(seconds)
    try:
        import resource  # noqa: PLC0415 - not on every platform

        resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
    except (ImportError, ValueError, OSError):
        return


def _work(task: Task) -> Outcome:
    from editio import xslt  # noqa: PLC0415 - saxonche belongs into the worker only

    if hasattr(signal, "alarm"):
        # the default action of SIGALRM ends the process even while Saxon holds the GIL
        signal.alarm(int(str(_state["seconds"])))
    try:
        stylesheets = _state.get("stylesheets")
        if not isinstance(stylesheets, xslt.Stylesheets):
            stylesheets = _state["stylesheets"] = xslt.Stylesheets(_state["layers"])  # type: ignore[arg-type]
        parameters: dict[str, str | xslt.Xml] = {name: xslt.Xml(str(path)) for name, path in task.documents.items()}
        parameters |= task.strings
        result = (
            stylesheets.call(task.entry, task.template, parameters)
            if task.template
            else stylesheets.transform(task.entry, task.source, parameters)
        )
    except xslt.StylesheetError as error:
        return Outcome(refused=(error.file, error.line, error.message))
    except xslt.TransformError as error:
        return Outcome(failure=str(error))
    finally:
        if hasattr(signal, "alarm"):
            signal.alarm(0)
    return Outcome(result.files, tuple((one.code, one.path, one.text) for one in result.messages))
