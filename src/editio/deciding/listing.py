"""Shows suggestions as a table, and text in the cells of a terminal."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

from editio.deciding.suggest import Suggestion
from editio.diagnostics import printable
from editio.model import Edition


def table(some: Sequence[Suggestion], edition: Edition) -> str:
    """A line for each suggestion: its id, where it stands, the words, what is suggested and why it is asked."""
    if not some:
        return "nothing to decide"
    rows = [
        (
            one.id,
            f"{one.file}:{one.line}",
            f"“{printable(one.quote.exact)}”",
            suggested(one, edition),
            printable(one.why),
        )
        for one in some
    ]
    widths = [max(cells(row[column]) for row in rows) for column in range(4)]
    lines = ["  ".join([*map(_filled, row, widths), row[4]]) for row in rows]
    return "\n".join([*lines, f"{len(some)} to decide"])


def suggested(one: Suggestion, edition: Edition) -> str:
    """What a suggestion says the words are: the element, the entry or the day, the candidates."""
    named = [f"{id} ({entry.name})" if (entry := edition.entries.get(id)) else id for id in filter(None, [one.entry])]
    dated = [f"{name}={value}" for name, value in one.attributes if not one.entry]
    return printable(" ".join([one.element, *named, *dated, " or ".join(one.candidates)])).strip()


def _filled(text: str, width: int) -> str:
    return text + " " * (width - cells(text))


def cells(text: str) -> int:
    """How many cells of a terminal a text fills: two for a wide character, none for a combining one."""
    return sum(map(_cells, text))


def _cells(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def wrapped(words: Sequence[str], width: int) -> Iterator[list[str]]:
    """Words in lines of at most so many cells, words that are longer cut."""
    line: list[str] = []
    used = 0
    for word in words:
        for piece in _cut(word, width):
            if line and used + 1 + cells(piece) > width:
                yield line
                line, used = [], 0
            used += cells(piece) + bool(line)
            line.append(piece)
    if line:
        yield line


def _cut(word: str, width: int) -> Iterator[str]:
    piece, used = "", 0
    for character in word:
        if piece and used + _cells(character) > width:
            yield piece
            piece, used = "", 0
        piece += character
        used += _cells(character)
    yield piece
