"""Knows where each line of a document that was put together came from."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from pathlib import Path

from editio.diagnostics import Location


@dataclass(frozen=True, slots=True)
class Stretch:
    """Where a stretch of the whole begins, and where in which file its text stands."""

    line: int
    column: int
    file: str
    file_line: int
    file_column: int


@dataclass(frozen=True)
class Origins:
    """The stretches of a document in order, and the files that are whole in it.

    Where another file begins, a line begins; so a line alone tells the file.
    """

    stretches: tuple[Stretch, ...]
    files: frozenset[Path] = frozenset()

    def place(self, line: int, column: int = 0) -> Location:
        """Where what stands in a line and column of the whole was written; a column of 0 is none."""
        one = self._stretch(line, column)
        if column and line == one.line:
            column = max(1, one.file_column + column - one.column)
        return Location(one.file, one.file_line + line - one.line, column)

    def _stretch(self, line: int, column: int) -> Stretch:
        at = bisect_right(self.stretches, (line, column), key=lambda one: (one.line, one.column)) - 1
        # the first of a line has its beginning, too
        first = bisect_left(self.stretches, line, key=lambda one: one.line)
        if first < len(self.stretches) and self.stretches[first].line == line:
            at = max(at, first)
        return self.stretches[max(at, 0)]
