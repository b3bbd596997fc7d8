"""Reads the numbers of pages, leaves and columns, and finds where a row of them does not count on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from editio.numerals import numeral

ARABIC = re.compile(r"([^\d]*?)(\d{1,6})\s*(r|v|recto|verso|a|b)?([\]).]*)", re.I)
ROMAN = re.compile(r"[ivxlcdm]{1,12}", re.I)
VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
SIDES = {"r": 0, "recto": 0, "a": 0, "v": 1, "verso": 1, "b": 1}
# A gap that is no slip of the pen, but says that pages were left out.
LARGEST_GAP = 10


class Number(NamedTuple):
    """A page's number: ``kind`` tells rows apart (prefix, sort of numeral), ``value`` counts up by one from page to page."""

    kind: str
    value: int
    words: str


def read_number(words: str) -> Number | None:
    """The number that @n writes: 12, [12], xii, 12r, fol. 12v; nothing for any other word."""
    name = words.strip()
    if name.isascii() and name.isdecimal() and len(name) <= 6:
        return Number(" 1", int(name), name)
    found = ARABIC.fullmatch(name)
    if found:
        prefix, number, side = found[1].strip(" [("), int(found[2]), (found[3] or "").lower()
        if not side:
            return Number(f"{prefix} 1", number, name)
        return Number(f"{prefix} {'r' if side[0] in 'rv' else 'a'}", 2 * number + SIDES[side], name)
    bare = name.strip("[]().")
    return Number("i", _roman(bare), name) if ROMAN.fullmatch(bare) and _is_roman(bare) else None


def _roman(word: str) -> int:
    values = [VALUES[letter] for letter in word.lower()]
    return sum(-one if one < next_one else one for one, next_one in zip(values, [*values[1:], 0], strict=True))


def _is_roman(word: str) -> bool:
    return numeral(_roman(word), "lower-roman") == word.lower()


def breaks(numbers: Sequence[Number | None]) -> Iterator[tuple[int, str]]:
    """Where a row does not count on, and how. Only a place whose neighbours count on counts: a row may begin anew.

    What is no number, such as a plate, is passed over.
    """
    known = [(at, number) for at, number in enumerate(numbers) if number is not None]
    for _, some in groupby(known, key=lambda one: one[1].kind):
        places, row = zip(*some, strict=True)
        yield from ((places[at], message) for at, message in _breaks_of_row(row))


def _breaks_of_row(row: Sequence[Number]) -> Iterator[tuple[int, str]]:
    step = _step(row)
    for at in range(1, len(row) - 1):
        before, here, behind = row[at - 1], row[at], row[at + 1]
        if at > 1 and before.value - row[at - 2].value != step:
            continue
        if here.value == before.value + step:
            continue
        if behind.value == before.value + 2 * step:
            yield at, f"page “{here.words}” stands between “{before.words}” and “{behind.words}”"
        elif behind.value != here.value + step:
            continue
        elif here.value == before.value:
            yield at, f"two pages in succession have the number “{here.words}”"
        elif before.value < here.value <= before.value + LARGEST_GAP * step:
            yield at, f"page “{here.words}” follows “{before.words}”"


def _step(row: Sequence[Number]) -> int:
    """By how much the row counts: two where only the front of each leaf, or every other page, is marked."""
    steps = [two.value - one.value for one, two in pairwise(row)]
    return 2 if steps.count(2) > steps.count(1) else 1
