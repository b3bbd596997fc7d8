"""Keeps what services answered, below .editio/cache, so that nothing is asked twice."""

from __future__ import annotations

import hashlib
import time
from dataclasses import dataclass
from pathlib import Path

import msgspec

from editio import tei
from editio.files import leads_out, read_file

FOLDER = Path(".editio/cache/reconcile")
# Authority files change: what was answered a month ago is asked again.
DAYS = 30


class Kept(msgspec.Struct, frozen=True):
    """An answer on disk: to which question to which address, when (seconds since 1970), and what it was."""

    address: str
    question: str
    asked: float
    answer: msgspec.Raw


@dataclass(frozen=True)
class Cache:
    """The answers of one service; ``reads`` and ``writes`` say whether it is used at all."""

    root: Path
    service: str
    address: str
    reads: bool = True
    writes: bool = True

    def get(self, question: str) -> bytes | None:
        """The answer to a question, if it was asked in the last month."""
        path = self._path(question)
        if not self.reads or leads_out(path, self.root):
            return None
        try:
            kept = msgspec.json.decode(read_file(path), type=Kept)
        except (OSError, msgspec.DecodeError, RecursionError):
            return None
        fresh = 0 <= time.time() - kept.asked < DAYS * 86400
        return bytes(kept.answer) if fresh and (kept.address, kept.question) == (self.address, question) else None

    def put(self, question: str, answer: bytes) -> None:
        """Keep an answer; where that is not possible, it is asked again next time."""
        path = self._path(question)
        if not self.writes or leads_out(path, self.root):
            return
        kept = Kept(self.address, question, int(time.time()), msgspec.Raw(answer))
        try:
            tei.write_if_changed(path, msgspec.json.encode(kept) + b"\n")
        except OSError:
            return

    def _path(self, question: str) -> Path:
        key = hashlib.sha256(f"{self.address}\n{question}".encode()).hexdigest()
        return self.root / FOLDER / self.service / f"{key}.json"
