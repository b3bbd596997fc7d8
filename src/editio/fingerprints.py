"""What makes two diagnostics of two runs the same: code, file and words, not the line, which other edits shift."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator

from editio.diagnostics import Diagnostic

# A message may say where something else stands; that shifts as well.
PLACE = re.compile(r"\b(lines?) \d+(?:(?:, | and )\d+)*")
Identity = tuple[str, str, str]


def identity(diagnostic: Diagnostic) -> Identity:
    """File, code and words of a diagnostic, without numbers of lines."""
    return diagnostic.location.file, diagnostic.code.name, PLACE.sub(r"\1 …", diagnostic.message)


def fingerprints(diagnostics: Iterable[Diagnostic]) -> Iterator[tuple[Diagnostic, str]]:
    """Each diagnostic with a name of its own that other edits of its file do not change.

    Those that say the same of the same file are told apart by a number, in the order they come.
    """
    seen: Counter[Identity] = Counter()
    for diagnostic in diagnostics:
        own = identity(diagnostic)
        seen[own] += 1
        yield diagnostic, digest("\0".join((*own, str(seen[own]))), 32)


def digest(text: str, length: int) -> str:
    """The first digits of a hash of a text."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:length]
