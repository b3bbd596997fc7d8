"""How the cells of the table of a register are written: things in a row, their dates and types, escaped without loss."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

DATES = ("when", "from", "to", "notBefore", "notAfter")
DATE = re.compile(r"-?\d{4,}(?:-\d\d(?:-\d\d(?:T[\d:.]+(?:Z|[+-]\d\d:\d\d)?)?)?)?|--\d\d-\d\d")
# What a spreadsheet takes for a formula, and the numbers that it takes for numbers.
FORMULA = re.compile(r"'*[=+\-@\t\r]")
NUMBER = re.compile(r"-?\d+([.-]\d+)*")


class Unreadable(ValueError):
    """A cell is not written as its column is, in words."""


@dataclass(frozen=True)
class Item:
    """One thing in a cell: its words, its dates as ``DATES`` attributes, its type."""

    words: str
    dates: tuple[tuple[str, str], ...] = ()
    type: str = ""

    @property
    def key(self) -> tuple[str, tuple[tuple[str, str], ...], str]:
        """What counts when two items are compared: not in which form of Unicode they were typed."""
        return (unicodedata.normalize("NFC", self.words), self.dates, self.type)


# --- dates ----------------------------------------------------------------------------------------


def dating(attributes: Mapping[str, str]) -> str:
    """Dates as a cell has them: 1957 (when), 1957/1967 (from, to), 1957..1967 (notBefore, notAfter); open ends empty."""
    parts = [attributes["when"]] if attributes.get("when") else []
    for mark, names in (("/", ("from", "to")), ("..", ("notBefore", "notAfter"))):
        first, last = (attributes.get(name, "") for name in names)
        if first or last:
            parts.append(f"{first}{mark}{last}")
    return " ".join(parts)


def read_dating(text: str) -> tuple[tuple[str, str], ...]:
    """The attributes that dates in a cell stand for."""
    found: dict[str, str] = {}
    for part in text.split():
        if "/" in part:
            first, _, last = part.partition("/")
            given = {"from": first, "to": last}
        elif ".." in part:
            first, _, last = part.partition("..")
            given = {"notBefore": first, "notAfter": last}
        else:
            given = {"when": part}
        for name, value in given.items():
            if value and not DATE.fullmatch(value):
                raise Unreadable(f"“{value}” is not a date: write 1957, 1957-10 or 1957-10-26, of a span 1957/1967")
            if value and name in found:
                raise Unreadable(f"“{text}” has two dates of one kind")
            if value:
                found[name] = value
    return tuple((name, found[name]) for name in DATES if name in found)


# --- items ----------------------------------------------------------------------------------------


def write_items(items: Iterable[Item], typed: bool) -> str:
    """Items of a cell, “; ” between them; dates stand behind in brackets, a type before with a colon."""
    return "; ".join(_written(item, typed) for item in items)


def _written(item: Item, typed: bool) -> str:
    type = re.sub(r"([\\;\[:])", r"\\\1", item.type) + ":" if typed else ""
    dates = dating(dict(item.dates))
    return type + re.sub(r"([\\;\[])", r"\\\1", item.words) + (f" [{dates}]" if dates else "")


def read_items(cell: str, typed: bool) -> list[Item]:
    """The items of a cell."""
    return [_read(piece.strip(), typed) for piece in _split(cell, ";") if piece.strip()]


def _read(piece: str, typed: bool) -> Item:
    type = ""
    if typed:
        parts = list(_split(piece, ":", most=1))
        if len(parts) < 2:
            raise Unreadable(f"“{piece}” has no type: write TYPE:VALUE")
        type, piece = _plain(parts[0].strip()), parts[1].strip()
    words, *dates = _split(piece, "[", most=1)
    if not dates:
        return Item(_plain(words), (), type)
    if not dates[0].endswith("]"):
        raise Unreadable(f"“{piece}” has a bracket that does not end it: dates stand last, any other bracket is \\[")
    return Item(_plain(words), read_dating(dates[0][:-1]), type)


def _split(text: str, mark: str, most: int = 0) -> Iterator[str]:
    """Parts between marks that have no backslash before them, at most so many marks."""
    start = done = 0
    for found in re.finditer(r"\\.|" + re.escape(mark), text, re.DOTALL):
        if found[0] == mark and not (most and done == most):
            yield text[start : found.start()]
            start, done = found.end(), done + 1
    yield text[start:]


def _plain(text: str) -> str:
    return " ".join(re.sub(r"\\(.)", r"\1", text, flags=re.DOTALL).split())


# --- spreadsheets -----------------------------------------------------------------------------------


def formula_safe(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula: with an apostrophe before it where it looks like one."""
    return f"'{cell}" if FORMULA.match(cell) and not NUMBER.fullmatch(cell) else cell


def without_apostrophe(cell: str) -> str:
    """A cell with the apostrophe of ``formula_safe`` taken off again."""
    return cell[1:] if cell.startswith("'") and FORMULA.match(cell) else cell
